package org.hinomi.kernel.flow;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Flow tuples side by side in memory, all fields, in a form that can be ordered, written and read again. Its
 * {@link #compare} is the one total order of tuples: by source, destination port, source port, protocol, TTL, flags,
 * destination, then all other fields, so that two runners that see a minute's tuples in different orders can work
 * through them in the same one. 72 bytes a tuple. Not thread-safe.
 */
public final class FlowBlock implements FlowBatch {
    private static final int WORDS = 9;
    private static final int LATER = 2;
    private static final int ODD = 1;
    private static final long SOME_MIXED = 1L << 63;
    private static final int FIRST_ROWS = 16;

    private long time;
    private long[] words = new long[FIRST_ROWS * WORDS];
    private final Map<Integer, int[]> mixed = new HashMap<>();
    private int size;

    /**
     * An empty block.
     *
     * @param time start of the minute of its tuples, seconds since 1970-01-01 UTC
     */
    public FlowBlock(long time) {
        this.time = time;
    }

    /** Adds a tuple. Its own time is not kept: all tuples of a block are of one minute. */
    public void add(FlowRow row) {
        if ((size + 1) * WORDS > words.length) {
            words = Arrays.copyOf(words, words.length * 2);
        }
        int at = size * WORDS;
        words[at] = row.srcHi;
        words[at + 1] = row.srcLo;
        words[at + 2] = (row.dstPort & 0xffffL) << 48
                | (row.srcPort & 0xffffL) << 32
                | (row.protocol & 0xffL) << 24
                | (row.ttl & 0xffL) << 16
                | (row.tcpFlags & 0xffL) << 8
                | (row.laterFragment ? LATER : 0)
                | (row.oddFragmentField ? ODD : 0);
        words[at + 3] = row.dstHi;
        words[at + 4] = row.dstLo;
        words[at + 5] = (long) row.ipLen << 32 | (row.tcpSynLen & 0xffL) << 16 | row.tcpSynWinLen & 0xffffL;
        words[at + 6] = row.packetCnt;
        words[at + 7] = row.firstSeq + 1 << 24 | row.firstIpId + 1 & 0xff_ffffL;
        words[at + 8] = row.matchedRules;
        if (row.mixed()) {
            addMixed(row, at + 8);
        }
        size++;
    }

    private void addMixed(FlowRow row, int at) {
        int[] counts = new int[FlowRow.MOST_RULES];
        boolean same = true;
        for (int lane = 0; lane < counts.length; lane++) {
            counts[lane] = row.matches(lane);
            boolean matched = (row.matchedRules >>> lane & 1) != 0;
            same &= counts[lane] == (matched ? Math.min(row.packetCnt, FlowRow.MOST_MATCHES) : 0);
        }
        if (!same) {
            mixed.put(size, counts);
            words[at] |= SOME_MIXED;
        }
    }

    @Override
    public void read(int index, FlowRow row) {
        int at = index * WORDS;
        row.time = time;
        row.srcHi = words[at];
        row.srcLo = words[at + 1];
        long key = words[at + 2];
        row.dstPort = (int) (key >>> 48);
        row.srcPort = (int) (key >>> 32) & 0xffff;
        row.protocol = (int) (key >>> 24) & 0xff;
        row.ttl = (int) (key >>> 16) & 0xff;
        row.tcpFlags = (int) (key >>> 8) & 0xff;
        row.laterFragment = (key & LATER) != 0;
        row.oddFragmentField = (key & ODD) != 0;
        row.dstHi = words[at + 3];
        row.dstLo = words[at + 4];
        row.ipLen = (int) (words[at + 5] >>> 32);
        row.tcpSynLen = (int) (words[at + 5] >>> 16) & 0xff;
        row.tcpSynWinLen = (int) words[at + 5] & 0xffff;
        row.packetCnt = words[at + 6];
        row.firstSeq = (words[at + 7] >>> 24) - 1;
        row.firstIpId = ((int) words[at + 7] & 0xff_ffff) - 1;
        row.matchAll((int) words[at + 8]);
        if (words[at + 8] < 0) {
            int[] counts = counts(index);
            for (int lane = 0; lane < counts.length; lane++) {
                row.match(lane, counts[lane]);
            }
        }
    }

    private int[] counts(int index) {
        return mixed.getOrDefault(index, new int[FlowRow.MOST_RULES]);
    }

    /** Compares two tuples in the total order; 0 only when all their fields are the same. */
    public int compare(int one, int other) {
        int a = one * WORDS;
        int b = other * WORDS;
        for (int word = 0; word < WORDS; word++) {
            if (words[a + word] != words[b + word]) {
                return Long.compareUnsigned(words[a + word], words[b + word]);
            }
        }
        return words[a + 8] < 0 ? Arrays.compare(counts(one), counts(other)) : 0;
    }

    @Override
    public long time() {
        return time;
    }

    @Override
    public boolean saturated() {
        return false;
    }

    @Override
    public int size() {
        return size;
    }

    /** Bytes of memory it takes, about. */
    public long bytes() {
        return words.length * 8L + mixed.size() * 128L;
    }

    /** Forgets all tuples, and is of another minute; keeps its memory. */
    public void clear(long minute) {
        time = minute;
        size = 0;
        mixed.clear();
    }

    /** Writes time and tuples. */
    public void write(DataOutput out) throws IOException {
        out.writeLong(time);
        out.writeInt(size);
        for (int i = 0; i < size; i++) {
            for (int word = 0; word < WORDS; word++) {
                out.writeLong(words[i * WORDS + word]);
            }
            if (words[i * WORDS + 8] < 0) {
                for (int count : counts(i)) {
                    out.writeShort(count);
                }
            }
        }
    }

    /** Reads what {@link #write} wrote. */
    public static FlowBlock read(DataInput in) throws IOException {
        FlowBlock block = new FlowBlock(in.readLong());
        int rows = in.readInt();
        for (int i = 0; i < rows; i++) {
            if ((i + 1) * WORDS > block.words.length) {
                block.words = Arrays.copyOf(block.words, block.words.length * 2);
            }
            for (int word = 0; word < WORDS; word++) {
                block.words[i * WORDS + word] = in.readLong();
            }
            if (block.words[i * WORDS + 8] < 0) {
                int[] counts = new int[FlowRow.MOST_RULES];
                for (int lane = 0; lane < counts.length; lane++) {
                    counts[lane] = in.readUnsignedShort();
                }
                block.mixed.put(i, counts);
            }
            block.size++;
        }
        return block;
    }
}
