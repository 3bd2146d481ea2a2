package org.hinomi.observatory.cli;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.observatory.cli.config.ConfigFile;
import org.hinomi.observatory.cli.config.RunSettings;
import org.hinomi.observatory.cli.config.ScaleSettings;
import org.hinomi.observatory.cli.config.SensorSettings.Source;
import org.hinomi.observatory.detect.ClusterDetections;
import org.hinomi.observatory.store.control.ControlStore;
import org.hinomi.observatory.store.results.Follower;
import org.hinomi.observatory.store.results.Refusals;
import org.hinomi.observatory.store.results.ResultsException;
import org.hinomi.observatory.store.results.ResultsStatus;
import org.hinomi.observatory.store.results.ResultsTable;
import org.hinomi.observatory.store.results.RowRefusal;
import org.hinomi.observatory.store.warehouse.Warehouse;
import org.hinomi.observatory.telescope.cluster.ClusterGaps;
import org.hinomi.observatory.telescope.cluster.ClusterRollups;
import org.hinomi.observatory.telescope.cluster.ClusterSensor;
import org.hinomi.observatory.telescope.cluster.ClusterSensors;
import org.hinomi.observatory.telescope.query.Gaps;
import org.hinomi.observatory.telescope.sensor.Ledger;
import org.hinomi.observatory.telescope.sensor.Sensor.Origin;
import org.hinomi.observatory.telescope.sensor.Sensors;
import org.hinomi.observatory.web.metrics.Metrics;

/** What a Flink cluster finds for a tower, where the settings name one. */
final class ClusterResults implements AutoCloseable {
    private static final long NANOS = 1_000_000_000L;

    private final ScaleSettings settings;
    private final InstantSource clock;
    private final ClusterSensors sensors;
    private final Refusals refusals = new Refusals();
    private final Follower follower;

    private ClusterResults(
            ScaleSettings settings,
            ClusterSensors sensors,
            ControlStore control,
            Warehouse warehouse,
            Detectors detectors,
            InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.sensors = sensors;
        ClusterDetections detections = new ClusterDetections(
                control.jdbi(), detectors.all(), clock, refusals, sensors::see, detectors::foundElsewhere);
        ClusterRollups rollups = new ClusterRollups(warehouse, sensors, clock, refusals);
        this.follower = new Follower(settings.results(), settings.every(), clock, List.of(rollups, detections));
    }

    /** Whether the settings can be used, before anything is changed. */
    static void check(RunSettings settings) {
        try {
            settings.scale().ifPresent(scale -> scale.results().password());
        } catch (ResultsException e) {
            throw new Failure(String.valueOf(e.getMessage()));
        }
    }

    /** The results that the settings name, not followed yet; empty when they name none. */
    static Optional<ClusterResults> of(
            RunSettings settings,
            ControlStore control,
            Warehouse warehouse,
            Ledger ledger,
            Detectors detectors,
            InstantSource clock) {
        return settings.scale().map(scale -> {
            ClusterSensors sensors = new ClusterSensors(
                    control.jdbi(),
                    warehouse,
                    ledger,
                    clock,
                    settings.sensors().stream()
                            .filter(sensor -> !(sensor.source() instanceof Source.Cluster))
                            .map(sensor -> sensor.name())
                            .collect(Collectors.toSet()),
                    settings.sensors().stream()
                            .filter(sensor -> sensor.source() instanceof Source.Cluster)
                            .map(sensor -> SensorFactory.described(sensor, Origin.LIVE, PrefixSet.of(sensor.darknet())))
                            .toList(),
                    ConfigFile.LATITUDE,
                    ConfigFile.LONGITUDE);
            return new ClusterResults(scale, sensors, control, warehouse, detectors, clock);
        });
    }

    /** The sensors known so far. */
    List<ClusterSensor> sensors() {
        return sensors.all();
    }

    /** Gaps of all sensors. */
    Gaps gaps(Ledger ledger, Warehouse warehouse) {
        return new ClusterGaps(ledger, warehouse, sensors::contains, clock);
    }

    void start(Sensors all) {
        sensors.watch(all::add);
        follower.start();
    }

    /** How it goes. */
    ResultsStatus status() {
        String trouble = follower.trouble();
        String refusal = refusals.latest();
        return new ResultsStatus(
                settings.results().shown(),
                trouble.isEmpty() ? null : trouble,
                follower.caughtUp(),
                lag().orElse(null),
                follower.rows(ResultsTable.DETECTION),
                follower.rows(ResultsTable.ROLLUP),
                refusals.byReason(),
                refusal.isEmpty() ? null : refusal);
    }

    private Optional<Long> lag() {
        return sensors.all().stream()
                .map(ClusterSensor::eventNanos)
                .filter(nanos -> nanos != Long.MIN_VALUE)
                .max(Long::compare)
                .map(nanos -> Math.max(0, clock.instant().getEpochSecond() - nanos / NANOS));
    }

    void watch(Metrics metrics) {
        metrics.gauge(
                "hinomi_scale_up",
                "Whether the cluster's results can be read and stored",
                () -> follower.trouble().isEmpty() ? 1 : 0);
        metrics.gauge(
                "hinomi_scale_lag_seconds",
                "Since the end of the newest minute read from the cluster",
                () -> lag().map(Long::doubleValue).orElse(Double.NaN));
        for (ResultsTable table : ResultsTable.values()) {
            metrics.counter(
                    "hinomi_scale_rows_total",
                    "Rows read from the cluster",
                    () -> follower.rows(table),
                    "table",
                    table.id());
            for (RowRefusal reason : RowRefusal.values()) {
                metrics.counter(
                        "hinomi_scale_refused_total",
                        "Rows of the cluster left out",
                        () -> refusals.of(table, reason),
                        "table",
                        table.id(),
                        "reason",
                        reason.id());
            }
        }
    }

    @Override
    public void close() {
        follower.close();
    }
}
