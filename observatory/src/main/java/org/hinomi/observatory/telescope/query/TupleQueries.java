package org.hinomi.observatory.telescope.query;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.kernel.rollup.PortCatalogue;
import org.hinomi.observatory.store.warehouse.Row;
import org.hinomi.observatory.store.warehouse.Snapshot;
import org.hinomi.observatory.store.warehouse.Warehouse;
import org.hinomi.observatory.telescope.query.RollupQueries.Ranked;

/** Questions that only the tuples answer, within a budget of tuples to look at. */
final class TupleQueries {
    static final String SOURCES = "approx_count_distinct(hash(src_hi, src_lo))";

    private final Warehouse warehouse;
    private final String iot;
    private final long budget;

    TupleQueries(Warehouse warehouse, PortCatalogue ports, long budget) {
        this.warehouse = warehouse;
        this.budget = budget;
        this.iot = "protocol * 65536 + dst_port IN ("
                + ports.all().stream()
                        .filter(PortCatalogue.Entry::iot)
                        .map(port -> String.valueOf(port.protocol() * 65_536 + port.port()))
                        .collect(Collectors.joining(", "))
                + ")";
    }

    /** An answer, and the plan of the scan that gave it. */
    record Scanned<T>(T answer, ScanPlan plan) {}

    /** Asks within one snapshot. */
    <T> Scanned<T> scan(Filter filter, BiFunction<Snapshot, ScanPlan, T> question) {
        return warehouse.read(snapshot -> {
            ScanPlan plan = ScanPlan.of(snapshot, warehouse, filter, budget);
            return new Scanned<>(question.apply(snapshot, plan), plan);
        });
    }

    Scanned<Totals> totals(Filter filter) {
        return scan(filter, (snapshot, plan) -> {
            Where where = Where.tuples(plan.filter());
            return snapshot.one(
                    "SELECT " + Totals.fromTuples(iot) + ", " + SOURCES
                            + ", approx_count_distinct(hash(dst_hi, dst_lo)) FROM " + plan.table() + where.sql(),
                    where.values(),
                    row -> Totals.read(row, row.number(Totals.COLUMNS + 1), row.number(Totals.COLUMNS + 2)));
        });
    }

    Scanned<TreeMap<Long, Totals>> timeline(Filter filter, long step) {
        return scan(filter, (snapshot, plan) -> {
            Where where = Where.tuples(plan.filter());
            TreeMap<Long, Totals> points = new TreeMap<>();
            snapshot.each(
                    "SELECT " + Totals.fromTuples(iot) + ", " + SOURCES + ", time - time % " + step + " AS bucket FROM "
                            + plan.table() + where.sql() + " GROUP BY bucket",
                    where.values(),
                    row -> points.put(
                            row.number(Totals.COLUMNS + 2), Totals.read(row, row.number(Totals.COLUMNS + 1), null)));
            return points;
        });
    }

    /** The keys of a dimension with the most packets. */
    Scanned<List<Ranked>> top(Filter filter, String dimension, int limit, int offset) {
        String key = switch (dimension) {
            case "port" -> "CASE protocol WHEN 6 THEN 'tcp/' ELSE 'udp/' END || dst_port";
            case "country" -> "country";
            case "network" -> "asn::VARCHAR";
            default -> throw new IllegalArgumentException(dimension);
        };
        return scan(filter, (snapshot, plan) -> {
            Where where = Where.tuples(plan.filter());
            String ports = dimension.equals("port") ? " AND protocol IN (6, 17) AND NOT later_fragment" : "";
            return snapshot.list(
                    "SELECT " + key + " AS key, sum(packet_cnt)::BIGINT AS packets, " + SOURCES + " FROM "
                            + plan.table() + where.sql() + ports + " GROUP BY 1 ORDER BY packets DESC, 1 LIMIT " + limit
                            + " OFFSET " + offset,
                    where.values(),
                    row -> new Ranked(row.text(1), row.number(2), row.number(3)));
        });
    }

    /** Packets and sources of each packet rule, by its lane. */
    Scanned<List<Ranked>> families(Filter filter, List<String> names) {
        return scan(filter, (snapshot, plan) -> {
            Where where = Where.tuples(plan.filter());
            List<Ranked> ranked = new ArrayList<>();
            for (int lane = 0; lane < names.size(); lane++) {
                String name = names.get(lane);
                Ranked family = snapshot.one(
                        "SELECT coalesce(sum(packet_cnt), 0)::BIGINT, " + SOURCES + " FROM " + plan.table()
                                + where.sql() + " AND class = " + PacketClass.TCP_SYN.ordinal() + " AND (families >> "
                                + lane + ") & 1 = 1",
                        where.values(),
                        row -> new Ranked(name, row.number(1), row.number(2)));
                if (family.packets() > 0) {
                    ranked.add(family);
                }
            }
            return ranked;
        });
    }

    /**
     * A source with the most packets.
     *
     * @param syns its SYN packets
     * @param matching of those, the ones that match each packet rule, by lane
     */
    record SourceRow(
            IpAddress address,
            long packets,
            long ports,
            String country,
            long asn,
            long first,
            long last,
            long syns,
            List<Long> matching) {
        private static final int FIXED = 9;

        static String columns(int lanes) {
            return "src_hi, src_lo, sum(packet_cnt)::BIGINT AS packets, "
                    + "count(DISTINCT protocol * 65536 + dst_port), any_value(country), any_value(asn), min(time), "
                    + "max(time), coalesce(sum(packet_cnt) FILTER (class = 0), 0)::BIGINT"
                    + IntStream.range(0, lanes)
                            .mapToObj(lane -> ", coalesce(sum(packet_cnt) FILTER (class = 0 AND (families >> " + lane
                                    + ") & 1 = 1), 0)::BIGINT")
                            .collect(Collectors.joining());
        }

        static SourceRow read(Row row, int lanes) {
            return new SourceRow(
                    new IpAddress(row.number(1), row.number(2)),
                    row.number(3),
                    row.number(4),
                    row.text(5),
                    row.number(6),
                    row.number(7),
                    row.number(8),
                    row.number(FIXED),
                    IntStream.range(0, lanes)
                            .mapToObj(lane -> row.number(FIXED + 1 + lane))
                            .toList());
        }
    }

    Scanned<List<SourceRow>> sources(Filter filter, int limit, int offset, int lanes) {
        return scan(filter, (snapshot, plan) -> {
            Where where = Where.tuples(plan.filter());
            return snapshot.list(
                    "SELECT " + SourceRow.columns(lanes) + " FROM " + plan.table() + where.sql()
                            + " GROUP BY src_hi, src_lo ORDER BY packets DESC, src_hi, src_lo LIMIT " + limit
                            + " OFFSET " + offset,
                    where.values(),
                    row -> SourceRow.read(row, lanes));
        });
    }
}
