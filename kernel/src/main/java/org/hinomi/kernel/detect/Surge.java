package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.rollup.DistinctSources;

/** A surge that is on. */
final class Surge {
    private static final int OBJECT_BYTES = 160;

    final long first;
    final long usual;
    long last;
    long reported = Long.MIN_VALUE;
    int revision;
    boolean changed;
    long packets;
    long observed;
    double expected;
    double score = -1;

    /** The mean of the counts of its bins, the newer the heavier. */
    double level;

    private int[] sources;
    private SampledCounts shares = new SampledCounts();

    /**
     * A surge that begins with a bin.
     *
     * @param usual counts of a usual day
     * @param sources those of the bin
     * @param packets those of the bin
     */
    Surge(long first, long usual, int[] sources, long packets) {
        this.first = first;
        this.usual = usual;
        this.last = first;
        this.sources = sources;
        this.packets = packets;
    }

    static int source(FlowRow row) {
        boolean v4 = IpAddress.isV4(row.srcHi, row.srcLo);
        return v4 ? (int) row.srcLo : (int) (KeyOrder.hash(row.srcHi, row.srcLo) >>> 32);
    }

    /**
     * Takes a tuple.
     *
     * @param share what its packets are counted by
     */
    void add(FlowRow row, long share) {
        sources = DistinctSources.add(sources, source(row));
        packets += row.packetCnt;
        shares.add(share, row.packetCnt);
    }

    /** Takes the count of a bin that belongs to it. */
    void bin(long count, double mean, double unlikely, long end) {
        if (unlikely > score) {
            observed = count;
            expected = mean;
            score = unlikely;
        }
        last = end;
        changed = true;
    }

    long sources() {
        return Math.min(Math.max(packets, 1), DistinctSources.count(sources));
    }

    SampledCounts shares() {
        return shares;
    }

    long bytes() {
        return OBJECT_BYTES + 4L * sources.length + shares.bytes();
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(first);
        out.writeLong(usual);
        ScanEvent.write(out, sources);
        out.writeLong(packets);
        out.writeLong(last);
        out.writeLong(reported);
        out.writeInt(revision);
        out.writeBoolean(changed);
        out.writeLong(observed);
        out.writeDouble(expected);
        out.writeDouble(score);
        out.writeDouble(level);
        shares.write(out);
    }

    static Surge read(DataInput in) throws IOException {
        Surge surge = new Surge(in.readLong(), in.readLong(), ScanEvent.cells(in), in.readLong());
        surge.last = in.readLong();
        surge.reported = in.readLong();
        surge.revision = in.readInt();
        surge.changed = in.readBoolean();
        surge.observed = in.readLong();
        surge.expected = in.readDouble();
        surge.score = in.readDouble();
        surge.level = in.readDouble();
        surge.shares = SampledCounts.read(in);
        return surge;
    }
}
