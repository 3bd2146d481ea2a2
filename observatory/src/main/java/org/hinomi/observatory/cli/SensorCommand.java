package org.hinomi.observatory.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.observatory.capture.ring.RingSettings;
import org.hinomi.observatory.cli.config.ConfigException;
import org.hinomi.observatory.cli.config.SensorSettings.Source;
import org.hinomi.observatory.cli.config.UplinkFile;
import org.hinomi.observatory.cli.config.UplinkSettings;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.telescope.sensor.SourceException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hinomi sensor}: a sensor apart from the tower. */
@Command(
        name = "sensor",
        description = "Watch dark addresses here, and send what is seen to a tower elsewhere.",
        footer = "%nWhat the tower does not have yet is kept in the spool. Examples:%n"
                + "  hinomi sensor --to https://tower.example.org/ --key-file sensor.key --name osaka%n"
                + "      --interface eth1 --darknet 192.0.2.0/24%n"
                + "  hinomi sensor --config sensor.yaml%n")
public final class SensorCommand implements Callable<Integer> {
    private static final Duration LAST_SENDING = Duration.ofSeconds(10);

    @Option(names = "--to", paramLabel = "URL", description = "The tower, or kafka://HOST:PORT/TOPIC.")
    @Nullable
    String to;

    @Option(names = "--key-file", paramLabel = "FILE", description = "File with the sensor's key, hs_...")
    @Nullable
    Path keyFile;

    @Option(names = "--certificate", paramLabel = "PEM", description = "Certificate to show in place of a key.")
    @Nullable
    Path certificate;

    @Option(names = "--private-key", paramLabel = "PEM", description = "The certificate's private key, PKCS #8.")
    @Nullable
    Path privateKey;

    @Option(names = "--ca", paramLabel = "PEM", description = "Authorities to believe in place of Java's own.")
    @Nullable
    Path ca;

    @Option(names = "--name", paramLabel = "NAME", description = "The sensor's name, as the tower knows it.")
    @Nullable
    String name;

    @Option(names = "--interface", paramLabel = "IF", description = "Network interface to capture from, live.")
    @Nullable
    String network;

    @Option(names = "--promiscuous", description = "Take frames that are not addressed to the interface, too.")
    boolean promiscuous;

    @Option(names = "--files", arity = "1..*", paramLabel = "FILE", description = "Captures to send instead.")
    List<String> files = List.of();

    @Option(
            names = "--darknet",
            arity = "1..*",
            paramLabel = "CIDR",
            converter = Prefixes.class,
            description = "The dark addresses; packets to others are left out.")
    List<Prefix> darknet = List.of();

    @Option(names = "--spool", paramLabel = "DIR", description = "Folder for what the tower lacks; ./spool-NAME.")
    @Nullable
    Path spool;

    @Option(names = "--spool-gigabytes", paramLabel = "N", description = "How much disk that may take; 10.")
    @Nullable
    Double spoolGigabytes;

    @Option(names = "--config", paramLabel = "FILE", description = "All of it from a file, see docs/operate.")
    @Nullable
    Path config;

    @Mixin
    HelpOption help = new HelpOption();

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        UplinkSettings settings = settings();
        CountDownLatch stopped = new CountDownLatch(1);
        try (SensorProcess process = new SensorProcess(settings, InstantSource.system(), out)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                process.stop(LAST_SENDING);
                awaitQuietly(stopped);
            }));
            process.run();
        } catch (ConfigException | StoreException | SourceException e) {
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

    private UplinkSettings settings() {
        UplinkSettings read;
        try {
            read = config == null ? UplinkFile.defaults() : UplinkFile.read(config);
        } catch (ConfigException e) {
            throw new Failure(e);
        }
        if (spoolGigabytes != null && !(spoolGigabytes >= 0.0001 && spoolGigabytes <= 1e6)) {
            throw wrong("--spool-gigabytes must be from 0.0001 to 1000000, not " + spoolGigabytes);
        }
        return new UplinkSettings(
                first(to, read.to()),
                first(keyFile, read.keyFile()),
                first(certificate, read.certificate()),
                first(privateKey, read.privateKey()),
                first(ca, read.ca()),
                first(name, read.name()),
                darknet.isEmpty() ? read.darknet() : darknet,
                source().or(read::source),
                first(spool, read.spool()),
                spoolGigabytes == null ? read.spoolGigabytes() : spoolGigabytes,
                read.keepOldest(),
                read.mostTuples(),
                read.fingerprints());
    }

    private static <T> Optional<T> first(@Nullable T option, Optional<T> read) {
        return option == null ? read : Optional.of(option);
    }

    private Optional<Source> source() {
        if (network != null && !files.isEmpty()) {
            throw wrong("give either --interface or --files");
        }
        if (promiscuous && network == null) {
            throw wrong("--promiscuous goes with --interface");
        }
        if (network != null) {
            return Optional.of(new Source.Interfaces(List.of(RingSettings.of(network, promiscuous, 1))));
        }
        return files.isEmpty() ? Optional.empty() : Optional.of(new Source.Files(files, Double.POSITIVE_INFINITY));
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
