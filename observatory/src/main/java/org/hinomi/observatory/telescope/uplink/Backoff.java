package org.hinomi.observatory.telescope.uplink;

import java.util.SplittableRandom;

/** How long to wait after a failure: twice as long after each, up to a most, and a random half of it less. */
final class Backoff {
    private final long first;
    private final long most;
    private final SplittableRandom random = new SplittableRandom();
    private long next;

    Backoff(long first, long most) {
        this.first = first;
        this.most = most;
        this.next = first;
    }

    /** Milliseconds to wait now. */
    long pause() {
        long pause = next;
        next = Math.min(most, next * 2);
        return pause / 2 + random.nextLong(pause / 2 + 1);
    }

    void reset() {
        next = first;
    }
}
