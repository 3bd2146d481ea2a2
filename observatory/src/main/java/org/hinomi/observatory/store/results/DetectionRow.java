package org.hinomi.observatory.store.results;

import org.jspecify.annotations.Nullable;

/**
 * A row of {@code hinomi_detection} as it lies there: nothing about it is known but that its texts are not endless. A
 * text that is too long is null, as one that is missing.
 *
 * @param changed grows with each write of the cluster
 */
public record DetectionRow(
        long changed,
        @Nullable String id,
        @Nullable Long revision,
        @Nullable String detector,
        @Nullable String sensor,
        @Nullable String source,
        @Nullable Long port,
        @Nullable String traffic,
        @Nullable String kind,
        @Nullable Long started,
        @Nullable Long seen,
        @Nullable Long reported,
        @Nullable Boolean ended,
        @Nullable Boolean aggressive,
        @Nullable String fields) {}
