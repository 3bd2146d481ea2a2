package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The TTL values of a source's packets, in six groups: values two or less apart from the first of a group are one
 * machine over slightly different ways. One machine gives one group, a few behind one address a few; a tool that draws
 * the TTL anew for each packet gives almost as many as packets.
 */
final class TtlGroups {
    private static final int MOST = 6;
    private static final int APART = 2;
    private static final int MOST_HOPS = 32;
    private static final int[] INITIAL = {32, 64, 128, 255};

    private final int[] values = new int[MOST];
    private final long[] packets = new long[MOST];
    private int size;
    private long rest;

    void add(int ttl, long count) {
        for (int i = 0; i < size; i++) {
            if (Math.abs(values[i] - ttl) <= APART) {
                packets[i] += count;
                return;
            }
        }
        if (size == MOST) {
            rest += count;
            return;
        }
        values[size] = ttl;
        packets[size++] = count;
    }

    /** Packets in the so many largest groups. */
    private long largest(int groups) {
        long[] sorted = packets.clone();
        java.util.Arrays.sort(sorted);
        long sum = 0;
        for (int i = 1; i <= groups; i++) {
            sum += sorted[MOST - i];
        }
        return sum;
    }

    /**
     * Whether they are those of one machine, or of a few behind one address: of three to five packets all in one group,
     * of up to eleven in two, of more nine in ten in three.
     */
    boolean steady(long total) {
        if (total < 3) {
            return false;
        }
        return total < 6 ? largest(1) == total : total < 12 ? largest(2) == total : largest(3) >= total - total / 10;
    }

    /** Whether they look drawn anew for each packet: more than about half as many groups as packets. */
    boolean scattered(long total) {
        return total >= 3 && (size + rest) * 2 > total + 1;
    }

    /** Whether the foremost is what is left of a usual initial value, 32, 64, 128 or 255, after at most 32 routers. */
    boolean plausible() {
        int ttl = foremost();
        for (int initial : INITIAL) {
            if (ttl > 0 && ttl <= initial && initial - ttl <= MOST_HOPS) {
                return true;
            }
        }
        return false;
    }

    /** The first value of the group with the most packets, the oldest of several; 0 when there is none. */
    int foremost() {
        int foremost = 0;
        for (int i = 1; i < size; i++) {
            foremost = packets[i] > packets[foremost] ? i : foremost;
        }
        return values[foremost];
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(size);
        for (int i = 0; i < size; i++) {
            out.writeByte(values[i]);
            out.writeLong(packets[i]);
        }
        out.writeLong(rest);
    }

    static TtlGroups read(DataInput in) throws IOException {
        TtlGroups groups = new TtlGroups();
        groups.size = in.readUnsignedByte();
        if (groups.size > MOST) {
            throw new IOException("a source has " + groups.size + " groups of TTL values");
        }
        for (int i = 0; i < groups.size; i++) {
            groups.values[i] = in.readUnsignedByte();
            groups.packets[i] = in.readLong();
        }
        groups.rest = in.readLong();
        return groups;
    }
}
