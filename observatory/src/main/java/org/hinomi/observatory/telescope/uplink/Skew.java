package org.hinomi.observatory.telescope.uplink;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * How far a clock is ahead of another, from questions and answers as NTP measures it (RFC 5905, section 8): the median
 * of the last ones.
 */
final class Skew {
    private static final int SAMPLES = 15;

    private record Sample(long ahead, long roundTrip) {}

    private final Deque<Sample> samples = new ArrayDeque<>();

    /**
     * Takes the four times of a question and its answer, microseconds.
     *
     * @param sent by our clock
     * @param received by the other's
     * @param answered by the other's
     * @param back by our clock
     */
    synchronized void add(long sent, long received, long answered, long back) {
        samples.addLast(new Sample(
                ((sent - received) + (back - answered)) / 2, Math.max(0, (back - sent) - (answered - received))));
        if (samples.size() > SAMPLES) {
            samples.removeFirst();
        }
    }

    /** How far our clock is ahead, microseconds. */
    Optional<Long> ahead() {
        return median(Sample::ahead);
    }

    /** How long a question and its answer are on their way, microseconds. */
    Optional<Long> roundTrip() {
        return median(Sample::roundTrip);
    }

    private synchronized Optional<Long> median(ToLongFunction<Sample> value) {
        if (samples.isEmpty()) {
            return Optional.empty();
        }
        long[] sorted = samples.stream().mapToLong(value).sorted().toArray();
        return Optional.of(sorted[sorted.length / 2]);
    }
}
