package org.hinomi.observatory.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.observatory.cli.config.ConfigException;
import org.hinomi.observatory.cli.config.SensorSettings;
import org.hinomi.observatory.cli.config.SensorSettings.Source;
import org.hinomi.observatory.cli.config.UplinkSettings;
import org.hinomi.observatory.store.DataDirectory;
import org.hinomi.observatory.telescope.KernelData;
import org.hinomi.observatory.telescope.batch.Hello;
import org.hinomi.observatory.telescope.live.LiveTap;
import org.hinomi.observatory.telescope.sensor.PacketSource;
import org.hinomi.observatory.telescope.sensor.Sensor;
import org.hinomi.observatory.telescope.sensor.SensorRun;
import org.hinomi.observatory.telescope.uplink.Answer;
import org.hinomi.observatory.telescope.uplink.Carrier;
import org.hinomi.observatory.telescope.uplink.Delivery;
import org.hinomi.observatory.telescope.uplink.KafkaCarrier;
import org.hinomi.observatory.telescope.uplink.Spool;
import org.hinomi.observatory.telescope.uplink.TowerClient;
import org.hinomi.observatory.web.ClientTls;
import org.hinomi.observatory.web.ListenException;
import org.hinomi.wire.batch.Batches;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sensor apart from the tower while it runs: builds its parts from the settings, and ends them in order. */
final class SensorProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SensorProcess.class);
    private static final double GIGABYTE = 1L << 30;
    private static final Duration FOR_EVER = Duration.ofDays(36_500);
    private static final int LARGEST_KEY = 1000;

    private final UplinkSettings settings;
    private final InstantSource clock;
    private final PrintWriter out;
    private final String name;
    private final URI target;
    private final String incarnation;
    private final PacketSource source;
    private final Delivery delivery;
    private final SensorRun run;
    private final AtomicBoolean stopping = new AtomicBoolean();

    /**
     * Opens everything; nothing runs yet.
     *
     * @throws ConfigException with one sentence when the settings lack something, or the tower will not have it
     */
    SensorProcess(UplinkSettings settings, InstantSource clock, PrintWriter out) {
        this.settings = settings;
        this.clock = clock;
        this.out = out;
        this.target = settings.target();
        this.name = settings.name().orElseThrow(() -> missing("--name, the name under which the tower knows it"));
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw new ConfigException("--name must be 1 to 63 letters, digits, '.', '_' or '-', not '" + name + "'");
        }
        if (settings.darknet().isEmpty()) {
            throw missing("--darknet, the dark addresses, as in --darknet 192.0.2.0/24");
        }
        Source from = settings.source().orElseThrow(() -> missing("--interface or --files to see packets from"));
        this.incarnation = Delivery.newIncarnation(clock);
        FingerprintCatalogue catalogue = KernelData.fingerprints(settings.fingerprints());
        this.source = SensorSources.source(new SensorSettings(name, "", 0, 0, settings.darknet(), from), clock);
        source.open();
        Carrier carrier = null;
        try {
            carrier = carrier();
            greet(carrier);
            Spool spool = new Spool(
                    folder(), name, incarnation, (long) (settings.spoolGigabytes() * GIGABYTE), settings.keepOldest());
            this.delivery = new Delivery(spool, carrier, catalogue, Version.text(), clock);
        } catch (RuntimeException e) {
            source.close();
            if (carrier != null) {
                carrier.close();
            }
            throw e;
        }
        Sensor sensor = new Sensor(name, "", 0, 0, origin(from), PrefixSet.of(settings.darknet()));
        this.run = new SensorRun(
                sensor,
                source,
                catalogue,
                settings.mostTuples(),
                delivery.sink(),
                new LiveTap(KernelData.ports()),
                () -> List.of(delivery.firstSeen()));
    }

    /** Captures are read once; what is live is tried again. */
    private static Sensor.Origin origin(Source from) {
        return from instanceof Source.Files ? Sensor.Origin.RECORDING : Sensor.Origin.LIVE;
    }

    private static ConfigException missing(String what) {
        return new ConfigException("a sensor needs " + what);
    }

    private Path folder() {
        return settings.spool().orElse(Path.of("spool-" + name));
    }

    private Carrier carrier() {
        if (target.getScheme().equals("kafka")) {
            try {
                return new KafkaCarrier(target, name);
            } catch (IllegalArgumentException e) {
                throw new ConfigException(String.valueOf(e.getMessage()));
            }
        }
        if (settings.certificate().isPresent() != settings.privateKey().isPresent()) {
            throw new ConfigException("--certificate and --private-key go together");
        }
        if (settings.keyFile().isEmpty() && settings.certificate().isEmpty()) {
            throw missing("--key-file with its key, or --certificate and --private-key");
        }
        return new TowerClient(target, name, settings.keyFile().map(SensorProcess::key), tls());
    }

    private Optional<SSLContext> tls() {
        if (settings.ca().isEmpty() && settings.certificate().isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ClientTls.context(settings.ca(), settings.certificate(), settings.privateKey()));
        } catch (ListenException e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
    }

    private static String key(Path file) {
        try {
            String key =
                    Files.size(file) > LARGEST_KEY ? "" : Files.readString(file).strip();
            if (!key.matches("hs_[A-Za-z0-9_-]{20,100}")) {
                throw new ConfigException(file + " does not hold a sensor's key, which begins with hs_");
            }
            return key;
        } catch (IOException e) {
            throw new ConfigException(file + " can't be read: " + DataDirectory.reason(e));
        }
    }

    /** Introduces the sensor; a tower that is away for now is no reason not to observe. */
    private void greet(Carrier carrier) {
        if (!(carrier instanceof TowerClient tower)) {
            return;
        }
        Hello hello = new Hello(
                incarnation,
                Version.text(),
                Batches.VERSION,
                settings.darknet().stream().map(Prefix::toString).toList());
        switch (tower.hello(hello)) {
            case Answer.Taken _ -> LOG.debug("the tower knows this sensor");
            case Answer.Refused(String why) -> throw new ConfigException(target + " refuses: " + why);
            case Answer.Later(String why, boolean hopeless) -> {
                if (hopeless) {
                    throw new ConfigException(why);
                }
                out.println("For now " + why + "; minutes are kept in " + folder() + " until they can be sent.");
            }
        }
    }

    /** Observes and delivers until it is stopped, or until captures are sent. */
    void run() throws InterruptedException {
        delivery.start(run);
        run.start();
        out.println("Hinomi sensor " + name + " watches " + settings.darknet().size() + " dark prefixes for " + target);
        out.flush();
        run.join();
        if (!stopping.get()) {
            delivery.finish(FOR_EVER);
        }
        delivery.join();
        out.println(
                delivery.waiting() == 0
                        ? "All is sent."
                        : delivery.waiting() + " parts of minutes wait in " + folder() + " for the next start.");
        out.flush();
        if (run.state() == SensorRun.State.FAILED) {
            throw new ConfigException("not all could be read: " + run.detail());
        }
    }

    /** Asks it to end: the open minutes are closed, and sent within a time. */
    void stop(Duration most) {
        stopping.set(true);
        run.close();
        delivery.finish(most);
    }

    @Override
    public void close() {
        run.close();
        delivery.close();
        source.close();
    }
}
