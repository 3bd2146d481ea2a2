package org.hinomi.observatory.store.backup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hinomi.observatory.store.DataDirectory;
import org.hinomi.observatory.store.control.ControlStore;
import org.hinomi.observatory.store.control.ControlStoreException;
import org.hinomi.observatory.store.segment.SegmentName;

/** A data directory whose segments and archived hours are texts that tell which minutes they hold. */
final class MadeData {
    static final long HOUR = 1_767_225_600L;
    static final String SENSOR = "tokyo";

    private final Path data;

    MadeData(Path data) throws ControlStoreException, IOException {
        this.data = data;
        DataDirectory.open(data).close();
        try (ControlStore control = ControlStore.open(data)) {
            control.jdbi()
                    .useHandle(handle -> handle.execute("INSERT INTO sensor VALUES ('tokyo', 'Tokyo', 35, 139, '')"));
        }
        Files.write(data.resolve("pseudonym.key"), new byte[32]);
        Files.writeString(data.resolve("warehouse.duckdb"), "made again");
        Files.createDirectories(data.resolve("geo"));
        Files.writeString(data.resolve("geo/table"), "made again");
        Files.writeString(data.resolve("setup-token"), "a secret of one day");
    }

    Path path() {
        return data;
    }

    static SegmentName name(int minute) {
        return new SegmentName(SENSOR, HOUR + minute * 60L, 0);
    }

    Path segment(int minute) throws IOException {
        Path file = data.resolve("segments").resolve(name(minute).path());
        Files.createDirectories(file.getParent());
        return Files.writeString(file, name(minute) + "\n");
    }

    Path archived(String sensor, long hour, int number) {
        return data.resolve("archive/" + sensor + "/" + hour + "-" + number + ".parquet");
    }

    Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** All files below a directory, by their path. */
    static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                try {
                    found.put(
                            folder.relativize(file).toString(),
                            new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return found;
    }

    static BackupContents backup(Path data, Path to) {
        return new Backup(data, to, true).write("9.8.7", bytes -> done -> {});
    }

    static BackupContents restore(Path file, Path into) {
        return new Restore(file).into(into, done -> {}, done -> {});
    }
}
