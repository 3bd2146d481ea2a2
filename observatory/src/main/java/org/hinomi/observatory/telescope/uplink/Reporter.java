package org.hinomi.observatory.telescope.uplink;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.hinomi.kernel.packet.SkipReason;
import org.hinomi.observatory.telescope.sensor.SensorRun;
import org.hinomi.observatory.telescope.sensor.SensorRun.Break;
import org.hinomi.wire.batch.Lost;
import org.hinomi.wire.batch.SensorReport;
import org.jspecify.annotations.Nullable;

/** Tells how a sensor is and what it has counted; what only the spool knows is added there. */
final class Reporter {
    private static final long NANOS = 1_000_000_000L;
    private static final int LONGEST = 400;
    private static final int MOST_BREAKS = 50;

    private final SensorRun station;
    private final String program;
    private final Instant started;
    private final Skew skew;
    private final List<FirstSeen> firstSeen;
    private final List<Lost> breaks = new ArrayList<>();
    private @Nullable Break told;
    private final AtomicLong liveDrops = new AtomicLong();

    Reporter(SensorRun station, String program, Instant started, Skew skew, List<FirstSeen> firstSeen) {
        this.station = station;
        this.program = program;
        this.started = started;
        this.skew = skew;
        this.firstSeen = firstSeen;
    }

    void liveDropped(long packets) {
        liveDrops.addAndGet(packets);
    }

    /** The times in which the sensor could not observe, as when its interface was down; the newest of them. */
    private synchronized List<Lost> breaks() {
        Break last = station.broken();
        if (last != null && !last.equals(told) && station.sinceNanos() > last.nanos()) {
            told = last;
            String why = last.why().substring(0, Math.min(LONGEST, last.why().length()));
            breaks.add(
                    new Lost(Math.floorDiv(last.nanos(), NANOS), Math.floorDiv(station.sinceNanos(), NANOS) + 1, why));
            if (breaks.size() > MOST_BREAKS) {
                breaks.removeFirst();
            }
        }
        return List.copyOf(breaks);
    }

    SensorReport report() {
        long stored = station.eventNanos() == Long.MIN_VALUE ? -1 : station.storedSecond();
        long first = station.firstNanos();
        String detail = station.detail();
        Map<String, Long> skipped = new TreeMap<>();
        for (SkipReason reason : SkipReason.values()) {
            if (station.skipped(reason) > 0) {
                skipped.put(reason.id(), station.skipped(reason));
            }
        }
        return new SensorReport(
                program,
                started.toEpochMilli(),
                station.state().id(),
                detail == null ? "" : detail.substring(0, Math.min(LONGEST, detail.length())),
                first == Long.MAX_VALUE ? -1 : Math.floorDiv(first, NANOS),
                stored,
                station.eventNanos() == Long.MIN_VALUE ? -1 : station.eventNanos(),
                station.packets(),
                station.dropped(),
                0,
                0,
                0,
                liveDrops.get()
                        + firstSeen.stream().mapToLong(FirstSeen::dropped).sum(),
                station.saturatedParts(),
                skipped,
                0,
                0,
                skew.ahead().orElse(null),
                skew.roundTrip().orElse(null),
                breaks());
    }
}
