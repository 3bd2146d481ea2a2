package org.hinomi.observatory.store.backup;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hinomi.observatory.store.segment.Bookmark;
import org.hinomi.observatory.store.segment.SegmentLog;
import org.hinomi.observatory.store.segment.SegmentName;
import org.hinomi.observatory.store.warehouse.ArchiveFolder;

/**
 * The files of a sensor that may be moving, opened so that each tuple is in exactly one of them and the bookmark of its
 * source lies behind the last, while the tower writes segments and moves hours to the archive.
 *
 * <p>The tower writes the list of segments that an archived file replaces, then the file, then removes the segments,
 * then the list. So here, in this order: segments are listed, archived files are listed, all are opened. An archived
 * file without a list counts: its segments are gone, and one of them that was listed can't be opened, which begins
 * anew. An archived file with a list counts if one of its segments is gone, and then none of them does; if all are
 * there they count, and the file does not. What is open stays readable when its name goes. If the bookmark is another
 * after that than it was before, it begins anew as well.
 */
final class SensorFiles implements Closeable {
    private static final int MOST_TRIES = 500;
    private static final long PAUSE_MILLIS = 20;

    private final List<Opened> files = new ArrayList<>();

    /** An open file, by its path below the data directory. */
    record Opened(TarHeader header, InputStream content) {}

    private SensorFiles() {}

    /**
     * Opens the files of a sensor.
     *
     * @param still archived files that are left out here: they were listed before, when their hour had no segments
     */
    static SensorFiles open(Path data, String sensor, Set<Path> still) throws IOException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            SensorFiles opened = new SensorFiles();
            try {
                if (opened.take(data, sensor, still)) {
                    return opened;
                }
                opened.close();
            } catch (NoSuchFileException moved) {
                opened.close();
            } catch (IOException e) {
                opened.close();
                throw e;
            }
            pause();
        }
        throw new IOException("the minutes of sensor " + sensor + " do not stay still; try again later");
    }

    /** Opens an archived file alone; there is none when it was removed for its age. */
    static SensorFiles archived(Path data, Path file) throws IOException {
        SensorFiles opened = new SensorFiles();
        try {
            opened.add(data, file, file);
        } catch (NoSuchFileException removed) {
            return opened;
        }
        return opened;
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("it was interrupted", e);
        }
    }

    private boolean take(Path data, String sensor, Set<Path> still) throws IOException {
        Path log = data.resolve(EntryName.SEGMENTS);
        Path bookmark = log.resolve(sensor).resolve(Bookmark.FILE);
        byte[] before = bytes(bookmark);
        Map<Path, Path> segments = segments(log, sensor, before);
        Map<Path, Path> counting = new HashMap<>(segments);
        Path archive = data.resolve(EntryName.ARCHIVE);
        for (Path path : list(archive.resolve(sensor))) {
            if (ArchiveFolder.hour(archive.relativize(path)).isPresent() && !still.contains(path)) {
                Set<Path> replaced = replaced(log, path);
                if (replaced.isEmpty() || !segments.keySet().containsAll(replaced)) {
                    counting.keySet().removeAll(replaced);
                    counting.put(path, path);
                }
            }
        }
        for (Path path : counting.keySet().stream().sorted().toList()) {
            add(data, path, counting.getOrDefault(path, path));
        }
        if (before.length > 0) {
            TarHeader header = new TarHeader(data.relativize(bookmark).toString(), before.length, 0);
            files.add(new Opened(header, new ByteArrayInputStream(before)));
        }
        return Arrays.equals(before, bytes(bookmark));
    }

    /** The segments by their names, each with where it lies: one whose bookmark is written may still be held. */
    private static Map<Path, Path> segments(Path log, String sensor, byte[] bookmark) throws IOException {
        Map<Path, Path> segments = new HashMap<>();
        for (Path hour : list(log.resolve(sensor))) {
            if (Files.isDirectory(hour)) {
                for (Path path : list(hour)) {
                    if (SegmentName.of(log.relativize(path)).isPresent()) {
                        segments.put(path, path);
                    }
                }
            }
        }
        for (String name : Bookmark.of(bookmark).map(Bookmark::segments).orElse(List.of())) {
            Path path = log.resolve(name);
            Path held = SegmentLog.held(path);
            if (!segments.containsKey(path)
                    && SegmentName.of(log.relativize(path)).isPresent()) {
                if (Files.exists(held)) {
                    segments.put(path, held);
                } else if (Files.exists(path)) {
                    segments.put(path, path);
                }
            }
        }
        return segments;
    }

    private static byte[] bytes(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException none) {
            return new byte[0];
        }
    }

    private static Set<Path> replaced(Path log, Path archived) throws IOException {
        Set<Path> replaced = new HashSet<>();
        try {
            for (String line : Files.readAllLines(ArchiveFolder.replacedList(archived))) {
                replaced.add(log.resolve(line));
            }
            return replaced;
        } catch (NoSuchFileException settled) {
            return Set.of();
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (NoSuchFileException none) {
            return List.of();
        }
    }

    private void add(Path data, Path name, Path where) throws IOException {
        FileChannel channel = FileChannel.open(where);
        try {
            long modified = Files.getLastModifiedTime(where).toMillis() / 1000;
            TarHeader header = new TarHeader(data.relativize(name).toString(), channel.size(), modified);
            files.add(new Opened(header, Channels.newInputStream(channel)));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    List<Opened> files() {
        return files;
    }

    @Override
    public void close() throws IOException {
        for (Opened file : files) {
            file.content.close();
        }
    }
}
