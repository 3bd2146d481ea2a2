package org.hinomi.scale;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hinomi.kernel.detect.Declaration;
import org.hinomi.kernel.detect.DetectorCatalogue;
import org.hinomi.kernel.fingerprint.RuleException;
import org.hinomi.scale.result.Database;
import org.hinomi.scale.stream.Knowledge;

/** Reads settings from arguments and a file of properties; arguments go before the file. */
final class SettingsReader {
    static final String HELP = """
            Hinomi's detectors and sums on Flink: reads the batches of sensors from Kafka, writes to PostgreSQL.

              flink run hinomi-flink.jar --kafka HOST:9092 --topic flowtuples --results jdbc:postgresql://HOST/hinomi

            --config FILE              settings from a file, each as name=value without the dashes
            --kafka HOST:PORT,...      brokers
            --topic NAME               topic that sensors send to: hinomi sensor --to kafka://HOST:PORT/NAME
            --group NAME               under which Kafka shows how far the job has read (hinomi-flink)
            --from earliest|latest     where to begin without a savepoint (earliest)
            --kafka.NAME VALUE         given on to Kafka's client, as kafka.security.protocol
            --results URL              jdbc:postgresql://HOST:PORT/DATABASE; the job makes its tables there
            --results-user NAME        who writes there
            --results-password-file F  a file that holds the password alone
            --parquet FOLDER           Parquet files of all flow tuples; none unless given
            --darknet.SENSOR PREFIXES  dark addresses of a sensor, separated by commas
            --fingerprints FILE        rules in place of those that come with the program
            --DETECTOR.PARAMETER NUMBER  parameter of a detector, as scan.quiet_seconds
            --checkpoint-seconds N     how often results are written, 1 to 3600 (60)
            --state-megabytes N        most memory of the detector's states for each sensor (256)
            --wait-seconds N           how long to wait at the start for Kafka and PostgreSQL (300)
            --help                     this
            """;

    static final List<String> NAMES = List.of(
            "kafka",
            "topic",
            "group",
            "from",
            "results",
            "results-user",
            "results-password-file",
            "parquet",
            "fingerprints",
            "checkpoint-seconds",
            "state-megabytes",
            "wait-seconds");
    private static final List<String> GROUPS = List.of("kafka.", "darknet.");
    private static final long MEGABYTE = 1 << 20;

    private final Map<String, String> given = new TreeMap<>();

    private SettingsReader() {}

    /**
     * Reads arguments.
     *
     * @throws SettingsException with a sentence when they can't be
     */
    static JobSettings read(String... arguments) {
        SettingsReader reader = new SettingsReader();
        Map<String, String> named = named(arguments);
        String config = named.remove("config");
        if (config != null) {
            reader.file(Path.of(config));
        }
        named.forEach((name, value) -> reader.put(name, value, "--" + name));
        return reader.settings();
    }

    private static Map<String, String> named(String... arguments) {
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!arguments[i].startsWith("--")) {
                throw new SettingsException(
                        "'" + arguments[i] + "' is no setting; settings begin with --, and --help lists them");
            }
            if (i + 1 == arguments.length) {
                throw new SettingsException(arguments[i] + " lacks its value; --help tells what it takes");
            }
            if (named.put(arguments[i].substring(2), arguments[i + 1]) != null) {
                throw new SettingsException(arguments[i] + " is given twice");
            }
        }
        return named;
    }

    private void file(Path file) {
        Properties properties = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            properties.load(text);
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingsException(file + " can't be read: " + e.getMessage());
        }
        properties.stringPropertyNames().forEach(name -> put(name, properties.getProperty(name), file + ": " + name));
    }

    private void put(String name, String value, String where) {
        boolean known = NAMES.contains(name)
                || detectors().anyMatch(detector -> name.startsWith(detector + "."))
                || GROUPS.stream().anyMatch(group -> name.startsWith(group) && name.length() > group.length());
        if (!known) {
            throw new SettingsException("there is no setting '" + name + "' (" + where + "); --help lists them");
        }
        given.put(name, value.strip());
    }

    private String needed(String name) {
        String value = given.get(name);
        if (value == null || value.isEmpty()) {
            throw new SettingsException("--" + name + " is needed; --help tells what it takes");
        }
        return value;
    }

    private String text(String name, String unless) {
        return given.getOrDefault(name, unless);
    }

    private int number(String name, int unless, int least, int most) {
        String value = given.get(name);
        return value == null ? unless : (int) number(name, value, least, most);
    }

    private static long number(String name, String value, long least, long most) {
        if (value.matches("[0-9]{1,18}")) {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new SettingsException("--" + name + " takes " + least + " to " + most + ", not '" + value + "'");
    }

    private Map<String, String> group(String prefix) {
        Map<String, String> group = new TreeMap<>();
        given.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                group.put(name.substring(prefix.length()), value);
            }
        });
        return group;
    }

    private JobSettings settings() {
        String from = text("from", "earliest");
        if (!List.of("earliest", "latest").contains(from)) {
            throw new SettingsException("--from takes earliest or latest, not '" + from + "'");
        }
        Properties kafka = new Properties();
        kafka.putAll(group("kafka."));
        String url = needed("results");
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new SettingsException("--results takes an address such as jdbc:postgresql://host:5432/hinomi");
        }
        return new JobSettings(
                needed("kafka"),
                needed("topic"),
                text("group", "hinomi-flink"),
                from.equals("latest"),
                kafka,
                new Database(url, text("results-user", ""), password()),
                Optional.ofNullable(given.get("parquet")),
                number("checkpoint-seconds", 60, 1, 3600),
                number("wait-seconds", 300, 0, 86_400),
                knowledge());
    }

    private static Stream<String> detectors() {
        return DetectorCatalogue.declarations().stream().map(Declaration::id);
    }

    private String password() {
        return content("results-password-file").map(String::strip).orElse("");
    }

    private Optional<String> content(String name) {
        String file = given.get(name);
        if (file == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(Path.of(file)));
        } catch (IOException e) {
            throw new SettingsException("--" + name + ": " + file + " can't be read: " + e.getMessage());
        }
    }

    private Knowledge knowledge() {
        Map<String, Map<String, Long>> parameters = new TreeMap<>();
        detectors().forEach(detector -> {
            Map<String, Long> values = new TreeMap<>();
            group(detector + ".")
                    .forEach((name, value) ->
                            values.put(name, number(detector + "." + name, value, 0, Long.MAX_VALUE / 10)));
            parameters.put(detector, values);
        });
        Knowledge knowledge = new Knowledge(
                content("fingerprints").orElseGet(Knowledge::usualFingerprints),
                group("darknet."),
                parameters,
                number("state-megabytes", 256, 1, 65_536) * MEGABYTE);
        List<String> wrong = new ArrayList<>();
        try {
            var unused = knowledge.detectors();
            knowledge.dark();
        } catch (RuleException e) {
            wrong.add("--fingerprints: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            wrong.add(String.valueOf(e.getMessage()));
        }
        if (!wrong.isEmpty()) {
            throw new SettingsException(wrong.getFirst());
        }
        return knowledge;
    }
}
