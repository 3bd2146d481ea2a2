package org.hinomi.kernel.rollup;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each source: packets, SYN packets, matches a rule, and the last SYN's values of the source rules.
 * Bounded: sources beyond the bound are only counted. Records lie one after the other in chunks; a slot
 * holds a record's index, and a tag in the bits that the index leaves.
 *
 * <p>Record, in 64-bit words: lower half of the address; packets (40 bits), last destination port with one bit of
 * protocol (17) and whether a SYN was seen; SYN packets and last sequence number (32 bits each); hashes of the source
 * rules' last values (2 words); match counts in 16-bit lanes (4 words): packet rules, then source rules. Upper halves
 * of IPv6 addresses lie apart.
 */
public final class SourceTable {
    /** Lanes of match counts in a record. */
    static final int MATCH_LANES = 16;

    private static final int CHUNK_BITS = 12;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int STRIDE = 9;
    private static final int PACKETS = 1;
    private static final int SYNS = 2;
    private static final int VALUES = 3;
    private static final int MATCHES = 5;
    private static final long PACKET_BITS = 0xff_ffff_ffffL;
    private static final int PORT_SHIFT = 40;
    private static final long PORT_BITS = 0x3ffffL << PORT_SHIFT;
    private static final long NO_PORT = 0x20000L << PORT_SHIFT;
    private static final long SYN_SEEN = 1L << 60;

    private static final long[] LANES_OF_RULES = lanesOfRules();
    private static final long TOP_BIT_OF_LANES = 0x8000_8000_8000_8000L;

    private final int most;
    private final int indexMask;
    private int[] slots = new int[1 << 12];
    private long[][] chunks = new long[64][];
    private long[] @Nullable [] upperHalves = new long[0][];
    private int size;

    SourceTable(int most) {
        this.most = most;
        this.indexMask = (Integer.highestOneBit(most) << 1) - 1;
    }

    private static long[] lanesOfRules() {
        long[] lanes = new long[16];
        for (int rules = 0; rules < lanes.length; rules++) {
            for (int lane = 0; lane < 4; lane++) {
                lanes[rules] |= (long) (rules >>> lane & 1) << (lane << 4);
            }
        }
        return lanes;
    }

    /** How many sources have a record. */
    public int size() {
        return size;
    }

    static long hash(long hi, long lo) {
        long h = (hi * 0xc2b2ae3d27d4eb4fL ^ lo) * 0x9e3779b97f4a7c15L;
        h ^= h >>> 32;
        h *= 0xd6e8feb86659fd93L;
        return h ^ h >>> 29;
    }

    /** Reads the slot of a source, so that looking it up later finds it in the cache. */
    int slot(long hash) {
        return slots[(int) (hash >>> 32) & slots.length - 1];
    }

    /** Finds what most likely are the records of some sources, -1 where there is none, and reads them. */
    long touchRecords(long[] hashes, int[] likely, int count) {
        int mask = slots.length - 1;
        long sum = 0;
        for (int i = 0; i < count; i++) {
            int slot = (int) (hashes[i] >>> 32) & mask;
            int tag = (int) hashes[i] & ~indexMask;
            int entry = slots[slot];
            while (entry != 0 && (entry & ~indexMask) != tag) {
                slot = slot + 1 & mask;
                entry = slots[slot];
            }
            int index = (entry & indexMask) - 1;
            likely[i] = index;
            if (index >= 0) {
                long[] chunk = chunk(index);
                sum += chunk[at(index)] + chunk[at(index) + STRIDE - 1];
            }
        }
        return sum;
    }

    /** Whether a record is that of a source. */
    boolean is(int index, long hi, long lo) {
        return index >= 0 && chunk(index)[at(index)] == lo && hi(index) == hi;
    }

    /** The index of a source's record, made if need be; -1 when the table is full. */
    int index(long hash, long hi, long lo) {
        int mask = slots.length - 1;
        int slot = (int) (hash >>> 32) & mask;
        int tag = (int) hash & ~indexMask;
        while (true) {
            int entry = slots[slot];
            if (entry == 0) {
                return append(slot, tag, hi, lo);
            }
            if ((entry & ~indexMask) == tag) {
                int index = (entry & indexMask) - 1;
                if (is(index, hi, lo)) {
                    return index;
                }
            }
            slot = slot + 1 & mask;
        }
    }

    private int append(int slot, int tag, long hi, long lo) {
        if (size == most) {
            return -1;
        }
        int chunkIndex = size >>> CHUNK_BITS;
        if (chunkIndex == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunks.length * 2);
        }
        if (chunks[chunkIndex] == null) {
            chunks[chunkIndex] = new long[CHUNK * STRIDE];
        }
        int at = (size & CHUNK - 1) * STRIDE;
        chunks[chunkIndex][at] = lo;
        chunks[chunkIndex][at + PACKETS] = NO_PORT;
        if (hi != 0) {
            keepUpperHalf(hi);
        }
        size++;
        slots[slot] = tag | size;
        if (size * 2 > slots.length) {
            grow();
        }
        return size - 1;
    }

    private void keepUpperHalf(long hi) {
        int chunkIndex = size >>> CHUNK_BITS;
        if (chunkIndex >= upperHalves.length) {
            upperHalves = Arrays.copyOf(upperHalves, chunks.length);
        }
        long @Nullable [] halves = upperHalves[chunkIndex];
        if (halves == null) {
            halves = new long[CHUNK];
            upperHalves[chunkIndex] = halves;
        }
        halves[size & CHUNK - 1] = hi;
    }

    private void grow() {
        slots = new int[slots.length * 2];
        int mask = slots.length - 1;
        for (int index = 0; index < size; index++) {
            long[] chunk = chunks[index >>> CHUNK_BITS];
            int at = (index & CHUNK - 1) * STRIDE;
            long hash = hash(hi(index), chunk[at]);
            int slot = (int) (hash >>> 32) & mask;
            while (slots[slot] != 0) {
                slot = slot + 1 & mask;
            }
            slots[slot] = (int) hash & ~indexMask | index + 1;
        }
    }

    private long[] chunk(int index) {
        return chunks[index >>> CHUNK_BITS];
    }

    private static int at(int index) {
        return (index & CHUNK - 1) * STRIDE;
    }

    /**
     * Counts packets to a destination port, of a source that may have no record (-1); whether the port was another in
     * its tuple before, and is one.
     */
    boolean addPackets(int index, long packets, int portRow) {
        if (index < 0) {
            return portRow != PortTable.NO_PORT;
        }
        long[] chunk = chunk(index);
        int at = at(index) + PACKETS;
        long now = (long) portRow << PORT_SHIFT;
        long before = chunk[at];
        chunk[at] = (before & ~PORT_BITS | now) + packets;
        return (before & PORT_BITS) != now && now != NO_PORT;
    }

    /**
     * Counts SYN packets and keeps the values of the source rules, two in a word. The answer has a bit for each value
     * that is the same as the one kept before; it is 0 for the first SYN, and for one that repeats a sequence number.
     */
    int addSyn(int index, long packets, long sequence, long firstPair, long secondPair) {
        long[] chunk = chunk(index);
        int at = at(index);
        long before = chunk[at + SYNS];
        boolean seen = (chunk[at + PACKETS] & SYN_SEEN) != 0;
        chunk[at + SYNS] = Math.min((before >>> 32) + packets, Integer.MAX_VALUE) << 32 | sequence & 0xffff_ffffL;
        chunk[at + PACKETS] |= SYN_SEEN;
        int same = same(chunk[at + VALUES] ^ firstPair) | same(chunk[at + VALUES + 1] ^ secondPair) << 2;
        chunk[at + VALUES] = firstPair;
        chunk[at + VALUES + 1] = secondPair;
        return seen && (before & 0xffff_ffffL) != (sequence & 0xffff_ffffL) ? same : 0;
    }

    private static int same(long difference) {
        return ((int) difference == 0 ? 1 : 0) | (difference >>> 32 == 0 ? 2 : 0);
    }

    /** Adds to the match count of a lane. */
    void addMatches(int index, int lane, long count) {
        long[] chunk = chunk(index);
        int at = at(index) + MATCHES + (lane >>> 2);
        int shift = (lane & 3) << 4;
        long sum = Math.min((chunk[at] >>> shift & 0xffff) + count, 0xffff);
        chunk[at] = chunk[at] & ~(0xffffL << shift) | sum << shift;
    }

    /** Adds the same, at most 65,535, to the match counts of some packet rules, one bit each by lane. */
    void addAllMatches(int index, int rules, int count) {
        long[] chunk = chunk(index);
        int at = at(index) + MATCHES;
        addLanes(chunk, at, rules & 15, count);
        addLanes(chunk, at + 1, rules >>> 4 & 15, count);
        if (rules >>> 8 != 0) {
            addLanes(chunk, at + 2, rules >>> 8, count);
        }
    }

    private static void addLanes(long[] chunk, int at, int rules, int count) {
        long lanes = LANES_OF_RULES[rules];
        if (((chunk[at] | (long) count) & TOP_BIT_OF_LANES) == 0) {
            chunk[at] += lanes * count;
            return;
        }
        for (int shift = 0; shift < Long.SIZE; shift += Short.SIZE) {
            long sum = Math.min((chunk[at] >>> shift & 0xffff) + (lanes >>> shift & 1) * count, 0xffff);
            chunk[at] = chunk[at] & ~(0xffffL << shift) | sum << shift;
        }
    }

    /** Upper 64 bits of the address of a record. */
    public long hi(int index) {
        int chunkIndex = index >>> CHUNK_BITS;
        long @Nullable [] halves = chunkIndex < upperHalves.length ? upperHalves[chunkIndex] : null;
        return halves == null ? 0 : halves[index & CHUNK - 1];
    }

    /** Lower 64 bits of the address of a record. */
    public long lo(int index) {
        return chunk(index)[at(index)];
    }

    /** Packets of a source. */
    public long packets(int index) {
        return chunk(index)[at(index) + PACKETS] & PACKET_BITS;
    }

    /** SYN packets of a source. */
    public long syns(int index) {
        return chunk(index)[at(index) + SYNS] >>> 32;
    }

    /** Packets of a source that matched a rule, at most 65,535: packet rules by lane, source rules after them. */
    public int matches(int index, int lane) {
        return (int) (chunk(index)[at(index) + MATCHES + (lane >>> 2)] >>> ((lane & 3) << 4)) & 0xffff;
    }
}
