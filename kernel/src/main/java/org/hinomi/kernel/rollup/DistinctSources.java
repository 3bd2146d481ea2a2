package org.hinomi.kernel.rollup;

/**
 * Counts distinct 32-bit hashes in one small array: exactly to 128 of them, then by HyperLogLog (Flajolet et al., 2007)
 * with 2,048 registers, error about 2.3 %. Our own and not the library's sketch because one is updated for almost each
 * flow tuple, and one random cache line is what the roll-up can afford.
 *
 * <p>The array's first element is the number of hashes while it counts exactly, then {@link #ESTIMATING}; behind it are
 * the slots of an open-addressing set, or the registers, four in an element.
 */
public final class DistinctSources {
    /** How many hashes are told apart exactly. */
    public static final int EXACTLY = 128;

    /** The longest that the array becomes. */
    public static final int MOST_CELLS = 1 + 2048 / 4;

    private static final int ESTIMATING = -1;
    private static final int MOST_SLOTS = 256;
    private static final int REGISTER_BITS = 11;
    private static final int REGISTERS = 1 << REGISTER_BITS;
    private static final double BIAS = 0.7213 / (1 + 1.079 / REGISTERS);

    private DistinctSources() {}

    /** No hashes. */
    public static int[] empty() {
        return new int[1 + 8];
    }

    /** Adds a hash; the answer is the array to use from now on. */
    public static int[] add(int[] cells, int hash) {
        int key = hash == 0 ? 1 : hash;
        if (cells[0] == ESTIMATING) {
            raise(cells, spread(key));
            return cells;
        }
        int mask = cells.length - 2;
        int slot = slot(key, mask);
        while (cells[1 + slot] != 0) {
            if (cells[1 + slot] == key) {
                return cells;
            }
            slot = slot + 1 & mask;
        }
        cells[1 + slot] = key;
        cells[0]++;
        return cells[0] * 2 > mask + 1 ? grown(cells) : cells;
    }

    private static int[] grown(int[] cells) {
        int slots = (cells.length - 1) * 2;
        boolean exact = slots <= MOST_SLOTS;
        int[] next = new int[1 + (exact ? slots : REGISTERS / 4)];
        next[0] = exact ? cells[0] : ESTIMATING;
        for (int i = 1; i < cells.length; i++) {
            int key = cells[i];
            if (key != 0 && exact) {
                int slot = slot(key, slots - 1);
                while (next[1 + slot] != 0) {
                    slot = slot + 1 & slots - 1;
                }
                next[1 + slot] = key;
            } else if (key != 0) {
                raise(next, spread(key));
            }
        }
        return next;
    }

    private static int slot(int key, int mask) {
        return (int) (spread(key) >>> 40) & mask;
    }

    private static long spread(int key) {
        long h = key * 0x9e3779b97f4a7c15L;
        return (h ^ h >>> 32) * 0xd6e8feb86659fd93L;
    }

    private static void raise(int[] cells, long hash) {
        int register = (int) (hash >>> 64 - REGISTER_BITS);
        int rank = Long.numberOfLeadingZeros(hash << REGISTER_BITS | 1L << REGISTER_BITS - 1) + 1;
        int cell = 1 + (register >>> 2);
        int shift = (register & 3) << 3;
        if ((cells[cell] >>> shift & 0xff) < rank) {
            cells[cell] = cells[cell] & ~(0xff << shift) | rank << shift;
        }
    }

    /** Whether {@link #count} is an estimate. */
    public static boolean estimated(int[] cells) {
        return cells[0] == ESTIMATING;
    }

    /** How many different hashes were added, exactly or as estimated; the same whatever their order. */
    public static long count(int[] cells) {
        if (cells[0] != ESTIMATING) {
            return cells[0];
        }
        double sum = 0;
        int zeros = 0;
        for (int register = 0; register < REGISTERS; register++) {
            int rank = cells[1 + (register >>> 2)] >>> ((register & 3) << 3) & 0xff;
            sum += Math.scalb(1.0, -rank);
            zeros += rank == 0 ? 1 : 0;
        }
        double estimate = BIAS * REGISTERS * REGISTERS / sum;
        boolean few = estimate <= 2.5 * REGISTERS && zeros > 0;
        return Math.round(few ? REGISTERS * StrictMath.log((double) REGISTERS / zeros) : estimate);
    }
}
