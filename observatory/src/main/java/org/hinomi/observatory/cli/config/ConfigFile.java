package org.hinomi.observatory.cli.config;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.observatory.cli.config.SensorSettings.Source;
import org.hinomi.observatory.store.DataDirectory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads {@code hinomi.yaml}. A key that means nothing, or a value that can't be used, is refused with its place. */
public final class ConfigFile {
    /** Where a sensor is when nothing is said: Tokyo, degrees north. */
    public static final double LATITUDE = 35.68;

    /** Degrees east. */
    public static final double LONGITUDE = 139.77;

    private static final long LARGEST = 1 << 20;
    static final int MOST_TUPLES = 1 << 21;

    private ConfigFile() {}

    /** The settings of no file at all. */
    public static RunSettings defaults(Path data) {
        return settings(ConfigNode.root("defaults", null), data);
    }

    /**
     * Reads a file.
     *
     * @param data the data directory unless the file names one
     * @throws ConfigException with one sentence
     */
    public static RunSettings read(Path file, Path data) {
        return settings(document(file), data);
    }

    static ConfigNode document(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new ConfigException(file + " is larger than 1 MiB; that is no configuration");
            }
            LoadSettings yaml = LoadSettings.builder()
                    .setLabel(file.toString())
                    .setAllowDuplicateKeys(false)
                    .build();
            Object document = new Load(yaml).loadFromString(Files.readString(file));
            return ConfigNode.root(file.toString(), document);
        } catch (NoSuchFileException e) {
            throw new ConfigException(file + " does not exist");
        } catch (IOException e) {
            throw new ConfigException(file + " can't be read: " + DataDirectory.reason(e));
        } catch (YamlEngineException e) {
            throw new ConfigException(
                    file + " is not YAML: " + String.valueOf(e.getMessage()).replace('\n', ' '));
        }
    }

    private static RunSettings settings(ConfigNode root, Path data) {
        root.only(
                "data",
                "host",
                "port",
                "public_url",
                "host_names",
                "tls",
                "public_demo",
                "public_metrics",
                "sensors",
                "retention",
                "most_tuples",
                "fingerprints",
                "detectors",
                "alerts",
                "delivery",
                "offline",
                "scale",
                "organisations",
                "research_scanners",
                "reverse_names",
                "campaigns");
        Optional<ConfigNode> tls = root.node("tls").map(n -> n.only("certificate", "key", "client_ca"));
        Optional<ConfigNode> retention = root.node("retention").map(n -> n.only("days", "gigabytes"));
        tls.ifPresent(n -> {
            if (n.text("certificate").isEmpty() || n.text("key").isEmpty()) {
                throw n.missing("certificate", "TLS takes both 'certificate' and 'key', PEM files");
            }
        });
        if (root.has("reverse_names") && !root.has("research_scanners")) {
            throw root.missing("research_scanners", "'reverse_names' goes with a file of research scanners");
        }
        return new RunSettings(
                root.text("data").map(Path::of).orElse(data),
                root.text("host").orElse("127.0.0.1"),
                root.whole("port", 0, 65_535).orElse(8080),
                root.text("public_url").map(text -> root.convert("public_url", text, ConfigFile::webAddress)),
                root.texts("host_names"),
                tls.flatMap(n -> n.text("certificate")).map(Path::of),
                tls.flatMap(n -> n.text("key")).map(Path::of),
                root.flag("public_demo").orElse(true),
                root.flag("public_metrics").orElse(false),
                sensors(root),
                retention.flatMap(n -> n.whole("days", 1, 36_500)).orElse(400),
                retention.flatMap(n -> n.whole("gigabytes", 1, 1_000_000)).orElse(100),
                root.whole("most_tuples", 1000, 1 << 26).orElse(MOST_TUPLES),
                root.text("fingerprints").map(Path::of),
                root.flag("offline").orElse(false),
                DetectorSettings.read(root),
                tls.flatMap(n -> n.text("client_ca")).map(Path::of),
                ScaleSettings.read(root),
                root.text("organisations").map(Path::of),
                AlertSettings.read(root),
                DeliverySection.read(root),
                root.text("research_scanners").map(Path::of),
                root.text("reverse_names").map(Path::of),
                CampaignSection.read(root));
    }

    private static String webAddress(String text) {
        URI address = URI.create(text);
        boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
        if (!web || address.getHost() == null) {
            throw new IllegalArgumentException("'" + text + "' is not an address such as https://tower.example.org/");
        }
        return text;
    }

    private static List<SensorSettings> sensors(ConfigNode root) {
        Set<String> names = new HashSet<>();
        return root.nodes("sensors").stream()
                .map(node -> {
                    SensorSettings sensor = sensor(node);
                    if (sensor.source() instanceof Source.Cluster && !root.has("scale")) {
                        throw root.missing(
                                "scale", "'" + sensor.name() + "' is a cluster's, whose results are nowhere");
                    }
                    if (!names.add(sensor.name())) {
                        throw node.missing("name", "two sensors are called '" + sensor.name() + "'; names differ");
                    }
                    return sensor;
                })
                .toList();
    }

    private static SensorSettings sensor(ConfigNode node) {
        List<String> known = new ArrayList<>(List.of("name", "place", "latitude", "longitude", "darknet"));
        known.addAll(SourceKeys.ALL);
        node.only(known.toArray(String[]::new));
        String name = node.text("name").orElseThrow(() -> node.missing("name", "a sensor needs a name"));
        sensorName(node, name);
        List<Prefix> darknet = darknet(node);
        Source source = SourceKeys.read(node);
        if (darknet.isEmpty() && !(source instanceof Source.Files || source instanceof Source.Cluster)) {
            throw node.missing("darknet", "a live sensor needs its dark addresses, as in [198.18.0.0/16]");
        }
        return new SensorSettings(
                name,
                node.text("place").orElse(""),
                node.number("latitude", -90, 90).orElse(LATITUDE),
                node.number("longitude", -180, 180).orElse(LONGITUDE),
                darknet,
                source);
    }

    static String sensorName(ConfigNode node, String name) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw node.missing("name", "'" + name + "' must be 1 to 63 letters, digits, '.', '_' or '-'");
        }
        return name;
    }

    static List<Prefix> darknet(ConfigNode node) {
        return node.texts("darknet").stream()
                .map(text -> node.convert("darknet", text, Prefix::parse))
                .toList();
    }
}
