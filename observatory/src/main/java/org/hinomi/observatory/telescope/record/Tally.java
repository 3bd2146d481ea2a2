package org.hinomi.observatory.telescope.record;

import org.apache.datasketches.hll.HllSketch;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.kernel.rollup.PortTest;
import org.hinomi.observatory.store.warehouse.RollupRow;

/** What flow tuples add up to: packets by class and kind, and sketches of their sources and destinations. */
final class Tally {
    private static final int LG_K = 11;
    private static final byte[] NONE = {};

    private final long[] classes = new long[PacketClass.count()];
    private final long[] kinds = new long[Kind.count()];
    private final HllSketch sources = new HllSketch(LG_K);
    private final HllSketch destinations = new HllSketch(LG_K);
    private long packets;
    private long tuples;
    private long synOrUdp;
    private long toIot;

    void add(FlowRow row, PortTest iotPorts) {
        count(row, row.packetCnt, iotPorts);
        source(row);
    }

    /** Counts some of a tuple's packets, its source apart. */
    void count(FlowRow row, long count, PortTest iotPorts) {
        packets += count;
        tuples++;
        classes[row.packetClass()] += count;
        kinds[row.kind()] += count;
        if (row.isSyn() || row.protocol == IpProtocol.UDP && !row.laterFragment) {
            synOrUdp += count;
            toIot += iotPorts.test(row.protocol, row.dstPort) ? count : 0;
        }
    }

    void source(FlowRow row) {
        sources.update(row.srcHi * 0x9e3779b97f4a7c15L ^ row.srcLo);
    }

    void destination(FlowRow row) {
        destinations.update(row.dstHi * 0x9e3779b97f4a7c15L ^ row.dstLo);
    }

    RollupRow row(String sensor, int step, long time, String dimension, String key) {
        return new RollupRow(
                sensor,
                step,
                time,
                dimension,
                key,
                packets,
                tuples,
                synOrUdp,
                toIot,
                classes.clone(),
                kinds.clone(),
                sources.toCompactByteArray(),
                destinations.isEmpty() ? NONE : destinations.toCompactByteArray());
    }
}
