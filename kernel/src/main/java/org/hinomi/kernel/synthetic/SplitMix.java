package org.hinomi.kernel.synthetic;

/**
 * A seeded generator of random bits (SplitMix64; Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators",
 * 2014). Our own, so that the same seed gives the same traffic on every version of Java.
 */
final class SplitMix {
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private long state;

    SplitMix(long seed) {
        state = seed;
    }

    /** A number's bits well mixed: a bijection. */
    static long mix(long number) {
        long z = (number ^ number >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** Bits that belong to a number under a seed. */
    static long of(long seed, long number) {
        return mix(mix(seed + GOLDEN) + number * GOLDEN);
    }

    long next() {
        state += GOLDEN;
        return mix(state);
    }

    /** A number from 0 to bound-1. */
    int below(int bound) {
        return (int) ((next() >>> 32) * bound >>> 32);
    }

    /** A number from low to high, both included. */
    int between(int low, int high) {
        return low + below(high - low + 1);
    }

    /** A number from 0 to 1, 1 excluded. */
    double unit() {
        return (next() >>> 11) * 0x1p-53;
    }
}
