package org.hinomi.kernel.detect;

import java.util.Locale;

/**
 * How well the packets show that a machine itself scans. A telescope never answers, so none of it is proof: a source
 * address can always be forged, and the grade says how unlikely that is to have happened by chance.
 */
enum OwnGrade {
    /** One or two packets, which anybody can forge; or no scan at all. */
    UNPROVEN,
    /** Several packets that hang together somehow. */
    POSSIBLE,
    /** At least four of seven signs, TTLs of one machine or a tool's fingerprint: chance does not make that. */
    PROBABLE,
    /** At least six signs, over many packets and minutes. */
    STRONG;

    private static final OwnGrade[] ALL = values();

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static OwnGrade at(int ordinal) {
        return ALL[ordinal];
    }

    static int count() {
        return ALL.length;
    }
}
