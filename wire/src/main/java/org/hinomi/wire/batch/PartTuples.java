package org.hinomi.wire.batch;

import java.util.List;
import org.hinomi.kernel.flow.FlowRow;

/** Deals the tuples of a batch out to the parts they belong to. */
final class PartTuples {
    private final List<Part> parts;
    private final BatchReader.Taker taker;
    private int part;
    private long packets;
    private long tuples;

    PartTuples(List<Part> parts, BatchReader.Taker taker) {
        this.parts = parts;
        this.taker = taker;
    }

    void add(FlowRow row) {
        if (part == parts.size()) {
            throw ReportCheck.bounds("it has more flow tuples than it says");
        }
        Part current = parts.get(part);
        if (row.time != current.minute()) {
            throw ReportCheck.bounds("a flow tuple is of another minute than its part");
        }
        if (tuples == 0) {
            taker.part(current);
        }
        taker.tuple(row);
        packets += row.packetCnt;
        tuples++;
        if (tuples == current.tuples()) {
            if (packets != current.packets()) {
                throw ReportCheck.bounds("a part has " + packets + " packets, not " + current.packets());
            }
            packets = 0;
            tuples = 0;
            part++;
        }
    }

    void complete() {
        if (part < parts.size()) {
            throw ReportCheck.bounds("it has fewer flow tuples than it says");
        }
    }
}
