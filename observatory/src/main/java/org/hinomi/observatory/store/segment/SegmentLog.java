package org.hinomi.observatory.store.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.observatory.store.DataDirectory;
import org.hinomi.observatory.store.StoreException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The minute segments of all sensors. A segment is written whole under another name, forced to disk, and then given its
 * name: after a crash it is there or it is not, and once {@link #write} returns it stays. One writer a sensor.
 */
public final class SegmentLog {
    private static final Logger LOG = LoggerFactory.getLogger(SegmentLog.class);
    private static final int ROWS = 1 << 19;
    static final String UNFINISHED = ".part";

    /** What a segment's file is called besides while its bookmark is not written. */
    private static final String HELD = ".held";

    private final Path folder;
    private volatile @Nullable SegmentWatcher watcher;

    /** The log in a folder, which is made if need be; unfinished writes of an earlier process are removed. */
    public SegmentLog(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            for (Path file : files()) {
                if (file.toString().endsWith(UNFINISHED)) {
                    Files.deleteIfExists(file);
                }
            }
            finishHeld();
        } catch (IOException e) {
            throw new StoreException(folder + " can't be used: " + DataDirectory.reason(e), e);
        }
    }

    /** Makes held segments valid whose bookmark was written, and removes the others. */
    private void finishHeld() throws IOException {
        try (Stream<Path> sensors = Files.list(folder)) {
            for (Path sensor : sensors.filter(Files::isDirectory).toList()) {
                release(Bookmark.read(sensor).map(Bookmark::segments).orElse(List.of()));
            }
        }
        for (Path file : files()) {
            if (file.toString().endsWith(HELD)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void release(List<String> segments) throws IOException {
        for (String segment : segments) {
            Path target = folder.resolve(segment).normalize();
            Path held = held(target);
            if (target.startsWith(folder.normalize()) && Files.exists(held)) {
                Files.move(held, target, StandardCopyOption.ATOMIC_MOVE);
                DurableFile.forceFolder(target);
            }
        }
    }

    /** Where a segment lies until its bookmark is written, and perhaps a moment longer. */
    public static Path held(Path segment) {
        return segment.resolveSibling(segment.getFileName() + HELD);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(folder, 3)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /**
     * Writes the tuples of a closed minute or part of it, and returns when they are on disk.
     *
     * @throws StoreException when they can't be written
     */
    public List<SegmentName> write(String sensor, FlowBatch batch) {
        return told(write(sensor, batch, ""));
    }

    /**
     * Writes the same together with the place of its source behind it: after a crash both are there or neither is.
     *
     * @throws StoreException when they can't be written
     */
    public List<SegmentName> write(String sensor, FlowBatch batch, byte[] place) {
        List<SegmentName> written = write(sensor, batch, HELD);
        mark(sensor, written, place);
        return told(written);
    }

    /** Notes the place of a sensor's source when there is no segment to go with it. */
    public void mark(String sensor, byte[] place) {
        mark(sensor, List.of(), place);
    }

    private void mark(String sensor, List<SegmentName> segments, byte[] place) {
        try {
            List<String> names = segments.stream().map(SegmentName::toString).toList();
            new Bookmark(names, place).write(folder.resolve(sensor));
            release(names);
        } catch (IOException e) {
            throw new StoreException(
                    "how far the files of sensor " + sensor + " are taken can't be noted in " + folder.resolve(sensor)
                            + " (" + DataDirectory.reason(e) + "); make room or mend the disk: nothing stored is lost",
                    e);
        }
    }

    /** The place of a sensor's source behind its last segment. */
    public Optional<byte[]> place(String sensor) {
        try {
            return Bookmark.read(folder.resolve(sensor)).map(Bookmark::place);
        } catch (IOException e) {
            throw new StoreException(folder.resolve(sensor) + " can't be read: " + DataDirectory.reason(e), e);
        }
    }

    private List<SegmentName> write(String sensor, FlowBatch batch, String suffix) {
        List<SegmentName> written = new ArrayList<>();
        int part = -1;
        for (int from = 0; from < batch.size(); from += ROWS) {
            SegmentName name = next(sensor, batch.time(), part + 1);
            write(name, suffix, SegmentCodec.encode(batch, from, Math.min(ROWS, batch.size() - from)));
            written.add(name);
            part = name.part();
        }
        return written;
    }

    /** Lets somebody follow what is written from now on. */
    public void watch(SegmentWatcher follower) {
        watcher = follower;
    }

    /** Whether somebody has still to read segments of an hour, so that they must not be removed. */
    public boolean needed(String sensor, long hour) {
        SegmentWatcher follower = watcher;
        return follower != null && follower.needs(sensor, hour);
    }

    /** Removes all segments of a sensor. */
    public void drop(String sensor) {
        delete(all().stream().filter(name -> name.sensor().equals(sensor)).toList());
        SegmentWatcher follower = watcher;
        if (follower != null) {
            follower.dropped(sensor);
        }
    }

    private List<SegmentName> told(List<SegmentName> written) {
        SegmentWatcher follower = watcher;
        if (follower != null) {
            written.forEach(follower::written);
        }
        return written;
    }

    /**
     * Writes a part of a minute under a name of its own, and returns when it is on disk.
     *
     * @param name of a part that is not there yet
     * @return the bytes it takes
     * @throws StoreException when it can't be written
     */
    public long write(SegmentName name, FlowBatch batch, int from, int rows) {
        ByteBuffer bytes = SegmentCodec.encode(batch, from, rows);
        long size = bytes.remaining();
        write(name, "", bytes);
        return size;
    }

    /** Takes a complete segment that lies elsewhere on the same file system as the next part of its minute. */
    SegmentName adopt(Path file, String sensor, long minute) throws IOException {
        SegmentName name = next(sensor, minute, 0);
        Path target = path(name);
        Files.createDirectories(target.toAbsolutePath().getParent());
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        told(List.of(name));
        return name;
    }

    /** The bytes that a segment takes on disk; 0 when it is gone. */
    public long size(SegmentName name) {
        return path(name).toFile().length();
    }

    /** Moves a segment out of the log to another folder of the same file system. */
    public void move(SegmentName name, Path target) throws IOException {
        Files.createDirectories(target.toAbsolutePath().getParent());
        Files.move(path(name), target, StandardCopyOption.ATOMIC_MOVE);
        delete(List.of(name));
    }

    private SegmentName next(String sensor, long minute, int least) {
        int part = least;
        while (Files.exists(path(new SegmentName(sensor, minute, part)))) {
            part++;
        }
        return new SegmentName(sensor, minute, part);
    }

    private void write(SegmentName name, String suffix, ByteBuffer bytes) {
        Path target = path(name);
        Path unfinished = target.resolveSibling(target.getFileName() + UNFINISHED);
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            DurableFile.write(unfinished, bytes);
            Files.move(
                    unfinished, target.resolveSibling(target.getFileName() + suffix), StandardCopyOption.ATOMIC_MOVE);
            DurableFile.forceFolder(target);
        } catch (IOException e) {
            unfinished.toFile().delete(); // on a full disk it would only be in the way
            throw new StoreException(
                    "a minute of sensor " + name.sensor() + " can't be written to " + target + " ("
                            + DataDirectory.reason(e) + "); make room or mend the disk: nothing stored is lost",
                    e);
        }
    }

    /** Reads a segment; one that is gone or damaged is empty, and the log says why. */
    public Optional<Segment> read(SegmentName name) {
        Path path = path(name);
        try {
            return Optional.of(new Segment(name, SegmentCodec.decode(Files.readAllBytes(path))));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (DamagedSegment e) {
            LOG.warn("{} is left out: {}", path, e.why());
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreException(path + " can't be read: " + DataDirectory.reason(e), e);
        }
    }

    /** All segments, oldest minute first. */
    public List<SegmentName> all() {
        try {
            return files().stream()
                    .flatMap(file -> SegmentName.of(folder.relativize(file)).stream())
                    .sorted(Comparator.comparingLong(SegmentName::minute)
                            .thenComparing(SegmentName::sensor)
                            .thenComparingInt(SegmentName::part))
                    .toList();
        } catch (IOException e) {
            throw new StoreException(folder + " can't be listed: " + DataDirectory.reason(e), e);
        }
    }

    /** Removes segments whose tuples are archived or too old. */
    public void delete(List<SegmentName> names) {
        for (SegmentName name : names) {
            try {
                Path path = path(name);
                Files.deleteIfExists(path);
                Path hour = path.toAbsolutePath().getParent();
                try (Stream<Path> left = Files.list(hour)) {
                    if (left.findAny().isEmpty()) {
                        Files.deleteIfExists(hour);
                    }
                }
            } catch (NoSuchFileException e) {
                LOG.debug("{} is gone already", name);
            } catch (IOException e) {
                LOG.warn("{} can't be removed: {}", name, DataDirectory.reason(e));
            }
        }
    }

    private Path path(SegmentName name) {
        return folder.resolve(name.path());
    }
}
