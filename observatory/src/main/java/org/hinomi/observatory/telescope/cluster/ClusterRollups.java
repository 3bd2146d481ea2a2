package org.hinomi.observatory.telescope.cluster;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hinomi.observatory.store.results.Feed;
import org.hinomi.observatory.store.results.Judged;
import org.hinomi.observatory.store.results.Refusals;
import org.hinomi.observatory.store.results.ResultsReader;
import org.hinomi.observatory.store.results.ResultsTable;
import org.hinomi.observatory.store.results.RollupResult;
import org.hinomi.observatory.store.results.RowRefusal;
import org.hinomi.observatory.store.warehouse.RollupRow;
import org.hinomi.observatory.store.warehouse.Warehouse;

/**
 * Brings a cluster's sums into the query database. How far they were read lies in that database too: one that is made
 * anew has them read again from their start.
 */
public final class ClusterRollups implements Feed {
    private static final int PAGE = 1000;

    private final Warehouse warehouse;
    private final ClusterSensors sensors;
    private final RollupCheck check;
    private final Refusals refusals;

    /** A feed into a query database. */
    public ClusterRollups(Warehouse warehouse, ClusterSensors sensors, InstantSource clock, Refusals refusals) {
        this.warehouse = warehouse;
        this.sensors = sensors;
        this.check = new RollupCheck(clock);
        this.refusals = refusals;
    }

    @Override
    public ResultsTable table() {
        return ResultsTable.ROLLUP;
    }

    @Override
    public long offset(String source) {
        return warehouse.read(snapshot -> snapshot.one(
                "SELECT coalesce(max(changed), 0) FROM cluster_offset WHERE source = :source",
                Map.of("source", source),
                row -> row.number(1)));
    }

    private record Key(String sensor, int step, long time, String dimension, String key) {
        static Key of(RollupRow row) {
            return new Key(row.sensor(), row.step(), row.time(), row.dimension(), row.key());
        }
    }

    @Override
    public Taken take(ResultsReader database, String source, long after, long upTo) {
        List<RollupResult> rows = database.rollups(after, upTo, PAGE);
        if (rows.isEmpty()) {
            return new Taken(0, after);
        }
        Map<Key, RollupRow> good = new LinkedHashMap<>();
        for (RollupResult row : rows) {
            switch (check.judge(row)) {
                case Judged.Good<RollupRow>(RollupRow sums) ->
                    sensors.see(sums.sensor())
                            .ifPresentOrElse(
                                    reason -> refusals.add(table(), reason, row.changed()),
                                    () -> good.put(Key.of(sums), sums));
                case Judged.Refused<RollupRow>(RowRefusal reason) -> refusals.add(table(), reason, row.changed());
            }
        }
        long reached = rows.getLast().changed();
        List<RollupRow> sums = List.copyOf(good.values());
        warehouse.write(writer -> writer.replaceOfCluster(sums, source, reached));
        sensors.stored(sums);
        return new Taken(rows.size(), reached);
    }

    @Override
    public void restart(String source) {
        warehouse.write(writer -> writer.replaceOfCluster(List.of(), source, 0));
    }
}
