package org.hinomi.observatory.telescope.query;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hinomi.observatory.store.warehouse.Warehouse;
import org.hinomi.observatory.telescope.query.Filter.Dimension;
import org.jspecify.annotations.Nullable;

/** Questions that the roll-ups answer: about everything, or about one port, country, network or family. */
final class RollupQueries {
    static final int MINUTE = 60;
    static final int HOUR = 3600;

    private static final long MOST_MINUTES = 3 * 86_400;

    private final Warehouse warehouse;

    RollupQueries(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /** The finest step that the roll-ups have, or that it is sensible to read, for a question. */
    static int step(Filter filter, Dimension dimension) {
        boolean minutes = dimension instanceof Dimension.All && filter.range().seconds() <= MOST_MINUTES;
        return minutes ? MINUTE : HOUR;
    }

    private static Where where(Filter filter, Dimension dimension) {
        int step = step(filter, dimension);
        Where where = Where.times(filter.during(filter.range().outward(step))).and("step = :step", "step", step);
        return switch (dimension) {
            case Dimension.All() -> where.and("dimension = :dimension", "dimension", "all");
            case Dimension.Key(String name, String key) ->
                where.and("dimension = :dimension", "dimension", name).and("key = :key", "key", key);
        };
    }

    Totals totals(Filter filter, Dimension dimension) {
        Where where = where(filter, dimension);
        return warehouse.read(snapshot -> {
            Sketches sources = new Sketches();
            Sketches destinations = new Sketches();
            snapshot.each("SELECT sources, destinations FROM rollups" + where.sql(), where.values(), row -> {
                sources.add(row.bytes(1));
                destinations.add(row.bytes(2));
            });
            Long distinct = dimension instanceof Dimension.All ? destinations.estimate() : null;
            Totals all = snapshot.one(
                    "SELECT " + Totals.FROM_ROLLUPS + " FROM rollups" + where.sql(),
                    where.values(),
                    row -> Totals.read(row, sources.estimate(), distinct));
            return filter.classes().isEmpty() ? all : all.only(filter.classes());
        });
    }

    /** A step of a timeline. */
    static final class Point {
        final Map<String, Long> classes = new HashMap<>();
        final Map<String, Long> kinds = new HashMap<>();
        final Sketches sources = new Sketches();
        long packets;
    }

    /** Sums by step, for steps in which something was counted. */
    TreeMap<Long, Point> timeline(Filter filter, Dimension dimension, long step) {
        Where where = where(filter, dimension);
        TreeMap<Long, Point> points = new TreeMap<>();
        String bucket = "time - time % " + step;
        return warehouse.read(snapshot -> {
            snapshot.each(
                    "SELECT " + Totals.FROM_ROLLUPS + ", " + bucket + " AS bucket FROM rollups" + where.sql()
                            + " GROUP BY bucket",
                    where.values(),
                    row -> {
                        Totals all = Totals.read(row, null, null);
                        Totals totals = filter.classes().isEmpty() ? all : all.only(filter.classes());
                        Point point = points.computeIfAbsent(row.number(Totals.COLUMNS + 1), time -> new Point());
                        point.packets = totals.packets();
                        point.classes.putAll(totals.classes());
                        point.kinds.putAll(totals.kinds());
                    });
            snapshot.each(
                    "SELECT " + bucket + ", sources FROM rollups" + where.sql(),
                    where.values(),
                    row -> points.computeIfAbsent(row.number(1), time -> new Point())
                            .sources
                            .add(row.bytes(2)));
            return points;
        });
    }

    /** A key of a dimension. */
    record Ranked(String key, long packets, @Nullable Long sources) {}

    /** The keys of a dimension with the most packets, from an offset on, and the packets of all keys. */
    List<Ranked> top(Filter filter, String dimension, int limit, int offset) {
        Where where = Where.times(filter.during(filter.range().outward(HOUR)))
                .and("step = :step", "step", HOUR)
                .and("dimension = :dimension", "dimension", dimension)
                .and("key <> :rest", "rest", "rest");
        String order = " GROUP BY key ORDER BY sum(packets) DESC, key LIMIT " + limit + " OFFSET " + offset;
        return warehouse.read(snapshot -> {
            Map<String, Sketches> sources = new HashMap<>();
            snapshot.each(
                    "SELECT key, sources FROM rollups" + where.sql() + " AND key IN (SELECT key FROM rollups"
                            + where.sql() + order + ")",
                    where.values(),
                    row -> sources.computeIfAbsent(row.text(1), key -> new Sketches())
                            .add(row.bytes(2)));
            return snapshot.list(
                    "SELECT key, sum(packets)::BIGINT FROM rollups" + where.sql() + order, where.values(), row -> {
                        Sketches of = sources.get(row.text(1));
                        return new Ranked(row.text(1), row.number(2), of == null ? null : of.estimate());
                    });
        });
    }

    /** Packets of all keys of a dimension. */
    long packets(Filter filter) {
        return totals(filter.during(filter.range().outward(HOUR)), new Dimension.All())
                .packets();
    }
}
