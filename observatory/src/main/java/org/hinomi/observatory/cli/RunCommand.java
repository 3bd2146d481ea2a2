package org.hinomi.observatory.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.observatory.cli.config.ConfigException;
import org.hinomi.observatory.cli.config.ConfigFile;
import org.hinomi.observatory.cli.config.RunSettings;
import org.hinomi.observatory.cli.config.SensorSettings;
import org.hinomi.observatory.cli.config.SensorSettings.Source;
import org.hinomi.observatory.geo.GeoStatus;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.control.ControlStoreException;
import org.hinomi.observatory.telescope.sensor.Sensor;
import org.hinomi.observatory.telescope.sensor.SensorRun;
import org.hinomi.observatory.telescope.sensor.SourceException;
import org.hinomi.observatory.telescope.sensor.Station;
import org.hinomi.observatory.web.ListenException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hinomi run}: the tower, with the live map. */
@Command(
        name = "run",
        description = "Run the tower: the live world map on http://127.0.0.1:8080.",
        footer = "%nWithout a sensor it shows made-up traffic, and says so. Examples:%n  hinomi run%n"
                + "  hinomi run --replay darknet.pcap.gz --speed 60 --darknet 198.18.0.0/16%n"
                + "  hinomi run --interface eth1 --darknet 192.0.2.0/24%n"
                + "  hinomi run --directory /var/captures --darknet 192.0.2.0/24%n"
                + "  tcpdump -i eth1 -U -w - | hinomi run --live-from - --darknet 192.0.2.0/24%n"
                + "  hinomi run --config hinomi.yaml")
public final class RunCommand implements Callable<Integer> {
    @Option(names = "--data", paramLabel = "DIR", description = "Data directory; HINOMI_DATA, else ./data.")
    @Nullable
    Path data;

    @Option(names = "--port", paramLabel = "N", description = "Port to listen on; 8080, 0 takes any free one.")
    @Nullable
    Integer port;

    @Option(names = "--config", paramLabel = "FILE", description = "All of it from a file, see docs/operate.")
    @Nullable
    Path config;

    @Option(names = "--replay", arity = "1..*", paramLabel = "FILE", description = "Captures to play back.")
    List<String> replay = List.of();

    @Option(names = "--speed", paramLabel = "X", description = "How many times faster than it was recorded, or max; 1.")
    @Nullable
    String speed;

    @Mixin
    LiveOptions live = new LiveOptions();

    @Option(
            names = "--darknet",
            arity = "1..*",
            paramLabel = "CIDR",
            converter = Prefixes.class,
            description = "The dark addresses; packets to others are left out.")
    List<Prefix> darknet = List.of();

    @Option(names = "--offline", description = "Fetch nothing.")
    boolean offline;

    @Mixin
    HelpOption help = new HelpOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        RunSettings settings = settings();
        PrintWriter out = spec.commandLine().getOut();
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        try (Tower tower = new Tower(settings, InstantSource.system(), () -> GeoFetch.once(settings, out))) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                stop.countDown();
                awaitQuietly(stopped);
            }));
            greet(out, tower);
            Thread.ofVirtual().name("recordings").start(() -> awaitRecordings(out, tower));
            stop.await();
            out.println("Stopping.");
            out.flush();
        } catch (StoreException | ListenException | ControlStoreException | SourceException e) {
            throw new Failure(e);
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    private static void awaitQuietly(CountDownLatch stopped) {
        try {
            stopped.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void greet(PrintWriter out, Tower tower) {
        out.println("Hinomi watches. Open " + tower.address());
        tower.setupLink()
                .ifPresent(link -> out.println("First start: set the administrator's password once at " + link));
        if (tower.sensors().demo()) {
            out.println("DEMO: synthetic data. No sensor is configured, so all traffic shown is made up.");
        }
        GeoStatus geo = tower.geo().status();
        switch (geo.state()) {
            case FULL -> {}
            case COUNTRY -> out.println("Geolocation by country only: " + geo.detail());
            case NETWORK -> out.println("No geolocation data, only networks: " + geo.detail());
            case NONE -> out.println("No geolocation data: " + geo.detail());
        }
        out.flush();
    }

    /** Says of each recording that it is over, one after the other. */
    private static void awaitRecordings(PrintWriter out, Tower tower) {
        try {
            for (Station station : tower.sensors().runs()) {
                if (!(station instanceof SensorRun run) || run.sensor().origin() != Sensor.Origin.RECORDING) {
                    continue;
                }
                run.join();
                if (run.state() == SensorRun.State.ENDED) {
                    out.printf(
                            Locale.ROOT,
                            "The recording %s has ended, with %,d packets; its pages stay until you stop Hinomi.%n",
                            run.sensor().name(),
                            run.packets());
                    out.flush();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private RunSettings settings() {
        Path folder = DataFolder.of(data, System.getenv());
        RunSettings read;
        try {
            read = config == null ? ConfigFile.defaults(folder) : ConfigFile.read(config, folder);
        } catch (ConfigException e) {
            throw new Failure(e);
        }
        if (data != null) {
            read = read.withData(data);
        }
        if (port != null) {
            if (port < 0 || port > 65_535) {
                throw wrong("--port must be 0 to 65535, not " + port);
            }
            read = read.withPort(port);
        }
        return read.withSensors(sensor().map(List::of).orElse(read.sensors())).withOffline(offline || read.offline());
    }

    private Optional<SensorSettings> sensor() {
        Optional<Source> captured = live.source(this::wrong);
        if (!replay.isEmpty() && captured.isPresent()) {
            throw wrong("give either --replay or a live source; a configuration file can hold several sensors");
        }
        if (speed != null && replay.isEmpty()) {
            throw wrong("--speed goes with --replay");
        }
        if (captured.isPresent()) {
            if (darknet.isEmpty()) {
                throw wrong(live.option() + " needs --darknet, the dark addresses, as in --darknet 192.0.2.0/24");
            }
            return Optional.of(described(live.name(), captured.get()));
        }
        if (!replay.isEmpty()) {
            return Optional.of(described("recording", new Source.Files(replay, speed())));
        }
        if (!darknet.isEmpty()) {
            throw wrong("--darknet goes with --replay or a live source such as --interface");
        }
        return Optional.empty();
    }

    private SensorSettings described(String name, Source source) {
        return new SensorSettings(name, "", ConfigFile.LATITUDE, ConfigFile.LONGITUDE, darknet, source);
    }

    private double speed() {
        if (speed == null) {
            return 1;
        }
        if (speed.equals("max")) {
            return Double.POSITIVE_INFINITY;
        }
        try {
            double times = Double.parseDouble(speed);
            if (times > 0 && times <= 1e6) {
                return times;
            }
        } catch (NumberFormatException e) {
            throw wrong("--speed must be a number such as 60, or max, not '" + speed + "'");
        }
        throw wrong("--speed must be more than 0 and at most 1000000, or max, not " + speed);
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
