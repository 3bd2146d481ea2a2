package org.hinomi.kernel.address;

import org.jspecify.annotations.Nullable;

/** Whose an address was at a time. Asked for each flow tuple, from several threads: quick, without allocation. */
@FunctionalInterface
public interface Owners {
    /** Knows no owner. */
    Owners NONE = (hi, lo, minute) -> null;

    /**
     * The owner of an address; null when it is nobody's who is registered.
     *
     * @param minute start of the minute, seconds since 1970-01-01 UTC
     */
    @Nullable
    Owner at(long hi, long lo, long minute);
}
