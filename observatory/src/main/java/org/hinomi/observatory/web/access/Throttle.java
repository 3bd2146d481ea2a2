package org.hinomi.observatory.web.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hinomi.observatory.web.Problem;

/**
 * Slows down who guesses. After some free attempts each further one has to wait twice as long as the one before, up to
 * a bound; whoever rests for an hour begins anew. The table is bounded: the longest unused entry goes first.
 */
final class Throttle {
    private static final Duration FORGET = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 20;

    private record Attempts(int count, Instant last) {}

    private final InstantSource clock;
    private final int free;
    private final Duration longest;
    private final Map<String, Attempts> attempts;

    /**
     * A throttle for one kind of key.
     *
     * @param free attempts before the first wait, of one second
     * @param longest the most one waits
     */
    Throttle(InstantSource clock, int free, Duration longest, int mostKeys) {
        this.clock = clock;
        this.free = free;
        this.longest = longest;
        this.attempts = new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Attempts> eldest) {
                return size() > mostKeys;
            }
        };
    }

    /** Counts an attempt, or refuses it (429) where the wait is not over. */
    synchronized void attempt(String key) {
        Instant now = clock.instant();
        Attempts before = attempts.getOrDefault(key, new Attempts(0, now));
        if (before.last().plus(FORGET).isBefore(now)) {
            before = new Attempts(0, now);
        }
        Duration wait = Duration.between(now, before.last().plus(wait(before.count())));
        if (wait.isPositive()) {
            throw Problem.tooMany(
                            "Too many attempts did not succeed. Wait " + Math.max(1, wait.toSeconds())
                                    + " s before the next one.",
                            wait)
                    .named("too-many-attempts");
        }
        attempts.put(key, new Attempts(before.count() + 1, now));
    }

    /** Takes an attempt that succeeded back. */
    synchronized void succeeded(String key) {
        attempts.computeIfPresent(key, (same, before) -> new Attempts(before.count() - 1, before.last()));
    }

    /** Forgets a key, for its owner has shown themselves. */
    synchronized void forget(String key) {
        attempts.remove(key);
    }

    private Duration wait(int count) {
        if (count < free) {
            return Duration.ZERO;
        }
        Duration doubled = Duration.ofSeconds(1L << Math.min(count - free, MOST_DOUBLINGS));
        return doubled.compareTo(longest) > 0 ? longest : doubled;
    }
}
