package org.hinomi.observatory.telescope.cluster;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.control.EpochMicros;
import org.hinomi.observatory.store.results.RowRefusal;
import org.hinomi.observatory.store.warehouse.RollupRow;
import org.hinomi.observatory.store.warehouse.Warehouse;
import org.hinomi.observatory.telescope.cluster.ClusterSensor.Day;
import org.hinomi.observatory.telescope.sensor.DayBefore;
import org.hinomi.observatory.telescope.sensor.Ledger;
import org.hinomi.observatory.telescope.sensor.Sensor;
import org.hinomi.observatory.telescope.sensor.Sensor.Origin;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * The sensors that are known through a cluster: those that the configuration names as such, and those whose first row
 * was read once. Rows of sensors that the tower has itself, or whose name a recording or the demo has, are not taken.
 */
public final class ClusterSensors {
    private static final int MOST = 250;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final long DAY = 86_400;
    private static final long DAY_EVERY_SECONDS = 30;

    private final Jdbi jdbi;
    private final Warehouse warehouse;
    private final InstantSource clock;
    private final Set<String> own;
    private final double latitude;
    private final double longitude;
    private final Map<String, ClusterSensor> sensors = new ConcurrentHashMap<>();
    private final Map<String, Long> summedUp = new HashMap<>();
    private final Map<String, RowRefusal> taken = new HashMap<>();
    private volatile Consumer<ClusterSensor> arrived = sensor -> {};

    /**
     * The sensors known so far.
     *
     * @param own names of sensors that the tower has itself
     * @param named sensors that the configuration says the cluster has
     * @param latitude of sensors of which nothing else is known
     * @param longitude of sensors of which nothing else is known
     */
    public ClusterSensors(
            Jdbi jdbi,
            Warehouse warehouse,
            Ledger ledger,
            InstantSource clock,
            Set<String> own,
            Collection<Sensor> named,
            double latitude,
            double longitude) {
        this.jdbi = jdbi;
        this.warehouse = warehouse;
        this.clock = clock;
        this.own = Set.copyOf(own);
        this.latitude = latitude;
        this.longitude = longitude;
        named.forEach(sensor -> {
            remember(sensor.name());
            sensors.put(sensor.name(), new ClusterSensor(sensor, clock));
        });
        for (String name : names()) {
            if (!own.contains(name)) {
                sensors.computeIfAbsent(name, this::unnamed);
            }
        }
        ledger.sensors().stream()
                .filter(known -> !known.origin().equals(Origin.LIVE.id()) && !sensors.containsKey(known.name()))
                .forEach(known -> taken.put(known.name(), RowRefusal.TAKEN_NAME));
        own.forEach(name -> taken.put(name, RowRefusal.OWN_SENSOR));
        sensors.values().forEach(this::recall);
    }

    private ClusterSensor unnamed(String name) {
        return new ClusterSensor(
                new Sensor(name, "", latitude, longitude, Origin.LIVE, PrefixSet.of(List.of())), clock);
    }

    private List<String> names() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT name FROM cluster_sensor ORDER BY name LIMIT :most")
                .bind("most", MOST)
                .mapTo(String.class)
                .list());
    }

    private void remember(String name) {
        try {
            jdbi.useHandle(handle -> handle.createUpdate("""
                            INSERT INTO cluster_sensor (name, known_us) VALUES (:name, :now)
                            ON CONFLICT (name) DO NOTHING
                            """)
                    .bind("name", name)
                    .bind("now", EpochMicros.of(clock.instant()))
                    .execute());
        } catch (JdbiException e) {
            throw new StoreException(
                    "a sensor of the cluster can't be written to the control database (" + e.getMessage()
                            + "); make room or mend the disk: its results are read again",
                    e);
        }
    }

    /** The sensors. */
    public List<ClusterSensor> all() {
        return List.copyOf(sensors.values());
    }

    /** Whether a sensor is one of them. */
    public boolean contains(String name) {
        return sensors.containsKey(name);
    }

    /** From now on somebody is told of each sensor that is met for the first time. */
    public void watch(Consumer<ClusterSensor> watcher) {
        arrived = watcher;
    }

    /** Makes a sensor known; or tells why nothing of it is taken. */
    public Optional<RowRefusal> see(String name) {
        if (sensors.containsKey(name)) {
            return Optional.empty();
        }
        RowRefusal reason = taken.get(name);
        if (reason != null) {
            return Optional.of(reason);
        }
        if (!NAME.matcher(name).matches()) {
            return Optional.of(RowRefusal.TEXT);
        }
        if (sensors.size() >= MOST) {
            return Optional.of(RowRefusal.TOO_MANY_SENSORS);
        }
        remember(name);
        ClusterSensor sensor = unnamed(name);
        sensors.put(name, sensor);
        arrived.accept(sensor);
        return Optional.empty();
    }

    /** Notes sums that are stored. */
    void stored(List<RollupRow> rows) {
        List<ClusterSensor> changed = new ArrayList<>();
        for (RollupRow row : rows) {
            ClusterSensor sensor = sensors.get(row.sensor());
            if (sensor != null && row.step() == 60) {
                sensor.minute(row.time(), row.packets());
                if (!changed.contains(sensor)) {
                    changed.add(sensor);
                }
            }
        }
        changed.forEach(this::sumUp);
    }

    /** The day of the newest minute is summed up now and then: it is many sketches. */
    private void sumUp(ClusterSensor sensor) {
        long now = clock.instant().getEpochSecond();
        String name = sensor.sensor().name();
        if (now - summedUp.getOrDefault(name, Long.MIN_VALUE / 2) >= DAY_EVERY_SECONDS) {
            summedUp.put(name, now);
            long day = Math.floorDiv(sensor.newest().time(), DAY);
            DayBefore sums = DayBefore.of(warehouse, name, day);
            long total = warehouse.read(snapshot -> snapshot.one(
                    "SELECT coalesce(sum(packets), 0)::BIGINT FROM cluster_rollup"
                            + " WHERE sensor = :sensor AND step = 60",
                    Map.of("sensor", name),
                    row -> row.number(1)));
            sensor.day(new Day(day * DAY, total, sums.classes(), sums.sources(), sums.synOrUdp(), sums.toIot()));
        }
    }

    /** What is stored of a sensor since earlier. */
    private void recall(ClusterSensor sensor) {
        record Newest(long time, long packets) {}
        Optional<Newest> newest = warehouse
                .read(snapshot -> snapshot.list(
                        "SELECT time, packets FROM cluster_rollup WHERE sensor = :sensor AND step = 60"
                                + " ORDER BY time DESC LIMIT 1",
                        Map.of("sensor", sensor.sensor().name()),
                        row -> new Newest(row.number(1), row.number(2))))
                .stream()
                .findFirst();
        newest.ifPresent(minute -> {
            sensor.minute(minute.time, minute.packets);
            sumUp(sensor);
        });
    }
}
