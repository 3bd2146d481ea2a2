package org.hinomi.kernel.alert;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How soon somebody should look at an alert. */
public enum Severity {
    /** When there is time. */
    LOW,
    /** Today. */
    MEDIUM,
    /** Now. */
    HIGH;

    /** As configuration, database and JSON spell it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The severity that a text names. */
    public static Optional<Severity> of(String id) {
        return Arrays.stream(values())
                .filter(severity -> severity.id().equals(id))
                .findFirst();
    }

    /** The severity of a rank, counted from 0 for the least; ranks beyond are the nearest there is. */
    public static Severity ranked(int rank) {
        return values()[Math.clamp(rank, 0, values().length - 1)];
    }
}
