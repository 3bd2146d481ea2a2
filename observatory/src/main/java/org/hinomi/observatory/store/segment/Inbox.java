package org.hinomi.observatory.store.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongBiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hinomi.observatory.store.DataDirectory;
import org.hinomi.observatory.store.StoreException;

/**
 * Segments that came from elsewhere and don't count yet: {@code SENSOR/INCARNATION_SEQUENCE_MINUTE.seg}. They are forced
 * to disk here; then the caller notes durably up to which sequence it took them; then they move into the log. A process
 * that ends in between finishes by {@link #settle}: what was noted counts, the rest comes again. One writer a sensor.
 */
public final class Inbox {
    private static final Pattern FILE = Pattern.compile("([0-9a-f-]{1,64})_([0-9]{1,9})_([0-9]{1,18})\\.seg");

    private final Path folder;
    private final SegmentLog log;

    /** An inbox of a log, on the same file system. */
    public Inbox(Path folder, SegmentLog log) {
        this.folder = folder;
        this.log = log;
    }

    private record Waiting(Path file, String sensor, String incarnation, long sequence, long minute) {}

    private Optional<Waiting> waiting(Path file) {
        Matcher name = FILE.matcher(file.getFileName().toString());
        return name.matches()
                ? Optional.of(new Waiting(
                        file,
                        folder.relativize(file).getName(0).toString(),
                        name.group(1),
                        Long.parseLong(name.group(2)),
                        Long.parseLong(name.group(3))))
                : Optional.empty();
    }

    /**
     * Writes a segment; it is on disk after {@link #force}. One that is there already is replaced.
     *
     * @throws StoreException when it can't be written
     */
    public void put(String sensor, String incarnation, long sequence, SegmentBuilder segment) {
        Path file = folder.resolve(sensor).resolve(incarnation + "_" + sequence + "_" + segment.minute() + ".seg");
        try {
            Files.createDirectories(folder.resolve(sensor));
            ByteBuffer bytes = segment.bytes();
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** Makes the names of a sensor's segments durable, too. */
    public void force(String sensor) {
        Path of = folder.resolve(sensor);
        try (FileChannel directory = FileChannel.open(of, StandardOpenOption.READ)) {
            directory.force(true);
        } catch (IOException e) {
            throw failure(of, e);
        }
    }

    private static StoreException failure(Path file, IOException e) {
        return new StoreException(
                "a minute of another place can't be written to " + file + " (" + DataDirectory.reason(e)
                        + "); make room or mend the disk: its sensor keeps it until then",
                e);
    }

    /** Moves the segments of an incarnation up to a sequence into the log, and tells what they are called there. */
    public List<SegmentName> accept(String sensor, String incarnation, long upTo) {
        return settle(sensor, incarnation::equals, waiting -> waiting.sequence <= upTo, false);
    }

    /**
     * Finishes what an earlier process left.
     *
     * @param taken up to which sequence the segments of a sensor's incarnation were noted
     */
    public void settle(ToLongBiFunction<String, String> taken) {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> sensors = Files.list(folder)) {
                for (Path sensor : sensors.filter(Files::isDirectory).toList()) {
                    settle(
                            sensor.getFileName().toString(),
                            incarnation -> true,
                            waiting -> waiting.sequence <= taken.applyAsLong(waiting.sensor, waiting.incarnation),
                            true);
                }
            } catch (IOException e) {
                throw failure(folder, e);
            }
        }
    }

    private List<SegmentName> settle(
            String sensor,
            java.util.function.Predicate<String> incarnations,
            java.util.function.Predicate<Waiting> counts,
            boolean removeOthers) {
        List<SegmentName> taken = new ArrayList<>();
        Path of = folder.resolve(sensor);
        if (!Files.isDirectory(of)) {
            return taken;
        }
        try (Stream<Path> files = Files.list(of)) {
            List<Waiting> all = files.flatMap(file -> waiting(file).stream())
                    .filter(waiting -> incarnations.test(waiting.incarnation))
                    .sorted(Comparator.comparing(Waiting::incarnation).thenComparingLong(Waiting::sequence))
                    .toList();
            for (Waiting waiting : all) {
                if (counts.test(waiting)) {
                    taken.add(log.adopt(waiting.file, sensor, waiting.minute));
                } else if (removeOthers) {
                    Files.deleteIfExists(waiting.file);
                }
            }
            return taken;
        } catch (IOException e) {
            throw failure(of, e);
        }
    }
}
