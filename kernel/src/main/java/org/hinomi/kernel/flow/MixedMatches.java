package org.hinomi.kernel.flow;

import java.util.Arrays;

/**
 * Match counts of the few tuples whose packets did not all match the same rules: open addressing by record index, 16
 * bits a rule.
 */
final class MixedMatches {
    private static final int LANES = FlowRow.MOST_RULES / 4;
    private static final int STRIDE = LANES + 1;

    private long[] entries = new long[16 * STRIDE];
    private int size;

    /** Begins to count a tuple whose packets so far all matched the same rules. */
    void begin(int index, long matches, long packets) {
        if (size * STRIDE * 2 >= entries.length) {
            grow();
        }
        int at = find(index);
        entries[at] = index + 1L;
        size++;
        add(at, matches, packets);
    }

    /** Counts packets of a tuple that was begun. */
    void add(int index, long matches) {
        add(find(index), matches, 1);
    }

    private void add(int at, long matches, long packets) {
        for (long left = matches; left != 0; left &= left - 1) {
            int rule = Long.numberOfTrailingZeros(left);
            int lane = at + 1 + (rule >>> 2);
            int shift = (rule & 3) << 4;
            long sum = Math.min((entries[lane] >>> shift & 0xffff) + packets, 0xffff);
            entries[lane] = entries[lane] & ~(0xffffL << shift) | sum << shift;
        }
    }

    /** Sets the match counts of a row. */
    void read(int index, FlowRow row) {
        for (int rule = 0; rule < FlowRow.MOST_RULES; rule++) {
            row.match(rule, count(index, rule));
        }
    }

    private int count(int index, int rule) {
        return (int) (entries[find(index) + 1 + (rule >>> 2)] >>> ((rule & 3) << 4)) & 0xffff;
    }

    private int find(int index) {
        int slots = entries.length / STRIDE;
        int slot = (index * 0x9e3779b9 >>> 7) & slots - 1;
        while (entries[slot * STRIDE] != 0 && entries[slot * STRIDE] != index + 1L) {
            slot = slot + 1 & slots - 1;
        }
        return slot * STRIDE;
    }

    private void grow() {
        long[] old = entries;
        entries = new long[old.length * 2];
        for (int at = 0; at < old.length; at += STRIDE) {
            if (old[at] != 0) {
                System.arraycopy(old, at, entries, find((int) (old[at] - 1)), STRIDE);
            }
        }
    }

    void clear() {
        if (size > 0) {
            Arrays.fill(entries, 0);
            size = 0;
        }
    }
}
