package org.hinomi.observatory.campaign;

import java.time.LocalDate;

/** Days as the database has them: since 1970-01-01, UTC. */
final class Days {
    /** The seconds of a day. */
    static final long SECONDS = 86_400;

    private Days() {}

    /** The day of a second. */
    static long of(long second) {
        return Math.floorDiv(second, SECONDS);
    }

    /** The day as people write it: 2026-03-14. */
    static String text(long day) {
        return LocalDate.ofEpochDay(day).toString();
    }
}
