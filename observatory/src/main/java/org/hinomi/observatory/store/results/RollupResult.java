package org.hinomi.observatory.store.results;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code hinomi_rollup} as it lies there: nothing about it is known but that it is not endless. What is too
 * long is null, as what is missing.
 *
 * @param changed grows with each write of the cluster
 * @param classes packets by ordinal of the class; an element may be null
 * @param kinds packets by ordinal of the kind; an element may be null
 */
@SuppressWarnings("ArrayRecordComponent")
public record RollupResult(
        long changed,
        @Nullable String sensor,
        @Nullable Long step,
        @Nullable Long time,
        @Nullable String dimension,
        @Nullable String key,
        @Nullable Long packets,
        @Nullable Long tuples,
        @Nullable Long synOrUdp,
        @Nullable Long toIot,
        @Nullable List<@Nullable Long> classes,
        @Nullable List<@Nullable Long> kinds,
        byte @Nullable [] sources,
        byte @Nullable [] destinations) {}
