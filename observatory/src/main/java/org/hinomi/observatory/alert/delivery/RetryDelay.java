package org.hinomi.observatory.alert.delivery;

import java.time.Duration;

/** How long to wait before a message is tried again: half a minute, then twice as long each time, up to an hour. */
final class RetryDelay {
    /** Tries before a message is given up, about seven hours after the first. */
    static final int MOST_TRIES = 14;

    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 10;

    private RetryDelay() {}

    /** The wait after so many tries. */
    static Duration after(int tries) {
        Duration wait = FIRST.multipliedBy(1L << Math.clamp(tries - 1L, 0, MOST_DOUBLINGS));
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }
}
