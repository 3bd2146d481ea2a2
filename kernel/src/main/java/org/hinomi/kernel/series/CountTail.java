package org.hinomi.kernel.series;

/**
 * How unlikely a count is, when counts vary more than by chance alone: the upper tail of the negative binomial
 * distribution, as outbreak detection takes it (Noufaily et al., An improved algorithm for outbreak detection in multiple
 * surveillance systems, Statistics in Medicine 2013).
 */
public final class CountTail {
    /** The highest score. */
    public static final double MOST = 300;

    private static final int MOST_TERMS = 100_000;
    private static final double ENOUGH = 1e-9;
    private static final double LEAST_DISPERSION = 1e-6;
    private static final double HALF_LOG_TWO_PI = 0.9189385332046727;
    private static final int ASYMPTOTIC = 10;

    private CountTail() {}

    /**
     * Minus the decimal logarithm of the chance of a count at least so high, 0 to {@link #MOST}.
     *
     * @param mean the expected count, above 0
     * @param dispersion the variance is {@code mean + dispersion * mean * mean}
     */
    public static double score(long count, double mean, double dispersion) {
        if (count <= mean) {
            return 0;
        }
        double size = 1 / Math.max(dispersion, LEAST_DISPERSION);
        double share = mean / (size + mean);
        double log = logGamma(count + size)
                - logGamma(size)
                - logGamma(count + 1.0)
                + size * StrictMath.log1p(-share)
                + count * StrictMath.log(share);
        double sum = 1;
        double term = 1;
        for (long k = count; k < count + MOST_TERMS && term > ENOUGH * sum; k++) {
            term *= (k + size) / (k + 1) * share;
            sum += term;
        }
        double score = -(log + StrictMath.log(sum)) / StrictMath.log(10);
        return Math.clamp(score, 0, MOST);
    }

    /** The logarithm of the gamma function of a number above 0, by Stirling's series. */
    static double logGamma(double x) {
        double shift = 0;
        double z = x;
        while (z < ASYMPTOTIC) {
            shift += StrictMath.log(z);
            z++;
        }
        double inverse = 1 / (z * z);
        double series = (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse / 1680))) / z;
        return (z - 0.5) * StrictMath.log(z) - z + HALF_LOG_TWO_PI + series - shift;
    }
}
