package org.hinomi.observatory.detect;

import java.util.List;

/**
 * How well detectors found what was true in made-up traffic, as {@code bench/run detect} wrote it.
 *
 * @param date when that was, as 2026-11-25
 * @param seed of the traffic
 * @param days of traffic
 * @param rows what was looked at
 */
record Measured(String date, long seed, int days, List<Row> rows) {
    /** Keeps a copy. */
    Measured {
        rows = List.copyOf(rows);
    }

    /**
     * One thing that was looked at.
     *
     * @param what its name
     * @param detectors whose it is
     * @param baseline whether this is a simpler way beside them
     * @param truths how many true things there were
     * @param told how many things were told
     * @param precision part of what was told that is true
     * @param recall part of what is true that was told
     * @param delaySeconds from its first packet, the median
     * @param dailyFalseAlarms what was told and not true
     */
    record Row(
            String what,
            List<String> detectors,
            boolean baseline,
            long truths,
            long told,
            double precision,
            double recall,
            long delaySeconds,
            double dailyFalseAlarms) {
        /** Keeps a copy. */
        Row {
            detectors = List.copyOf(detectors);
        }
    }

    List<Row> of(String detector) {
        return rows.stream().filter(row -> row.detectors.contains(detector)).toList();
    }
}
