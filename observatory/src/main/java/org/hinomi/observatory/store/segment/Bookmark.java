package org.hinomi.observatory.store.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a sensor's source wants to know again after a crash, and the segments that became valid with it. The file is
 * replaced as a whole: in it a segment and the place of the source behind it are one.
 *
 * @param segments paths below the log's folder
 * @param place what the source wrote
 */
@SuppressWarnings("ArrayRecordComponent")
public record Bookmark(List<String> segments, byte[] place) {
    /** The name of a sensor's file, in its folder. */
    public static final String FILE = "bookmark";

    /** The largest file, bytes. */
    public static final int LARGEST = 64 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Bookmark.class);

    /** Reads a sensor's; one that is damaged is none, and the log says so. */
    static Optional<Bookmark> read(Path sensor) throws IOException {
        Path file = sensor.resolve(FILE);
        try {
            if (Files.size(file) > LARGEST) {
                throw new IOException(file + " is too large");
            }
            Optional<Bookmark> read = of(Files.readAllBytes(file));
            if (read.isPresent()) {
                return read;
            }
            LOG.warn("{} is damaged and left out: the sensor's files are taken from the beginning", file);
        } catch (NoSuchFileException e) {
            LOG.debug("{} is not there yet", file);
        }
        return Optional.empty();
    }

    /** What a file's bytes say; empty when they are damaged. */
    public static Optional<Bookmark> of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < 8 || in.getInt() != checksum(bytes)) {
            return Optional.empty();
        }
        int names = in.getInt();
        if (names < 0 || names > in.remaining()) {
            return Optional.empty();
        }
        String list = new String(bytes, 8, names, StandardCharsets.UTF_8);
        return Optional.of(new Bookmark(list.lines().toList(), Arrays.copyOfRange(bytes, 8 + names, bytes.length)));
    }

    private static int checksum(byte[] bytes) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 4, bytes.length - 4);
        return (int) sum.getValue();
    }

    /** Replaces a sensor's, and returns when it is on disk. */
    void write(Path sensor) throws IOException {
        byte[] names = String.join("\n", segments).getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(8 + names.length + place.length).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0).putInt(names.length).put(names).put(place);
        out.putInt(0, checksum(out.array())).flip();
        Files.createDirectories(sensor);
        Path unfinished = sensor.resolve(FILE + SegmentLog.UNFINISHED);
        DurableFile.write(unfinished, out);
        Files.move(unfinished, sensor.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(sensor, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
