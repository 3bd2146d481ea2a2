package org.hinomi.observatory.telescope.sensor;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.observatory.store.warehouse.Warehouse;
import org.hinomi.observatory.telescope.live.Tap.Counts;
import org.jspecify.annotations.Nullable;

/** The counters of the map: the event-time day (UTC) of the sensors shown, and the year before it. Used by one thread. */
public final class Counters {
    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final int LG_K = 12;
    private static final double SMOOTHING = 0.3;
    private static final long YEAR_EVERY_SECONDS = 60;

    private final Sensors sensors;
    private final Warehouse warehouse;
    private final InstantSource clock;
    private final Map<String, DayBefore> before = new HashMap<>();
    private final Map<String, Long> refreshed = new HashMap<>();
    private final Map<String, Long> totals = new HashMap<>();
    private final Map<String, Double> rates = new HashMap<>();
    private long lastMillis;
    private long yearDay = Long.MIN_VALUE;
    private long yearAsked;
    private long year;

    /** Counters over the sensors shown. */
    public Counters(Sensors sensors, Warehouse warehouse, InstantSource clock) {
        this.sensors = sensors;
        this.warehouse = warehouse;
        this.clock = clock;
    }

    /** A sensor's figures. */
    public record Health(
            String name, String state, @Nullable Long lagSeconds, double rate, long dropped) {}

    /** All figures. */
    public record Now(
            long today,
            long year,
            long sourcesToday,
            @Nullable Double iotShare,
            double rate,
            long[] byClass,
            @Nullable Double perAddressToday,
            boolean saturated,
            List<Health> sensors) {}

    /** The figures now. */
    public Now now() {
        Instant wall = clock.instant();
        double seconds = Math.max(0.001, (wall.toEpochMilli() - lastMillis) / 1000.0);
        lastMillis = wall.toEpochMilli();
        long day = sensors.shown().stream()
                .mapToLong(run -> Math.floorDiv(run.tap().counts().lastNanos(), DAY_NANOS))
                .max()
                .orElse(0);
        long[] classes = new long[PacketClass.count()];
        HllUnion sources = new HllUnion(LG_K);
        long[] iot = new long[2];
        List<Health> healths = new ArrayList<>();
        boolean saturated = false;
        for (Station run : sensors.shown()) {
            Counts counts = run.tap().counts();
            healths.add(health(run, counts, seconds, wall));
            saturated |= run.saturatedParts() > 0;
            if (counts.total() > 0 && Math.floorDiv(counts.lastNanos(), DAY_NANOS) == day) {
                add(counts.classes(), counts.sources(), classes, sources);
                iot[0] += counts.toIotPorts();
                iot[1] += counts.synOrUdp();
                refreshBefore(run, day, counts, wall);
                addBefore(run.sensor().name(), day, counts, classes, sources, iot);
            }
        }
        long today = java.util.Arrays.stream(classes).sum();
        long addresses = sensors.darkAddresses(sensors.sensors());
        return new Now(
                today,
                year(day, wall) + today,
                Math.round(sources.isEmpty() ? 0 : sources.getEstimate()),
                iot[1] == 0 ? null : (double) iot[0] / iot[1],
                healths.stream().mapToDouble(Health::rate).sum(),
                classes,
                addresses == 0 ? null : (double) today / addresses,
                saturated,
                healths);
    }

    private static void add(long[] packets, byte[] sketch, long[] classes, HllUnion sources) {
        for (int i = 0; i < classes.length; i++) {
            classes[i] += packets[i];
        }
        sources.update(HllSketch.heapify(sketch));
    }

    /** What earlier runs of a sensor apart from the tower sent can come any time: it is asked for again now and then. */
    private void refreshBefore(Station run, long day, Counts counts, Instant wall) {
        if (run.ledgerRow().isPresent()) {
            String name = run.sensor().name();
            long since = wall.getEpochSecond()
                    - refreshed.getOrDefault(run.ledgerRow().get(), Long.MIN_VALUE / 2);
            if (since >= YEAR_EVERY_SECONDS) {
                refreshed.keySet().removeIf(row -> row.startsWith(name + '/'));
                refreshed.put(run.ledgerRow().get(), wall.getEpochSecond());
                long firstMinute = Math.floorDiv(counts.firstNanos(), MINUTE_NANOS) * 60;
                before.put(name, DayBefore.of(warehouse, name, day, firstMinute));
            }
        }
    }

    private void addBefore(String sensor, long day, Counts counts, long[] classes, HllUnion sources, long[] iot) {
        DayBefore earlier = before.get(sensor);
        if (earlier != null && earlier.day() == day && Math.floorDiv(counts.firstNanos(), DAY_NANOS) == day) {
            add(earlier.classes(), earlier.sources(), classes, sources);
            iot[0] += earlier.toIot();
            iot[1] += earlier.synOrUdp();
        }
    }

    /** Takes what earlier runs counted on the day of a sensor's next packet. Before the sensor starts. */
    public void resume(String sensor, Instant from) {
        long day = Math.floorDiv(from.getEpochSecond(), 86_400);
        before.put(sensor, DayBefore.of(warehouse, sensor, day));
    }

    private Health health(Station run, Counts counts, double seconds, Instant wall) {
        String name = run.sensor().name();
        long sinceLast = counts.total() - totals.getOrDefault(name, 0L);
        totals.put(name, counts.total());
        double rate = run.rate().isPresent()
                ? run.rate().getAsDouble()
                : rates.merge(name, sinceLast / seconds, (old, fresh) -> old + SMOOTHING * (fresh - old));
        boolean timed = run.sensor().origin() != Sensor.Origin.RECORDING && run.eventNanos() != Long.MIN_VALUE;
        Long lag = timed ? Math.max(0, wall.getEpochSecond() - run.eventNanos() / 1_000_000_000L) : null;
        return new Health(name, run.state().id(), lag, rate, run.dropped());
    }

    private long year(long day, Instant wall) {
        if (day != yearDay || wall.getEpochSecond() - yearAsked >= YEAR_EVERY_SECONDS) {
            yearDay = day;
            yearAsked = wall.getEpochSecond();
            LocalDate date = LocalDate.ofInstant(Instant.ofEpochSecond(day * 86_400), ZoneOffset.UTC);
            year = DayBefore.packets(
                    warehouse, sensors.sensors(), date.withDayOfYear(1).toEpochDay(), day);
        }
        return year;
    }
}
