package org.hinomi.observatory.campaign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.observatory.store.warehouse.Snapshot;
import org.hinomi.observatory.store.warehouse.TupleReader;
import org.hinomi.observatory.store.warehouse.Warehouse;

/**
 * Reads days of stored tuples, open hours and archived ones alike, in one order whatever lies where: the same day read
 * again gives the same. A few million tuples at once at most; between two readings it rests as long as one took.
 */
final class DayReader {
    private static final int HOUR = 3600;
    private static final int MINUTE = 60;
    private static final long MOST_AT_ONCE = 2_000_000;
    private static final long LONGEST_REST_MILLIS = 2000;
    private static final String ORDER =
            " ORDER BY time, src_hi, src_lo, dst_hi, dst_lo, protocol, dst_port, src_port, sensor";

    private final Warehouse warehouse;

    DayReader(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    /** The next day that anything is stored of, after a day and before a second; empty when there is none. */
    OptionalLong next(List<String> sensors, long after, long complete) {
        Map<String, Object> values = new HashMap<>();
        String among = among(sensors, values);
        values.put("from", (after + 1) * Days.SECONDS);
        long earliest = warehouse.read(snapshot -> snapshot.one(
                "SELECT coalesce(min(time), " + Long.MAX_VALUE + ") FROM (SELECT min(hour) AS time FROM archived WHERE "
                        + among + " AND hour >= :from UNION ALL SELECT min(time) FROM flow_tuple WHERE " + among
                        + " AND time >= :from)",
                values,
                row -> row.number(1)));
        long day = Days.of(earliest);
        boolean whole = earliest != Long.MAX_VALUE && (day + 1) * Days.SECONDS <= complete;
        return whole ? OptionalLong.of(day) : OptionalLong.empty();
    }

    /** Gives each tuple of a day that asks for something, in order of time; the buffer is reused. */
    void read(List<String> sensors, long day, Consumer<FlowRow> consumer) throws InterruptedException {
        for (long hour = day * Days.SECONDS; hour < (day + 1) * Days.SECONDS; hour += HOUR) {
            long step = step(sensors, hour);
            for (long from = hour; from < hour + HOUR; from += step) {
                long begun = System.nanoTime();
                slice(sensors, hour, from, Math.min(from + step, hour + HOUR), consumer);
                Thread.sleep(Math.min((System.nanoTime() - begun) / 1_000_000, LONGEST_REST_MILLIS));
            }
        }
    }

    /** How many seconds of an hour are few enough tuples, in whole minutes. */
    private long step(List<String> sensors, long hour) {
        long tuples = warehouse.read(snapshot -> {
            Map<String, Object> values = values(sensors, hour, hour + HOUR);
            String among = among(sensors, values);
            return snapshot.one(
                    "SELECT (SELECT coalesce(sum(tuples), 0) FROM archived WHERE " + among
                            + " AND hour >= :from AND hour < :to)::BIGINT + (SELECT count(*) FROM flow_tuple WHERE "
                            + among + " AND time >= :from AND time < :to)",
                    values,
                    row -> row.number(1));
        });
        long slices = Math.clamp((tuples + MOST_AT_ONCE - 1) / MOST_AT_ONCE, 1, HOUR / MINUTE);
        return (HOUR / slices + MINUTE - 1) / MINUTE * MINUTE;
    }

    private void slice(List<String> sensors, long hour, long from, long to, Consumer<FlowRow> consumer) {
        warehouse.read(snapshot -> {
            Map<String, Object> values = values(sensors, from, to);
            String table = TupleReader.from(warehouse.archive(), files(snapshot, sensors, hour));
            String where = " WHERE " + among(sensors, values) + " AND time >= :from AND time < :to AND kind = "
                    + Kind.SCAN.ordinal();
            snapshot.tuples("FROM " + table + where + ORDER, values, tagged -> consumer.accept(tagged.tuple));
            return true;
        });
    }

    private static List<String> files(Snapshot snapshot, List<String> sensors, long hour) {
        Map<String, Object> values = values(sensors, hour, hour + HOUR);
        return snapshot.list(
                "SELECT file FROM archived WHERE " + among(sensors, values)
                        + " AND hour >= :from AND hour < :to ORDER BY file",
                values,
                row -> row.text(1));
    }

    private static Map<String, Object> values(List<String> sensors, long from, long to) {
        Map<String, Object> values = new HashMap<>(Map.of("from", from, "to", to));
        among(sensors, values);
        return values;
    }

    private static String among(List<String> sensors, Map<String, Object> values) {
        List<String> names = new ArrayList<>();
        for (String sensor : sensors) {
            values.put("sensor" + names.size(), sensor);
            names.add(":sensor" + names.size());
        }
        return names.isEmpty() ? "1 = 0" : "sensor IN (" + String.join(", ", names) + ")";
    }
}
