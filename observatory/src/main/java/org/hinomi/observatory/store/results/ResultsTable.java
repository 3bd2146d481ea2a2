package org.hinomi.observatory.store.results;

import java.util.Locale;

/** The tables of results that a tower follows. */
public enum ResultsTable {
    /** What detectors found. */
    DETECTION,
    /** Sums by minute and hour. */
    ROLLUP;

    /** As the database spells it. */
    public String sqlName() {
        return "hinomi_" + id();
    }

    /** As metrics and the control database spell it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
