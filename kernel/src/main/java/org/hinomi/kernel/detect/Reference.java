package org.hinomi.kernel.detect;

import org.hinomi.kernel.address.Owner;
import org.hinomi.kernel.research.ResearchMatch;
import org.jspecify.annotations.Nullable;

/** What is known beside the traffic, as of a minute, so that a replay of an old minute knows what was known then. */
public interface Reference {
    /**
     * How many IPv4 addresses of a stream are dark; 0 when unknown.
     *
     * @param minute start of the minute, seconds since 1970-01-01 UTC
     */
    long darkAddresses(String stream, long minute);

    /**
     * The number of the autonomous system that announces an address; 0 when unknown.
     *
     * @param minute start of the minute, seconds since 1970-01-01 UTC
     */
    default long network(long hi, long lo, long minute) {
        return 0;
    }

    /**
     * Whose an address is; null when it is nobody's who is registered.
     *
     * @param minute start of the minute, seconds since 1970-01-01 UTC
     */
    default @Nullable Owner owner(long hi, long lo, long minute) {
        return null;
    }

    /**
     * The country that an address is registered in, as two ASCII letters {@code first << 8 | second}; 0 when unknown.
     *
     * @param minute start of the minute, seconds since 1970-01-01 UTC
     */
    default int country(long hi, long lo, long minute) {
        return 0;
    }

    /**
     * Which researcher's a source is; null when it is none's that is known.
     *
     * @param minute start of the minute, seconds since 1970-01-01 UTC
     */
    default @Nullable ResearchMatch researcher(long hi, long lo, long minute) {
        return null;
    }
}
