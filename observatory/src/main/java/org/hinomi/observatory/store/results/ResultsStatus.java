package org.hinomi.observatory.store.results;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How it goes with a cluster's results.
 *
 * @param results the database, without parameters; for administrators
 * @param trouble what keeps the tower from reading or storing them now, as a sentence
 * @param caughtUp when it last had read everything there was
 * @param lagSeconds seconds since the end of the newest minute that was read
 * @param detections rows of detections read since the start
 * @param rollups rows of sums read since the start
 * @param refused rows left out since the start, by reason
 * @param refusal the reason met last for the first time, as a sentence
 */
public record ResultsStatus(
        @Nullable String results,
        @Nullable String trouble,
        @Nullable Instant caughtUp,
        @Nullable Long lagSeconds,
        long detections,
        long rollups,
        Map<String, Long> refused,
        @Nullable String refusal) {

    /** The same for who may not know where the database is: nothing of what names it. */
    public ResultsStatus withoutPlace() {
        return new ResultsStatus(
                null,
                trouble == null ? null : "the cluster's results can't be read or stored now; the log says why",
                caughtUp,
                lagSeconds,
                detections,
                rollups,
                refused,
                refusal);
    }
}
