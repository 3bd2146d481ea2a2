package org.hinomi.kernel;

import java.util.Random;
import java.util.function.Consumer;

/**
 * Random input for tests, the same in each run, so that a failure speaks of the change and not of the day. With
 * {@code -Dtest.seed=random} it is new each time, and {@code -Dtest.rounds=} times as much; a failure names its seed,
 * which {@code -Dtest.seed=} repeats.
 */
public final class Seeds {
    private Seeds() {}

    /** Runs a check with differently seeded generators. */
    public static void check(int rounds, Consumer<Random> check) {
        String asked = System.getProperty("test.seed", "");
        boolean random = asked.equals("random");
        boolean one = !random && !asked.isEmpty();
        long first = random ? System.nanoTime() : one ? Long.parseLong(asked) : 1;
        long last = first + (one ? 1 : (long) rounds * Integer.getInteger("test.rounds", 1));
        for (long seed = first; seed < last; seed++) {
            try {
                check.accept(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("repeat with -Dtest.seed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
