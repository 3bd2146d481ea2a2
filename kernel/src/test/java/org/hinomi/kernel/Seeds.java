package org.hinomi.kernel;

import java.util.Random;
import java.util.function.Consumer;

/** Random input for tests, which can be had again: a failure names its seed, {@code -Dtest.seed=} repeats it. */
public final class Seeds {
    private Seeds() {}

    /** Runs a check with differently seeded generators. */
    public static void check(int rounds, Consumer<Random> check) {
        Long only = Long.getLong("test.seed");
        long first = only == null ? System.nanoTime() : only;
        for (long seed = first; seed < first + (only == null ? rounds : 1); seed++) {
            try {
                check.accept(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("repeat with -Dtest.seed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
