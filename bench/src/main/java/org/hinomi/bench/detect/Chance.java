package org.hinomi.bench.detect;

import java.util.SplittableRandom;

/** Seeded draws from the distributions that traffic is made of. */
final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Another source of draws that depends on this one's seed only. */
    Chance split() {
        return new Chance(random.nextLong());
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int low, int high) {
        return low + random.nextInt(high - low + 1);
    }

    double unit() {
        return random.nextDouble();
    }

    boolean in(double probability) {
        return random.nextDouble() < probability;
    }

    int bits() {
        return random.nextInt();
    }

    /** How often something happens that happens so often on average (Knuth; by parts when it is often). */
    int poisson(double mean) {
        int count = 0;
        for (double left = mean; left > 0; left -= 30) {
            double limit = Math.exp(-Math.min(left, 30));
            for (double product = unit(); product > limit; product *= unit()) {
                count++;
            }
        }
        return count;
    }

    /** A time between events that come so often on average. */
    double exponential(double mean) {
        return -mean * Math.log(1 - unit());
    }

    /** A number of at least {@code least} with a heavy tail, cut at {@code most}. */
    double pareto(double least, double alpha, double most) {
        return Math.min(most, least / Math.pow(1 - unit(), 1 / alpha));
    }
}
