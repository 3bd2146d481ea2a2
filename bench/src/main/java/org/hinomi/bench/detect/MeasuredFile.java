package org.hinomi.bench.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What was measured, as JSON that the tower shows on the pages of its detectors. */
final class MeasuredFile {
    private final String date;
    private final long seed;
    private final int days;
    private final List<String> rows = new ArrayList<>();

    /**
     * Of a run.
     *
     * @param date when it was, as 2026-11-25
     * @param seed of the traffic
     * @param days of traffic
     */
    MeasuredFile(String date, long seed, int days) {
        this.date = date;
        this.seed = seed;
        this.days = days;
    }

    /** What detectors did. */
    void add(String what, Score score, String... detectors) {
        row(what, score, false, detectors);
    }

    /** What a simpler way did beside detectors. */
    void addBaseline(String what, Score score, String... detectors) {
        row(what, score, true, detectors);
    }

    private void row(String what, Score score, boolean baseline, String... detectors) {
        rows.add(String.format(
                Locale.ROOT,
                "    {\"what\": \"%s\", \"detectors\": [%s], \"baseline\": %b, \"truths\": %d, \"told\": %d,"
                        + " \"precision\": %.4f, \"recall\": %.4f, \"delay_seconds\": %d, \"daily_false_alarms\": %.2f}",
                what,
                Arrays.stream(detectors).map(each -> '"' + each + '"').collect(Collectors.joining(", ")),
                baseline,
                score.truths(),
                score.told(),
                score.precision(),
                score.recall(),
                score.medianDelay(),
                (double) score.wrong() / days));
    }

    /** The file. */
    String text() {
        return String.format(
                Locale.ROOT,
                "{\n  \"date\": \"%s\",\n  \"seed\": %d,\n  \"days\": %d,\n  \"rows\": [\n%s\n  ]\n}\n",
                date,
                seed,
                days,
                String.join(",\n", rows));
    }
}
