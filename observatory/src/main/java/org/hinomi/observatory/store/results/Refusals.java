package org.hinomi.observatory.store.results;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts rows that were left out. Each reason is told once in the log, with the place of the first such row. */
public final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private record Key(ResultsTable table, RowRefusal reason) {}

    private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();
    private volatile String latest = "";

    /** Counts a row. */
    public void add(ResultsTable table, RowRefusal reason, long changed) {
        LongAdder count = counts.computeIfAbsent(new Key(table, reason), key -> {
            latest = "rows of " + table.sqlName() + " are left out, the first with changed = " + changed + ": "
                    + reason.sentence();
            LOG.warn("{}; further ones are counted only", latest);
            return new LongAdder();
        });
        count.increment();
    }

    /** Rows of a table left out for a reason. */
    public long of(ResultsTable table, RowRefusal reason) {
        LongAdder count = counts.get(new Key(table, reason));
        return count == null ? 0 : count.sum();
    }

    /** Rows left out, by reason; reasons that there was none for are missing. */
    public Map<String, Long> byReason() {
        Map<String, Long> sums = new TreeMap<>();
        counts.forEach((key, count) -> sums.merge(key.reason.id(), count.sum(), Long::sum));
        return sums;
    }

    /** The reason met last for the first time, as a sentence; empty when no row was left out. */
    public String latest() {
        return latest;
    }
}
