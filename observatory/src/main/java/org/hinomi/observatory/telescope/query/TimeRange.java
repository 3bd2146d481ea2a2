package org.hinomi.observatory.telescope.query;

import java.time.Instant;

/**
 * A time range, from inclusive to exclusive.
 *
 * @param from start
 * @param to end, after the start
 */
public record TimeRange(Instant from, Instant to) {
    /** A range in seconds since 1970-01-01 UTC. */
    public static TimeRange seconds(long from, long to) {
        return new TimeRange(Instant.ofEpochSecond(from), Instant.ofEpochSecond(to));
    }

    /** Start in seconds since 1970-01-01 UTC. */
    public long start() {
        return from.getEpochSecond();
    }

    /** End in seconds since 1970-01-01 UTC. */
    public long end() {
        return to.getEpochSecond();
    }

    /** Length in seconds. */
    public long seconds() {
        return end() - start();
    }

    /** The range of whole steps that holds this one. */
    public TimeRange outward(long step) {
        return seconds(Math.floorDiv(start(), step) * step, Math.ceilDiv(end(), step) * step);
    }

    /** The range of the same length before this one. */
    public TimeRange before() {
        return seconds(start() - seconds(), start());
    }
}
