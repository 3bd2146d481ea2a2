package org.hinomi.observatory.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowSink;
import org.hinomi.kernel.rollup.PortCatalogue;
import org.hinomi.observatory.cli.config.RunSettings;
import org.hinomi.observatory.cli.config.SensorSettings;
import org.hinomi.observatory.cli.config.SensorSettings.Source;
import org.hinomi.observatory.store.warehouse.Warehouse;
import org.hinomi.observatory.telescope.live.LiveTap;
import org.hinomi.observatory.telescope.record.Recorder;
import org.hinomi.observatory.telescope.sample.SampleStore;
import org.hinomi.observatory.telescope.sensor.DemoSource;
import org.hinomi.observatory.telescope.sensor.DirectorySource;
import org.hinomi.observatory.telescope.sensor.Ledger;
import org.hinomi.observatory.telescope.sensor.PacketSource;
import org.hinomi.observatory.telescope.sensor.Sensor;
import org.hinomi.observatory.telescope.sensor.Sensor.Origin;
import org.hinomi.observatory.telescope.sensor.SensorRun;
import org.hinomi.observatory.telescope.sensor.Station;

/** Makes the sensors of the settings; without any, those of the demo. */
final class SensorFactory {
    private static final Duration PAST = Duration.ofHours(24);
    private static final int MINUTE = 60;

    private final RunSettings settings;
    private final SensorSources sources;
    private final InstantSource clock;
    private final FingerprintCatalogue catalogue;
    private final PortCatalogue ports;
    private final Recorder recorder;
    private final Warehouse warehouse;
    private final Ledger ledger;
    private final SampleStore samples;

    SensorFactory(
            RunSettings settings,
            SensorSources sources,
            InstantSource clock,
            FingerprintCatalogue catalogue,
            PortCatalogue ports,
            Recorder recorder,
            Warehouse warehouse,
            Ledger ledger,
            SampleStore samples) {
        this.settings = settings;
        this.sources = sources;
        this.clock = clock;
        this.catalogue = catalogue;
        this.ports = ports;
        this.recorder = recorder;
        this.warehouse = warehouse;
        this.ledger = ledger;
        this.samples = samples;
    }

    /** A demo sensor: a part of the block that is set aside for benchmarks (RFC 2544). */
    private record Demo(String name, String place, double latitude, double longitude, String darknet, long packets) {}

    private static final List<Demo> DEMO = List.of(
            new Demo("demo-tokyo", "Tokyo", 35.68, 139.77, "198.18.0.0/17", 600_000),
            new Demo("demo-osaka", "Osaka", 34.69, 135.5, "198.18.128.0/18", 300_000),
            new Demo("demo-sapporo", "Sapporo", 43.06, 141.35, "198.18.192.0/18", 300_000));

    List<Station> stations(List<? extends Station> remote, List<? extends Station> ofCluster) {
        List<Station> stations = new ArrayList<>(runs());
        stations.addAll(remote);
        stations.addAll(ofCluster);
        return stations;
    }

    private List<SensorRun> runs() {
        if (settings.sensors().isEmpty() && settings.scale().isEmpty()) {
            return DEMO.stream().map(this::demo).toList();
        }
        return settings.sensors().stream()
                .filter(SensorSources::here)
                .map(this::sensor)
                .toList();
    }

    private SensorRun demo(Demo demo) {
        PrefixSet darknet = PrefixSet.of(List.of(Prefix.parse(demo.darknet)));
        Instant past = clock.instant().minus(PAST);
        long begin = Math.max(newestMinute(demo.name) + MINUTE, past.getEpochSecond() / MINUTE * MINUTE);
        DemoSource source =
                new DemoSource(darknet, demo.packets, DEMO.indexOf(demo) + 1L, Instant.ofEpochSecond(begin), clock);
        return run(new Sensor(demo.name, demo.place, demo.latitude, demo.longitude, Origin.DEMO, darknet), source);
    }

    private long newestMinute(String sensor) {
        return warehouse.read(snapshot -> snapshot.one(
                "SELECT coalesce(max(time), 0) FROM rollup WHERE step = 60 AND sensor = :sensor",
                Map.of("sensor", sensor),
                row -> row.number(1)));
    }

    private SensorRun sensor(SensorSettings of) {
        PacketSource source = sources.of(of.name());
        PrefixSet darknet = PrefixSet.of(of.darknet());
        return switch (of.source()) {
            case Source.Files recording -> {
                recorder.drop(of.name());
                ledger.forget(of.name());
                yield run(described(of, Origin.RECORDING, darknet), source);
            }
            case Source.Interfaces _, Source.Pipe _, Source.Directory _ ->
                run(described(of, Origin.LIVE, darknet), source);
            case Source.Remote _, Source.Cluster _ -> throw new IllegalArgumentException("it is elsewhere: " + of);
        };
    }

    static Sensor described(SensorSettings of, Origin origin, PrefixSet darknet) {
        return new Sensor(of.name(), of.place(), of.latitude(), of.longitude(), origin, darknet);
    }

    private FlowSink sink(String sensor, PacketSource source) {
        if (source instanceof DirectorySource directory) {
            directory.resume(recorder.place(sensor), place -> recorder.mark(sensor, place));
            return recorder.sink(sensor, source.waits(), directory::behind);
        }
        return recorder.sink(sensor, source.waits());
    }

    private SensorRun run(Sensor sensor, PacketSource source) {
        return new SensorRun(
                sensor,
                source,
                catalogue,
                settings.mostTuples(),
                sink(sensor.name(), source),
                new LiveTap(ports),
                () -> List.of(samples.tap(sensor.name())));
    }
}
