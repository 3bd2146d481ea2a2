package org.hinomi.observatory.telescope.sensor;

import java.util.HashMap;
import java.util.Map;
import org.hinomi.observatory.telescope.sensor.Ledger.Figures;
import org.hinomi.observatory.telescope.sensor.SensorRun.Break;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the ledger of the sensors at work: an entry for each time in which a sensor watched the same, so that what it
 * missed while an interface was down lies between two entries.
 */
final class LedgerEntries {
    private static final long NANOS = 1_000_000_000L;

    /** How an entry ends when the sensor goes on with more or fewer interfaces. */
    private static final String CHANGED = "changed";

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
    private record Entry(String id, int watch, @Nullable Break broken, long packets, long dropped, long saturated) {}

    /** Brings a sensor's entry up to date. */
    synchronized void note(SensorRun run) {
        long nanos = run.eventNanos();
        if (nanos == Long.MIN_VALUE) {
            return;
        }
        String name = run.sensor().name();
        Entry entry = entries.get(name);
        Break broken = run.broken();
        if (entry == null) {
            long first = first(run, nanos);
            boolean before = broken != null && run.sinceNanos() != Long.MIN_VALUE && broken.nanos() > first * NANOS;
            entry = new Entry(ledger.begin(run.sensor(), first), before ? run.watch() - 1 : run.watch(), null, 0, 0, 0);
        }
        if (entry.watch != run.watch() && run.sinceNanos() != Long.MIN_VALUE) {
            entry = next(run, entry, Math.floorDiv(nanos, NANOS));
        }
        entries.put(name, entry);
        String reason = run.detail();
        ledger.observed(
                entry.id,
                run.storedSecond(),
                new Figures(
                        run.packets() - entry.packets,
                        run.dropped() - entry.dropped,
                        run.saturatedParts() - entry.saturated,
                        run.state().id(),
                        reason == null ? "" : reason));
    }

    /** Ends an entry, and begins the next. */
    private Entry next(SensorRun run, Entry entry, long now) {
        Break last = run.broken();
        boolean broke = last != null && !last.equals(entry.broken);
        Break end = broke && last != null
                ? last
                : new Break(now * NANOS, "", run.packets(), run.dropped(), run.saturatedParts());
        Figures figures = new Figures(
                end.packets() - entry.packets,
                end.dropped() - entry.dropped,
                end.saturated() - entry.saturated,
                broke ? SensorRun.State.FAILED.id() : CHANGED,
                end.why());
        ledger.observed(entry.id, Math.floorDiv(end.nanos(), NANOS), figures);
        long start = broke ? Math.floorDiv(run.sinceNanos(), NANOS) : now;
        return new Entry(
                ledger.begin(run.sensor(), start), run.watch(), last, end.packets(), end.dropped(), end.saturated());
    }

    private static long first(SensorRun run, long nanos) {
        long first = Math.min(run.tap().counts().firstNanos(), nanos);
        long since = run.sinceNanos();
        return Math.floorDiv(since == Long.MIN_VALUE ? first : Math.min(first, since), NANOS);
    }
}
