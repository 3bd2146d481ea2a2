package org.hinomi.observatory.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hinomi.observatory.capture.ring.RingSettings;
import org.hinomi.observatory.cli.config.SensorSettings.Source;

/** Reads where a sensor's packets come from: one of several keys, each with keys that go with it. */
final class SourceKeys {
    private static final String REMOTE = "remote";
    private static final String CLUSTER = "cluster";
    private static final Set<String> FLAGS = Set.of(REMOTE, CLUSTER);

    /** All keys of sources, for the list of those known. */
    static final List<String> ALL = List.of(
            "interface",
            "interfaces",
            "promiscuous",
            "filter",
            "hardware_time",
            "cores",
            "ring_megabytes",
            "block_kilobytes",
            "directory",
            "remove_taken",
            "move_taken_to",
            "pipe",
            "files",
            "speed",
            REMOTE,
            "certificate_name",
            CLUSTER);

    private static final Set<String> OF_INTERFACES =
            Set.of("promiscuous", "filter", "hardware_time", "cores", "ring_megabytes", "block_kilobytes");

    /** What goes with each key that names a source. */
    private static final Map<String, Set<String>> SOURCES = new LinkedHashMap<>();

    static {
        SOURCES.put("interface", OF_INTERFACES);
        SOURCES.put("interfaces", OF_INTERFACES);
        SOURCES.put("directory", Set.of("remove_taken", "move_taken_to"));
        SOURCES.put("pipe", Set.of());
        SOURCES.put("files", Set.of("speed"));
        SOURCES.put(REMOTE, Set.of("certificate_name"));
        SOURCES.put(CLUSTER, Set.of());
    }

    private static final int MEGABYTE = 1 << 20;
    private static final int KILOBYTE = 1 << 10;

    private SourceKeys() {}

    static Source read(ConfigNode node) {
        List<String> named = named(node);
        if (named.size() != 1) {
            throw node.missing(
                    "interface",
                    "a sensor takes one of 'interface', 'interfaces', 'directory', 'pipe', 'files', 'remote: true' and"
                            + " 'cluster: true'");
        }
        String source = named.getFirst();
        for (String key : ALL) {
            if (there(node, key)
                    && !key.equals(source)
                    && !SOURCES.getOrDefault(source, Set.of()).contains(key)) {
                throw node.unusable(key, "it does not go with '" + source + "'");
            }
        }
        return switch (source) {
            case "interface" -> interfaces(node, node.text("interface").stream().toList());
            case "interfaces" -> interfaces(node, node.texts("interfaces"));
            case "directory" -> directory(node);
            case REMOTE -> new Source.Remote(node.text("certificate_name"));
            case CLUSTER -> new Source.Cluster();
            case "pipe" -> new Source.Pipe(node.text("pipe").orElse(""));
            default -> files(node);
        };
    }

    /** The keys that name a source there. */
    static List<String> named(ConfigNode node) {
        return SOURCES.keySet().stream().filter(key -> there(node, key)).toList();
    }

    private static boolean there(ConfigNode node, String key) {
        return FLAGS.contains(key) ? node.flag(key).orElse(false) : node.has(key);
    }

    private static Source interfaces(ConfigNode node, List<String> names) {
        if (names.isEmpty() || Set.copyOf(names).size() < names.size()) {
            throw node.unusable("interfaces", "it names each interface once, and at least one");
        }
        int cores = node.whole("cores", 1, RingSettings.MOST_CORES).orElse(1);
        int block = node.whole("block_kilobytes", 64, 4096).orElse(RingSettings.BLOCK / KILOBYTE) * KILOBYTE;
        int megabytes = node.whole("ring_megabytes", 1, 4096).orElse(RingSettings.RING / MEGABYTE);
        int blocks = (int) ((long) megabytes * MEGABYTE / block);
        List<RingSettings> rings = new ArrayList<>();
        for (String name : names) {
            rings.add(node.convert(
                    "block_kilobytes",
                    name,
                    of -> new RingSettings(
                            of,
                            node.flag("promiscuous").orElse(false),
                            node.flag("filter").orElse(true),
                            node.flag("hardware_time").orElse(false),
                            cores,
                            block,
                            blocks)));
        }
        return new Source.Interfaces(List.copyOf(rings));
    }

    private static Source directory(ConfigNode node) {
        boolean remove = node.flag("remove_taken").orElse(false);
        Optional<Path> move = node.text("move_taken_to").map(Path::of);
        if (remove && move.isPresent()) {
            throw node.unusable("remove_taken", "a file that was taken is either removed or moved");
        }
        return new Source.Directory(Path.of(node.text("directory").orElse("")), remove, move);
    }

    private static Source files(ConfigNode node) {
        List<String> files = node.texts("files");
        if (files.isEmpty()) {
            throw node.unusable("files", "it names at least one capture");
        }
        return new Source.Files(files, node.numberOrMax("speed", 0.001, 1e6).orElse(1.0));
    }
}
