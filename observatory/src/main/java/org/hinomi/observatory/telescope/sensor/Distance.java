package org.hinomi.observatory.telescope.sensor;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a sensor apart from the tower, beside what it observes.
 *
 * @param version version of its program
 * @param incarnation this run of its program
 * @param started when its program began, by its own clock
 * @param heard when it was last heard of, by the tower's clock
 * @param lastBatch when its last batch of minutes came, by the tower's clock
 * @param batches batches taken since the tower began
 * @param refused batches refused since the tower began
 * @param waitingParts parts of minutes that wait in its spool
 * @param waitingBytes how much disk they take there
 * @param kernelDrops packets that its kernel dropped
 * @param ownDrops packets of minutes that it could not write to its spool
 * @param spoolDrops packets of minutes that its full spool dropped
 * @param refusedParts parts of minutes it keeps apart because the tower refused them
 * @param liveDrops packets for the live map that did not get through
 * @param skipped packets left out, by reason
 * @param skewSeconds how far its clock is ahead of the tower's
 * @param roundTripSeconds how long a question and its answer take
 */
public record Distance(
        String version,
        String incarnation,
        Instant started,
        Instant heard,
        @Nullable Instant lastBatch,
        long batches,
        long refused,
        long waitingParts,
        long waitingBytes,
        long kernelDrops,
        long ownDrops,
        long spoolDrops,
        long refusedParts,
        long liveDrops,
        Map<String, Long> skipped,
        @Nullable Double skewSeconds,
        @Nullable Double roundTripSeconds) {}
