package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.hinomi.kernel.flow.FlowRow;

/** A source in a {@link SourceSample}: its packets in the last twelve bins of two lengths, four bits each, up to 15. */
final class MemberRow {
    static final int BINS = 12;
    static final int BYTES = 104;

    private static final int VARIED = -1;
    private static final int NONE = -2;

    private static final int BITS = 4;
    private static final int TOP = (BINS - 1) * BITS;
    private static final long FULL = 15;

    final long hi;
    final long lo;
    final long hash;
    final long first;
    long fast;
    long slow;
    long packets;
    long port;
    int rules;
    int size;
    int window;

    MemberRow(long hi, long lo, long hash, long first) {
        this.hi = hi;
        this.lo = lo;
        this.hash = hash;
        this.first = first;
        this.rules = -1;
        this.port = Long.MAX_VALUE;
        this.size = NONE;
        this.window = NONE;
    }

    void add(FlowRow row) {
        fast = added(fast, row.packetCnt);
        slow = added(slow, row.packetCnt);
        packets += row.packetCnt;
        port = Math.min(port, KeyStage.portKey(row));
        size = same(size, row.ipLen << 8 | row.tcpSynLen);
        window = same(window, row.tcpSynWinLen);
        rules &= row.mixed() ? 0 : row.matchedRules;
    }

    /** As it is now. */
    MemberRow copy() {
        MemberRow copy = new MemberRow(hi, lo, hash, first);
        copy.fast = fast;
        copy.slow = slow;
        copy.packets = packets;
        copy.port = port;
        copy.rules = rules;
        copy.size = size;
        copy.window = window;
        return copy;
    }

    private static int same(int known, int value) {
        return known == NONE || known == value ? value : VARIED;
    }

    /**
     * What all packets of the source look like: those that match a fingerprint by that, others by length, header length and
     * window, each as far as it is always the same.
     */
    long shape() {
        return rules != 0 ? 1L << 62 | rules : (long) size << 20 ^ window;
    }

    private static long added(long bins, long more) {
        long now = bins >>> TOP;
        return bins & ~(FULL << TOP) | Math.min(FULL, now + more) << TOP;
    }

    /** Begins a new bin of one length, or of several. */
    static long next(long bins, long steps) {
        return steps >= BINS ? 0 : bins >>> BITS * steps;
    }

    /** The count of a bin, 0 for the oldest. */
    static int count(long bins, int bin) {
        return (int) (bins >>> bin * BITS & FULL);
    }

    /** How many bins have a packet. */
    static int active(long bins) {
        int active = 0;
        for (int bin = 0; bin < BINS; bin++) {
            active += count(bins, bin) > 0 ? 1 : 0;
        }
        return active;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(hi);
        out.writeLong(lo);
        out.writeLong(first);
        out.writeLong(fast);
        out.writeLong(slow);
        out.writeLong(packets);
        out.writeLong(port);
        out.writeInt(rules);
        out.writeInt(size);
        out.writeInt(window);
    }

    static MemberRow read(DataInput in) throws IOException {
        long hi = in.readLong();
        long lo = in.readLong();
        MemberRow row = new MemberRow(hi, lo, KeyOrder.hash(hi, lo), in.readLong());
        row.fast = in.readLong();
        row.slow = in.readLong();
        row.packets = in.readLong();
        row.port = in.readLong();
        row.rules = in.readInt();
        row.size = in.readInt();
        row.window = in.readInt();
        return row;
    }
}
