package org.hinomi.observatory.telescope.sensor;

import java.util.HashMap;
import java.util.Map;
import org.hinomi.observatory.telescope.sensor.Ledger.Figures;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the ledger of the sensors at work: an entry for each time in which a sensor watched the same, so that what it
 * missed while an interface was down lies between two entries.
 */
final class LedgerEntries {
    private static final long NANOS = 1_000_000_000L;

    private final Ledger ledger;
    private final Map<String, Entry> entries = new HashMap<>();

    LedgerEntries(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * The entry that is being written.
     *
     * @param watch the sensor's number of what it watches
     * @param broken when the sensor had last ceased to observe
     * @param packets counted before
     * @param dropped lost before
     * @param saturated parts of minutes before
     */
    private record Entry(String id, int watch, long broken, long packets, long dropped, long saturated) {
        Figures of(SensorRun run, String state, @Nullable String reason) {
            return new Figures(
                    run.packets() - packets,
                    run.dropped() - dropped,
                    run.saturatedParts() - saturated,
                    state,
                    reason == null ? "" : reason);
        }
    }

    /** Brings a sensor's entry up to date. */
    synchronized void note(SensorRun run) {
        long nanos = run.eventNanos();
        if (nanos == Long.MIN_VALUE) {
            return;
        }
        String name = run.sensor().name();
        Entry entry = entries.get(name);
        if (entry != null && entry.watch != run.watch() && run.sinceNanos() != Long.MIN_VALUE) {
            entry = next(run, entry, Math.floorDiv(nanos, NANOS));
        } else if (entry == null) {
            entry = begin(run, first(run, nanos), 0, 0, 0);
        }
        entries.put(name, entry);
        ledger.observed(entry.id, run.storedSecond(), entry.of(run, run.state().id(), run.detail()));
    }

    /** Ends an entry, and begins the next. */
    private Entry next(SensorRun run, Entry entry, long now) {
        boolean broke = run.brokenNanos() != entry.broken;
        long end = broke ? Math.floorDiv(run.brokenNanos(), NANOS) : now;
        long start = broke ? Math.floorDiv(run.sinceNanos(), NANOS) : now;
        Figures figures = entry.of(run, broke ? SensorRun.State.FAILED.id() : "stopped", broke ? run.broken() : "");
        ledger.observed(entry.id, end, figures);
        return begin(
                run,
                start,
                entry.packets + figures.packets(),
                entry.dropped + figures.dropped(),
                entry.saturated + figures.saturated());
    }

    private Entry begin(SensorRun run, long second, long packets, long dropped, long saturated) {
        return new Entry(
                ledger.begin(run.sensor(), second), run.watch(), run.brokenNanos(), packets, dropped, saturated);
    }

    private static long first(SensorRun run, long nanos) {
        long first = Math.min(run.tap().counts().firstNanos(), nanos);
        long since = run.sinceNanos();
        return Math.floorDiv(since == Long.MIN_VALUE ? first : Math.min(first, since), NANOS);
    }
}
