package org.hinomi.observatory.telescope.uplink;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hinomi.wire.batch.Lost;
import org.hinomi.wire.batch.SensorReport;

/** What an incarnation observed and could not deliver. Bounded; guarded by its spool. */
final class Losses {
    static final String FULL = "lost in the sensor's full spool";
    static final String UNWRITABLE = "could not be written to the sensor's spool";
    static final String REFUSED = "refused by the tower";

    private static final int MOST = 200;

    private final List<Lost> lost = new ArrayList<>();
    private long ownDrops;
    private long spoolDrops;
    private long refusedParts;

    Losses() {}

    /** Those of a report that an earlier process left. */
    Losses(SensorReport report) {
        lost.addAll(report.lost());
        ownDrops = report.ownDrops();
        spoolDrops = report.spoolDrops();
        refusedParts = report.refusedParts();
    }

    void unwritable(long minute, long packets) {
        ownDrops += packets;
        add(minute, UNWRITABLE);
    }

    void full(long minute, long packets) {
        spoolDrops += packets;
        add(minute, FULL);
    }

    void refused(long minute) {
        refusedParts++;
        add(minute, REFUSED);
    }

    /** Minutes mostly get lost one after the other: what touches becomes one; too many become fewer, longer ones. */
    private void add(long minute, String reason) {
        long from = minute;
        long to = minute + 60;
        List<Lost> kept = new ArrayList<>();
        for (Lost each : lost) {
            if (each.reason().equals(reason) && each.from() <= to && from <= each.to()) {
                from = Math.min(from, each.from());
                to = Math.max(to, each.to());
            } else {
                kept.add(each);
            }
        }
        kept.add(new Lost(from, to, reason));
        if (kept.size() > MOST) {
            Lost first = kept.removeFirst();
            Lost second = kept.removeFirst();
            kept.addFirst(
                    new Lost(Math.min(first.from(), second.from()), Math.max(first.to(), second.to()), first.reason()));
        }
        lost.clear();
        lost.addAll(kept);
    }

    SensorReport in(SensorReport report, String state, long upTo, long parts, long bytes) {
        List<Lost> all =
                Stream.concat(report.lost().stream(), lost.stream()).distinct().toList();
        return report.with(state, upTo, ownDrops, spoolDrops, refusedParts, all, parts, bytes);
    }
}
