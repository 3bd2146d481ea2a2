package org.hinomi.observatory.store.control;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as the control database holds them: microseconds since 1970-01-01T00:00:00Z. */
public final class EpochMicros {
    private EpochMicros() {}

    public static long of(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    public static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
