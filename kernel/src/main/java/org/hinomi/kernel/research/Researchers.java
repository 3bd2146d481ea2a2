package org.hinomi.kernel.research;

import org.jspecify.annotations.Nullable;

/** Which sources are researchers' now. Asked from several threads: quick, without allocation. */
@FunctionalInterface
public interface Researchers {
    /** Knows none. */
    Researchers NONE = (hi, lo) -> null;

    /** Whose a source is, given as the two halves of its address; null when it is no researcher's that is known. */
    @Nullable
    ResearchMatch at(long hi, long lo);
}
