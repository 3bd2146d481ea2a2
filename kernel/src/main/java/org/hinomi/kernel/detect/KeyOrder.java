package org.hinomi.kernel.detect;

import java.util.Arrays;
import org.hinomi.kernel.flow.FlowBlock;
import org.hinomi.kernel.flow.FlowRow;

/**
 * The order in which the tuples of a minute are worked through: keys one after the other, each key's tuples in the
 * total order of {@link FlowBlock#compare}. Sorting one 64-bit word a tuple by a hash of the key does most of the work;
 * only tuples whose hashes are the same are compared field by field.
 */
final class KeyOrder {
    private static final int INDEX_BITS = 26;
    private static final int SMALL = 24;

    /** The most tuples that can be put in order. */
    static final int MOST = 1 << INDEX_BITS;

    private KeyOrder() {}

    /** The order of tuples that are all of one key. */
    static int[] of(FlowBlock tuples) {
        int[] order = new int[tuples.size()];
        Arrays.setAll(order, i -> i);
        sort(tuples, order, 0, order.length);
        return order;
    }

    /**
     * The order of tuples of many keys: those of a key lie side by side.
     *
     * @param total whether those of a key are in the total order; else as they lie in the block
     */
    static int[] of(FlowBlock tuples, KeyStage stage, Reference reference, boolean total) {
        int size = tuples.size();
        long[] words = new long[size];
        FlowRow row = new FlowRow();
        for (int i = 0; i < size; i++) {
            tuples.read(i, row);
            words[i] = prefix(stage, stage.hi(row), stage.lo(row, reference)) << INDEX_BITS | i;
        }
        Arrays.sort(words);
        int[] order = new int[size];
        int from = 0;
        boolean compared = total || stage == KeyStage.SOURCE;
        for (int i = 0; i < size; i++) {
            order[i] = (int) words[i] & MOST - 1;
            if (compared && (i + 1 == size || words[i + 1] >>> INDEX_BITS != words[i] >>> INDEX_BITS)) {
                sort(tuples, order, from, i + 1);
                from = i + 1;
            }
        }
        return order;
    }

    /** Keys of sources are hashed; where two sources fall together, the total order, by source first, parts them. */
    private static long prefix(KeyStage stage, long hi, long lo) {
        return stage == KeyStage.SOURCE ? hash(hi, lo) >>> INDEX_BITS : lo;
    }

    /** A hash of a key, for partitions too. */
    static long hash(long hi, long lo) {
        long h = (hi * 0xc2b2ae3d27d4eb4fL ^ lo) * 0x9e3779b97f4a7c15L;
        h ^= h >>> 32;
        h *= 0xd6e8feb86659fd93L;
        return h ^ h >>> 29;
    }

    private static void sort(FlowBlock tuples, int[] order, int from, int to) {
        if (to - from > SMALL) {
            merge(tuples, order, from, to, new int[to - from >>> 1]);
            return;
        }
        for (int i = from + 1; i < to; i++) {
            int index = order[i];
            int at = i;
            while (at > from && tuples.compare(order[at - 1], index) > 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = index;
        }
    }

    private static void merge(FlowBlock tuples, int[] order, int from, int to, int[] left) {
        if (to - from <= SMALL) {
            sort(tuples, order, from, to);
            return;
        }
        int middle = from + (to - from >>> 1);
        merge(tuples, order, from, middle, left);
        merge(tuples, order, middle, to, left);
        int count = middle - from;
        System.arraycopy(order, from, left, 0, count);
        int a = 0;
        int b = middle;
        for (int at = from; a < count; at++) {
            boolean second = b < to && tuples.compare(order[b], left[a]) < 0;
            order[at] = second ? order[b++] : left[a++];
        }
    }
}
