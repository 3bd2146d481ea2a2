package org.hinomi.observatory.store.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.hinomi.observatory.store.segment.SegmentName;
import org.hinomi.observatory.store.warehouse.ArchiveFolder;
import org.jspecify.annotations.Nullable;

/** Copies a data directory into an archive: first what may be moving, then the archived hours, which lie still. */
final class Copying {
    private final Path data;
    private final TarWriter tar;
    private final Set<String> sensors = new TreeSet<>();
    private final Set<Path> still = new TreeSet<>();
    private long expected;
    private long bytes;
    private int segments;
    private int hours;

    private record Hour(String sensor, long start) {}

    Copying(Path data, OutputStream out, LongFunction<LongConsumer> progress) throws IOException {
        this.data = data;
        list();
        this.tar = new TarWriter(out, progress.apply(expected));
    }

    /** Segments first: an hour that is archived while this lists is found in one or the other. */
    private void list() throws IOException {
        Set<Hour> open = new HashSet<>();
        Path log = data.resolve(EntryName.SEGMENTS);
        for (Path path : files(log, 3)) {
            sensors.add(log.relativize(path).getName(0).toString());
            SegmentName.of(log.relativize(path)).ifPresent(name -> {
                open.add(new Hour(name.sensor(), name.hour()));
                expected += path.toFile().length();
            });
        }
        Path archive = data.resolve(EntryName.ARCHIVE);
        for (Path path : files(archive, 2)) {
            ArchiveFolder.hour(archive.relativize(path)).ifPresent(hour -> {
                if (!open.contains(new Hour(hour.sensor(), hour.hour()))) {
                    still.add(path);
                }
                sensors.add(hour.sensor());
                expected += path.toFile().length();
            });
        }
    }

    private static List<Path> files(Path folder, int depth) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        // What is moved away while it is walked shows as an error; then the whole is walked again.
        for (int tries = 0; ; tries++) {
            try (Stream<Path> files = Files.walk(folder, depth)) {
                return files.filter(Files::isRegularFile).sorted().toList();
            } catch (UncheckedIOException | NoSuchFileException e) {
                if (tries == 100) {
                    throw new IOException(folder + " can't be listed", e);
                }
            }
        }
    }

    BackupContents run(BackupHead head, @Nullable Path control) throws IOException {
        try (tar) {
            tar.text(EntryName.HEAD, head.text());
            text(EntryName.VERSION, head.layout() + "\n");
            Path key = data.resolve(EntryName.PSEUDONYM_KEY);
            if (Files.exists(key)) {
                file(EntryName.PSEUDONYM_KEY, key);
            }
            if (control != null) {
                file(EntryName.CONTROL, control);
            }
            for (String sensor : sensors) {
                try (SensorFiles files = SensorFiles.open(data, sensor, still)) {
                    copy(files);
                }
            }
            for (Path file : still) {
                try (SensorFiles files = SensorFiles.archived(data, file)) {
                    copy(files);
                }
            }
            tar.finish();
        }
        return new BackupContents(head.program(), bytes, segments, hours, control != null);
    }

    private void text(String name, String text) throws IOException {
        tar.text(name, text);
        bytes += text.length();
    }

    private void file(String name, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            long modified = Files.getLastModifiedTime(file).toMillis() / 1000;
            copy(new TarHeader(name, Files.size(file), modified), in);
        }
    }

    private void copy(SensorFiles files) throws IOException {
        for (SensorFiles.Opened file : files.files()) {
            copy(file.header(), file.content());
        }
    }

    private void copy(TarHeader header, InputStream in) throws IOException {
        if (!EntryName.allows(header.name(), header.size())) {
            throw new IOException(header.name() + " has a name or size that a backup can't hold");
        }
        tar.file(header, in);
        bytes += header.size();
        segments += EntryName.segment(header.name()) ? 1 : 0;
        hours += EntryName.archived(header.name()) ? 1 : 0;
    }
}
