package org.hinomi.observatory.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hinomi.observatory.capture.ring.RingSettings;
import org.hinomi.observatory.cli.config.SensorSettings.Source;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name where one live sensor takes its packets from. */
final class LiveOptions {
    @Option(
            names = "--interface",
            arity = "1..*",
            paramLabel = "IF",
            description = "Network interfaces to capture from, live, as one sensor.")
    List<String> interfaces = List.of();

    @Option(names = "--cores", paramLabel = "N", description = "How many cores capture from each interface; 1.")
    @Nullable
    Integer cores;

    @Option(names = "--promiscuous", description = "Take frames that are not addressed to the interface, too.")
    boolean promiscuous;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "Take the captures that another program, as tcpdump -G, writes there, live.")
    @Nullable
    Path directory;

    @Option(
            names = "--live-from",
            paramLabel = "PIPE",
            description = "Take a capture as it is written to a named pipe or, for -, to the standard input, live.")
    @Nullable
    String pipe;

    /** The source that is named; a sentence of what is wrong is thrown as the function says. */
    Optional<Source> source(Function<String, RuntimeException> wrong) {
        int named = (interfaces.isEmpty() ? 0 : 1) + (directory == null ? 0 : 1) + (pipe == null ? 0 : 1);
        if (named > 1) {
            throw wrong.apply("give one of --interface, --directory and --live-from;"
                    + " a configuration file can hold several sensors");
        }
        if ((promiscuous || cores != null) && interfaces.isEmpty()) {
            throw wrong.apply((promiscuous ? "--promiscuous" : "--cores") + " goes with --interface");
        }
        if (directory != null) {
            return Optional.of(new Source.Directory(directory, false, Optional.empty()));
        }
        if (pipe != null) {
            return Optional.of(new Source.Pipe(pipe));
        }
        if (interfaces.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Source.Interfaces(interfaces.stream()
                    .distinct()
                    .map(name -> RingSettings.of(name, promiscuous, cores == null ? 1 : cores))
                    .toList()));
        } catch (IllegalArgumentException e) {
            throw wrong.apply("--cores: " + e.getMessage());
        }
    }

    /** The option that names the source. */
    String option() {
        return directory != null ? "--directory" : pipe != null ? "--live-from" : "--interface";
    }

    /** What to call the sensor. */
    String name() {
        String from = directory != null
                ? String.valueOf(directory.toAbsolutePath().normalize().getFileName())
                : pipe != null ? "live" : String.join("-", interfaces);
        String name = from.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^[^A-Za-z0-9]+", "");
        return name.isEmpty() ? "live" : name.substring(0, Math.min(63, name.length()));
    }
}
