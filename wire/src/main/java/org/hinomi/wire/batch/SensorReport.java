package org.hinomi.wire.batch;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a sensor is and what it has counted since its incarnation began. A later report replaces an earlier one.
 *
 * @param program version of its program
 * @param started when the incarnation began, milliseconds since 1970-01-01 UTC by its own clock
 * @param state id of the state it is in
 * @param detail why it does not observe, as a sentence, or an empty text
 * @param firstSecond event time of its first packet, seconds since 1970-01-01 UTC; -1 before it
 * @param upTo up to when all it observed has been sent or lost, seconds since 1970-01-01 UTC; -1 at the beginning
 * @param eventNanos event time now, nanoseconds since 1970-01-01 UTC; -1 before the first packet
 * @param packets packets counted
 * @param kernelDrops packets that its kernel dropped
 * @param ownDrops packets of minutes that could not be written to the spool
 * @param spoolDrops packets of minutes that the full spool dropped
 * @param refusedParts parts of minutes that the tower refused
 * @param liveDrops packets for the live map that did not get through
 * @param saturatedParts parts of minutes given out early
 * @param skipped packets left out, by reason
 * @param waitingParts parts of minutes in the spool
 * @param waitingBytes their size on disk
 * @param skewMicros how far its clock is ahead of the tower's, if measured
 * @param roundTripMicros how long a question and its answer take, if measured
 * @param lost what was lost of this incarnation
 */
public record SensorReport(
        String program,
        long started,
        String state,
        String detail,
        long firstSecond,
        long upTo,
        long eventNanos,
        long packets,
        long kernelDrops,
        long ownDrops,
        long spoolDrops,
        long refusedParts,
        long liveDrops,
        long saturatedParts,
        Map<String, Long> skipped,
        long waitingParts,
        long waitingBytes,
        @Nullable Long skewMicros,
        @Nullable Long roundTripMicros,
        List<Lost> lost) {

    /** What is said of an incarnation of which nothing is known but that it was. */
    public SensorReport unknown() {
        return new SensorReport(
                program, 0, "stopped", "", -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, Map.of(), 0, 0, null, null, List.of());
    }

    /** The same with other losses and what else has changed since it was made. */
    public SensorReport with(
            String newState, long newUpTo, long own, long spool, long refused, List<Lost> all, long parts, long bytes) {
        return new SensorReport(
                program,
                started,
                newState,
                detail,
                firstSecond,
                newUpTo,
                eventNanos,
                packets,
                kernelDrops,
                own,
                spool,
                refused,
                liveDrops,
                saturatedParts,
                skipped,
                parts,
                bytes,
                skewMicros,
                roundTripMicros,
                all);
    }
}
