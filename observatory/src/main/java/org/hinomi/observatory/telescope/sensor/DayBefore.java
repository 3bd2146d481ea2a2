package org.hinomi.observatory.telescope.sensor;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.datasketches.hll.HllUnion;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.observatory.store.warehouse.Warehouse;

/**
 * What earlier runs counted on the day on which a sensor goes on, so that a restart does not begin the day's counters
 * again.
 *
 * @param day days since 1970-01-01 UTC
 * @param classes packets by ordinal of the class
 * @param sources sketch of the sources
 */
@SuppressWarnings("ArrayRecordComponent")
public record DayBefore(long day, long[] classes, long synOrUdp, long toIot, byte[] sources) {
    private static final long DAY = 86_400;
    private static final int LG_K = 12;

    /** Sums up the minutes of a day that are stored of a sensor. */
    public static DayBefore of(Warehouse warehouse, String sensor, long day) {
        return of(warehouse, sensor, day, (day + 1) * DAY);
    }

    /** Sums up the minutes of a day before a second of it. */
    static DayBefore of(Warehouse warehouse, String sensor, long day, long to) {
        Map<String, Object> values = Map.of("sensor", sensor, "from", day * DAY, "to", to);
        String where = " FROM rollups WHERE sensor = :sensor AND step = 60 AND time >= :from AND time < :to";
        String classes = IntStream.range(0, PacketClass.count())
                .mapToObj(i -> "coalesce(sum(c" + i + "), 0)")
                .collect(Collectors.joining(", "));
        HllUnion union = new HllUnion(LG_K);
        return warehouse.read(snapshot -> {
            snapshot.each(
                    "SELECT sources" + where,
                    values,
                    row -> union.update(org.apache.datasketches.hll.HllSketch.heapify(row.bytes(1))));
            return snapshot.one(
                    "SELECT " + classes + ", coalesce(sum(syn_or_udp), 0), coalesce(sum(to_iot), 0)" + where,
                    values,
                    row -> new DayBefore(
                            day,
                            IntStream.rangeClosed(1, PacketClass.count())
                                    .mapToLong(row::number)
                                    .toArray(),
                            row.number(PacketClass.count() + 1),
                            row.number(PacketClass.count() + 2),
                            union.toCompactByteArray()));
        });
    }

    /** Packets of all sensors and times before a day and since another, from the hours. */
    static long packets(Warehouse warehouse, Iterable<String> sensors, long fromDay, long toDay) {
        long sum = 0;
        for (String sensor : sensors) {
            sum += warehouse.read(snapshot -> snapshot.one(
                    "SELECT coalesce(sum(packets), 0)::BIGINT FROM rollups WHERE sensor = :sensor AND step = 3600"
                            + " AND dimension = 'all' AND time >= :from AND time < :to",
                    Map.of("sensor", sensor, "from", fromDay * DAY, "to", toDay * DAY),
                    row -> row.number(1)));
        }
        return sum;
    }
}
