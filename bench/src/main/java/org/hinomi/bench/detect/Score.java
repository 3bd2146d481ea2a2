package org.hinomi.bench.detect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Counts of right and wrong, and what follows from them. */
final class Score {
    private final String name;
    private long found;
    private long missed;
    private long right;
    private long wrong;
    private final List<Long> delays = new ArrayList<>();

    Score(String name) {
        this.name = name;
    }

    /** Something true, found so many seconds after it began. */
    void found(long delay) {
        found++;
        delays.add(delay);
    }

    /** Something true that was not found. */
    void missed() {
        missed++;
    }

    /** Something told, and whether it is true. */
    void told(boolean isRight) {
        if (isRight) {
            right++;
        } else {
            wrong++;
        }
    }

    double recall() {
        return part(found, found + missed);
    }

    double precision() {
        return part(right, right + wrong);
    }

    double f1() {
        double sum = precision() + recall();
        return sum == 0 ? 0 : 2 * precision() * recall() / sum;
    }

    private static double part(long some, long all) {
        return all == 0 ? 1 : (double) some / all;
    }

    long medianDelay() {
        Collections.sort(delays);
        return delays.isEmpty() ? 0 : delays.get(delays.size() / 2);
    }

    /** What is true. */
    long truths() {
        return found + missed;
    }

    /** What was told. */
    long told() {
        return right + wrong;
    }

    /** What was told that is not true. */
    long wrong() {
        return wrong;
    }

    /** A row of the table. */
    String row(double days) {
        return String.format(
                Locale.ROOT,
                "%-34s %8d %8d %9.4f %9.4f %7.4f %9d %9.2f",
                name,
                found + missed,
                right + wrong,
                precision(),
                recall(),
                f1(),
                medianDelay(),
                wrong / days);
    }

    /** The heading of the table. */
    static String heading() {
        return String.format(
                Locale.ROOT,
                "%-34s %8s %8s %9s %9s %7s %9s %9s",
                "",
                "true",
                "told",
                "precision",
                "recall",
                "F1",
                "delay s",
                "false/day");
    }
}
