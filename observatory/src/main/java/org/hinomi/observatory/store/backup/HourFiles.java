package org.hinomi.observatory.store.backup;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hinomi.observatory.store.segment.SegmentName;
import org.hinomi.observatory.store.warehouse.ArchiveFolder;

/**
 * The files that hold an hour of a sensor, opened so that each tuple is in exactly one of them, while the tower may be
 * moving them from segments to the archive.
 *
 * <p>The tower writes the list of segments that an archived file replaces, then the file, then removes the segments,
 * then the list. So here, in this order: segments are listed, archived files are listed, all are opened. An archived
 * file without a list counts: its segments are gone, and one of them that was listed can't be opened, which begins
 * anew. An archived file with a list counts if one of its segments is gone, and then none of them does; if all are
 * there they count, and the file does not. What is open stays readable when its name goes.
 */
final class HourFiles implements Closeable {
    private static final int MOST_TRIES = 500;
    private static final long PAUSE_MILLIS = 20;

    private final List<Opened> files = new ArrayList<>();

    /**
     * An open file.
     *
     * @param name its path below the data directory, parts separated by a slash
     */
    record Opened(String name, FileChannel channel, TarHeader header) {}

    private HourFiles() {}

    /** Opens the files of an hour, given by its start in seconds since 1970-01-01 UTC. */
    static HourFiles open(Path data, String sensor, long hour) throws IOException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            HourFiles opened = new HourFiles();
            try {
                opened.take(data, sensor, hour);
                return opened;
            } catch (NoSuchFileException moved) {
                opened.close();
                pause();
            } catch (IOException e) {
                opened.close();
                throw e;
            }
        }
        throw new IOException("the hour " + hour + " of sensor " + sensor + " does not stay still; try again later");
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("it was interrupted", e);
        }
    }

    private void take(Path data, String sensor, long hour) throws IOException {
        Path segments = data.resolve(EntryName.SEGMENTS);
        Path archive = data.resolve(EntryName.ARCHIVE);
        Set<Path> listed = new HashSet<>();
        for (Path path : list(segments.resolve(sensor).resolve(Long.toString(hour)))) {
            if (SegmentName.of(segments.relativize(path)).isPresent()) {
                listed.add(path);
            }
        }
        Set<Path> counting = new HashSet<>(listed);
        for (Path path : list(archive.resolve(sensor))) {
            if (ArchiveFolder.hour(archive.relativize(path))
                    .filter(found -> found.hour() == hour)
                    .isPresent()) {
                Set<Path> replaced = replaced(segments, path);
                if (replaced.isEmpty() || !listed.containsAll(replaced)) {
                    counting.removeAll(replaced);
                    counting.add(path);
                }
            }
        }
        for (Path path : counting.stream().sorted().toList()) {
            add(data, path);
        }
    }

    private static Set<Path> replaced(Path segments, Path archived) throws IOException {
        Set<Path> replaced = new HashSet<>();
        try {
            for (String line : Files.readAllLines(ArchiveFolder.replacedList(archived))) {
                replaced.add(segments.resolve(line));
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

    private void add(Path data, Path path) throws IOException {
        FileChannel channel = FileChannel.open(path);
        String name = data.relativize(path).toString();
        try {
            long modified = Files.getLastModifiedTime(path).toMillis() / 1000;
            files.add(new Opened(name, channel, new TarHeader(name, channel.size(), modified)));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Opens an archived file alone; there is none when it was removed for its age. */
    static HourFiles archived(Path data, Path file) throws IOException {
        HourFiles opened = new HourFiles();
        try {
            opened.add(data, file);
        } catch (NoSuchFileException removed) {
            return opened;
        }
        return opened;
    }

    List<Opened> files() {
        return files;
    }

    @Override
    public void close() throws IOException {
        for (Opened file : files) {
            file.channel.close();
        }
    }
}
