package org.hinomi.observatory.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hinomi.observatory.cli.config.SensorSettings.Source;

/** Reads the configuration file of {@code hinomi sensor}, with the same care as {@code hinomi.yaml}. */
public final class UplinkFile {
    /** How much disk a spool takes unless told otherwise. */
    public static final double SPOOL_GIGABYTES = 10;

    private static final double LEAST_GIGABYTES = 0.0001;

    private static final List<String> KEYS = List.of(
            "to",
            "key_file",
            "certificate",
            "private_key",
            "ca",
            "name",
            "darknet",
            "spool",
            "spool_gigabytes",
            "spool_full",
            "most_tuples",
            "fingerprints");

    /** What is said at the tower, and a directory, whose files are done with only when the tower has stored them. */
    private static final List<String> NOT_HERE =
            List.of("directory", "remove_taken", "move_taken_to", "remote", "certificate_name", "cluster");

    private UplinkFile() {}

    /** The settings of no file at all. */
    public static UplinkSettings defaults() {
        return settings(ConfigNode.root("defaults", null));
    }

    /**
     * Reads a file.
     *
     * @throws ConfigException with one sentence
     */
    public static UplinkSettings read(Path file) {
        return settings(ConfigFile.document(file));
    }

    private static UplinkSettings settings(ConfigNode root) {
        List<String> known = new ArrayList<>(KEYS);
        known.addAll(SourceKeys.ALL);
        known.removeAll(NOT_HERE);
        root.only(known.toArray(String[]::new));
        Optional<Source> source =
                SourceKeys.named(root).isEmpty() ? Optional.empty() : Optional.of(SourceKeys.read(root));
        return new UplinkSettings(
                root.text("to"),
                root.text("key_file").map(Path::of),
                root.text("certificate").map(Path::of),
                root.text("private_key").map(Path::of),
                root.text("ca").map(Path::of),
                root.text("name").map(name -> ConfigFile.sensorName(root, name)),
                ConfigFile.darknet(root),
                source,
                root.text("spool").map(Path::of),
                root.number("spool_gigabytes", LEAST_GIGABYTES, 1e6).orElse(SPOOL_GIGABYTES),
                root.text("spool_full")
                        .map(what -> root.convert("spool_full", what, UplinkFile::keepsOldest))
                        .orElse(false),
                root.whole("most_tuples", 1000, 1 << 26).orElse(ConfigFile.MOST_TUPLES),
                root.text("fingerprints").map(Path::of));
    }

    private static boolean keepsOldest(String what) {
        if (!List.of("drop_oldest", "drop_newest").contains(what)) {
            throw new IllegalArgumentException("'" + what + "' is neither drop_oldest nor drop_newest");
        }
        return what.equals("drop_newest");
    }
}
