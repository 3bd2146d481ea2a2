package org.hinomi.kernel.synthetic;

/**
 * Ranks from 0 to n-1, the k-th with a probability proportional to about 1 / (k+1)^s: a few busy sources and very many
 * that are hardly seen. By a table of quantiles of the continuous distribution, straight lines in between.
 */
final class Zipf {
    private static final int BITS = 12;
    private static final int STEPS = 1 << BITS;
    private static final double FRACTION = 0x1p-41;

    private final double[] quantiles = new double[STEPS + 1];
    private final int ranks;

    /**
     * A distribution over ranks.
     *
     * @param exponent s, more than 0 and not 1
     */
    Zipf(int ranks, double exponent) {
        this.ranks = ranks;
        double power = 1 - exponent;
        double top = StrictMath.pow(ranks + 1.0, power) - 1;
        for (int i = 0; i <= STEPS; i++) {
            quantiles[i] = StrictMath.pow((double) i / STEPS * top + 1, 1 / power) - 1;
        }
    }

    int next(SplitMix random) {
        long bits = random.next();
        int step = (int) (bits >>> 64 - BITS);
        double within = (bits << BITS >>> 23) * FRACTION;
        double low = quantiles[step];
        return Math.min((int) (low + (quantiles[step + 1] - low) * within), ranks - 1);
    }
}
