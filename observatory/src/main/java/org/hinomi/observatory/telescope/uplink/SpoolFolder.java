package org.hinomi.observatory.telescope.uplink;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hinomi.observatory.store.DataDirectory;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.web.json.Json;
import org.hinomi.observatory.web.json.JsonException;
import org.hinomi.wire.batch.SensorReport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of a spool, held by one process: {@code segments/} with the minutes, {@code reports/} with how each
 * incarnation was, {@code refused/} with what the tower would not take.
 */
final class SpoolFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpoolFolder.class);
    private static final String JSON = ".json";
    private static final int MOST_REFUSED = 200;

    private final Path folder;
    private final FileChannel channel;

    private SpoolFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Makes the folder if need be and takes it for this process and sensor.
     *
     * @throws StoreException with a sentence when it can't be used
     */
    static SpoolFolder open(Path folder, String sensor) {
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            FileChannel channel =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new StoreException("the spool " + folder
                        + " is in use by another sensor; stop that one, or give this one another with --spool");
            }
            Files.createDirectories(folder.resolve("reports"));
            checkOwner(folder, sensor, channel);
            return new SpoolFolder(folder, channel);
        } catch (IOException e) {
            throw new StoreException(
                    "the spool " + folder + " can't be written (" + DataDirectory.reason(e)
                            + "); give it to this user, or choose another with --spool",
                    e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void checkOwner(Path folder, String sensor, FileChannel channel) throws IOException {
        Path file = folder.resolve("sensor");
        if (!Files.exists(file)) {
            Files.writeString(file, sensor + "\n");
        }
        String owner = Files.readString(file).strip();
        if (!owner.equals(sensor)) {
            channel.close();
            throw new StoreException(
                    "the spool " + folder + " is of sensor '" + owner.replaceAll("[^A-Za-z0-9._-]", "?")
                            + "'; start that one, or give this one another with --spool");
        }
    }

    Path segments() {
        return folder.resolve("segments");
    }

    Path refused() {
        return folder.resolve("refused");
    }

    /** Keeps how an incarnation was; a power cut may leave the one before. */
    void save(String incarnation, SensorReport report) {
        Path file = report(incarnation);
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(unfinished, Json.bytes(report));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.debug("{} can't be written: {}", file, DataDirectory.reason(e));
        }
    }

    Optional<SensorReport> load(String incarnation) {
        try {
            return Optional.of(Json.read(Files.readAllBytes(report(incarnation)), SensorReport.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | JsonException e) {
            LOG.warn("{} is left out: it can't be read", report(incarnation));
            return Optional.empty();
        }
    }

    void forget(String incarnation) {
        try {
            Files.deleteIfExists(report(incarnation));
        } catch (IOException e) {
            LOG.warn("{} can't be removed: {}", report(incarnation), DataDirectory.reason(e));
        }
    }

    /** The incarnations whose reports are kept, oldest first. */
    List<String> incarnations() {
        try (Stream<Path> files = Files.list(folder.resolve("reports"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(JSON))
                    .map(name -> name.substring(0, name.length() - JSON.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new StoreException(folder + " can't be listed: " + DataDirectory.reason(e), e);
        }
    }

    private Path report(String incarnation) {
        return folder.resolve("reports").resolve(incarnation + JSON);
    }

    /** Makes sure that only so many refused parts are kept: the oldest go. */
    void boundRefused() {
        try (Stream<Path> files = Files.list(refused())) {
            List<Path> all = files.sorted().toList();
            for (Path file : all.subList(0, Math.max(0, all.size() - MOST_REFUSED))) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("{} can't be tidied: {}", refused(), DataDirectory.reason(e));
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StoreException("the lock of " + folder + " can't be released: " + e.getMessage(), e);
        }
    }
}
