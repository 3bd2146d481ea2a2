package org.hinomi.observatory.store.segment;

import java.nio.ByteBuffer;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;

/** A stored minute, or a part of it, read back. */
public final class Segment implements FlowBatch {
    private final SegmentName name;
    private final SegmentCodec.Header header;
    private final ByteBuffer records;

    Segment(SegmentName name, SegmentCodec.Header header, ByteBuffer records) {
        this.name = name;
        this.header = header;
        this.records = records;
    }

    /** Which segment this is. */
    public SegmentName name() {
        return name;
    }

    @Override
    public long time() {
        return header.minute();
    }

    @Override
    public boolean saturated() {
        return header.saturated();
    }

    @Override
    public int size() {
        return header.rows();
    }

    @Override
    public void read(int index, FlowRow row) {
        row.time = header.minute();
        SegmentCodec.read(records, index, row);
    }
}
