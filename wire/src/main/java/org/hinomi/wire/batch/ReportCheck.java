package org.hinomi.wire.batch;

import java.util.Objects;

/** What a sensor says of itself, held to its bounds. */
public final class ReportCheck {
    private static final long LAST_SECOND = 253_402_300_799L;
    private static final int MOST_LOST = 1000;
    private static final int LONGEST_TEXT = 500;
    private static final String INCARNATION = "[0-9a-f-]{1,64}";

    private ReportCheck() {}

    static RefusedException bounds(String what) {
        return new RefusedException(Refusal.OUT_OF_BOUNDS, "The batch can't be true: " + what + ".");
    }

    /** Refuses what can't be the id of an incarnation. */
    public static void checkIncarnation(String incarnation) {
        if (incarnation == null || !incarnation.matches(INCARNATION)) {
            throw bounds("its incarnation is not 1 to 64 of 0-9, a-f and -");
        }
    }

    /** Refuses a report that lacks something or is too long. */
    public static void check(SensorReport report) {
        boolean complete = report != null
                && report.program() != null
                && report.state() != null
                && report.detail() != null
                && report.skipped() != null
                && report.lost() != null;
        if (!complete
                || report.lost().stream().anyMatch(Objects::isNull)
                || report.skipped().values().stream().anyMatch(Objects::isNull)
                || report.lost().size() > MOST_LOST
                || report.skipped().size() > LONGEST_TEXT
                || report.program().length() > LONGEST_TEXT
                || report.state().length() > LONGEST_TEXT
                || report.detail().length() > LONGEST_TEXT) {
            throw bounds("its report is not complete, or too long");
        }
        for (Lost lost : report.lost()) {
            if (lost.reason() == null
                    || lost.reason().length() > LONGEST_TEXT
                    || lost.from() < 0
                    || lost.from() >= lost.to()
                    || lost.to() > LAST_SECOND) {
                throw bounds("its report tells of a loss that can't be");
            }
        }
    }
}
