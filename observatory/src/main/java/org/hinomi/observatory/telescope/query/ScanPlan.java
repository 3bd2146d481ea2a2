package org.hinomi.observatory.telescope.query;

import java.util.ArrayList;
import java.util.List;
import org.hinomi.observatory.store.warehouse.Snapshot;
import org.hinomi.observatory.store.warehouse.TupleReader;
import org.hinomi.observatory.store.warehouse.Warehouse;

/**
 * Which tuples a question scans: the newest of its range, up to a budget, so that no question takes longer than a
 * person waits.
 *
 * @param filter the question, its range cut to what is scanned
 * @param table the table expression
 * @param cut whether older tuples of the range are left out
 * @param sumsOnly sensors of which a cluster told sums, while their tuples are not here
 */
record ScanPlan(Filter filter, String table, boolean cut, List<String> sumsOnly) {
    /** The most tuples scanned for one question: about 2 s on two cores. */
    static final long BUDGET = 20_000_000;

    private static final int HOUR = 3600;

    private record Hour(String file, long hour, long tuples) {}

    /** Plans a scan of a snapshot. */
    static ScanPlan of(Snapshot snapshot, Warehouse warehouse, Filter filter, long budget) {
        TimeRange range = filter.range();
        Where where = Where.times(filter.during(TimeRange.seconds(range.start() - HOUR + 1, range.end())));
        List<Hour> hours = snapshot.list(
                "SELECT file, hour, tuples FROM archived" + where.sql().replace("time", "hour") + " ORDER BY hour DESC",
                where.values(),
                row -> new Hour(row.text(1), row.number(2), row.number(3)));
        Where sums = Where.times(filter.during(range.outward(HOUR))).and("step = :step", "step", HOUR);
        List<String> sumsOnly = snapshot.list(
                "SELECT DISTINCT sensor FROM cluster_rollup" + sums.sql() + " AND dimension = 'all' ORDER BY sensor",
                sums.values(),
                row -> row.text(1));
        long left = budget;
        List<String> files = new ArrayList<>();
        for (Hour hour : hours) {
            left -= hour.tuples;
            if (left < 0 && !files.isEmpty()) {
                TimeRange scanned = TimeRange.seconds(Math.max(range.start(), hour.hour + HOUR), range.end());
                return new ScanPlan(
                        filter.during(scanned), TupleReader.from(warehouse.archive(), files), true, sumsOnly);
            }
            files.add(hour.file);
        }
        return new ScanPlan(filter, TupleReader.from(warehouse.archive(), files), false, sumsOnly);
    }
}
