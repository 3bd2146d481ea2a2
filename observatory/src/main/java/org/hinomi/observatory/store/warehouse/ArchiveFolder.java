package org.hinomi.observatory.store.warehouse;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hinomi.observatory.store.DataDirectory;
import org.hinomi.observatory.store.StoreException;

/**
 * The Parquet files of closed hours: {@code SENSOR/HOUR-NUMBER.parquet}. Until the segments that a file replaces are
 * removed, a list of them lies beside it, so that an interrupted archiving is finished at the next start and no tuple
 * counts twice.
 */
public final class ArchiveFolder {
    private static final Pattern FILE = Pattern.compile("(-?[0-9]{1,18})-[0-9]{1,9}\\.parquet");
    private static final String REPLACED = ".segments";
    private static final String UNFINISHED = ".part";

    private final Path folder;

    ArchiveFolder(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /**
     * An archived file.
     *
     * @param name its path below the folder
     * @param hour start of its hour, seconds since 1970-01-01 UTC
     */
    public record Hour(String name, String sensor, long hour) {}

    /** The file of a name. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    String name(Path file) {
        return folder.relativize(file).toString();
    }

    Path next(String sensor, long hour) throws IOException {
        Path sensors = folder.resolve(sensor);
        Files.createDirectories(sensors);
        int number = 0;
        while (Files.exists(sensors.resolve(hour + "-" + number + ".parquet"))) {
            number++;
        }
        return sensors.resolve(hour + "-" + number + ".parquet");
    }

    Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + UNFINISHED);
    }

    void finish(Path file, Path unfinished, List<String> segments) throws IOException {
        Path list = replacedList(file);
        Files.write(list, segments);
        force(list, StandardOpenOption.WRITE);
        force(unfinished, StandardOpenOption.WRITE);
        Path sensor = Objects.requireNonNull(file.getParent());
        force(sensor, StandardOpenOption.READ);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        force(sensor, StandardOpenOption.READ);
    }

    private static void force(Path file, StandardOpenOption how) throws IOException {
        try (FileChannel channel = FileChannel.open(file, how)) {
            channel.force(true);
        }
    }

    /** Where the list of the segments that a file replaces lies, while there may be some. */
    public static Path replacedList(Path file) {
        return file.resolveSibling(file.getFileName() + REPLACED);
    }

    /** The segments that a file replaces and that may still be there. */
    public List<String> replaced(Path file) {
        try {
            Path list = replacedList(file);
            return Files.exists(list) ? Files.readAllLines(list) : List.of();
        } catch (IOException e) {
            throw new StoreException(file + " can't be settled: " + DataDirectory.reason(e), e);
        }
    }

    /** The segments that a file replaces are removed. */
    public void settled(Path file) {
        try {
            Files.deleteIfExists(replacedList(file));
        } catch (IOException e) {
            throw new StoreException(file + " can't be settled: " + DataDirectory.reason(e), e);
        }
    }

    /** All archived files; what an interrupted write left is removed. */
    public List<Hour> hours() {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            List<Path> regular = files.filter(Files::isRegularFile).toList();
            for (Path file : regular) {
                if (file.toString().endsWith(UNFINISHED)) {
                    Files.deleteIfExists(file);
                }
            }
            return regular.stream()
                    .flatMap(file -> hour(folder.relativize(file)).stream())
                    .toList();
        } catch (IOException e) {
            throw new StoreException(folder + " can't be listed: " + DataDirectory.reason(e), e);
        }
    }

    /** The hour that a path below such a folder names; empty for other files. */
    public static Optional<Hour> hour(Path relative) {
        Matcher name = FILE.matcher(relative.getFileName().toString());
        return relative.getNameCount() == 2 && name.matches()
                ? Optional.of(
                        new Hour(relative.toString(), relative.getName(0).toString(), Long.parseLong(name.group(1))))
                : Optional.empty();
    }

    /** Removes a file. */
    public void delete(String name) {
        try {
            Path file = file(name);
            Files.deleteIfExists(file);
            Files.deleteIfExists(replacedList(file));
        } catch (IOException e) {
            throw new StoreException(folder + " can't be cleaned: " + DataDirectory.reason(e), e);
        }
    }
}
