package org.hinomi.observatory.capture;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.hinomi.kernel.packet.FrameSink;
import org.jspecify.annotations.Nullable;

/** A capture file that may still grow: it can be read on whenever there is more. Compressed ones must be whole. */
public final class FollowedCapture implements AutoCloseable {
    private final Path path;
    private final @Nullable Object key;
    private final boolean compressed;
    private final InputStream stream;
    private final CaptureFeed feed;

    private FollowedCapture(Path path, boolean compressed, InputStream stream) throws IOException {
        this.path = path;
        this.key = key(path);
        this.compressed = compressed;
        this.stream = stream;
        this.feed = new CaptureFeed(String.valueOf(path.getFileName()));
    }

    private static @Nullable Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    /** Whether another file has its name now, or none: what was opened is whole, and does not change any more. */
    public boolean replaced() {
        try {
            return !Objects.equals(key, key(path));
        } catch (IOException e) {
            return true;
        }
    }

    /** Opens a file. */
    public static FollowedCapture open(Path path) throws IOException {
        Magic magic = magic(path);
        InputStream raw = Files.newInputStream(path);
        try {
            return switch (magic) {
                case GZIP -> new FollowedCapture(path, true, new GZIPInputStream(raw, 1 << 16));
                case ZSTANDARD -> new FollowedCapture(path, true, new ZstdInputStream(raw).setContinuous(false));
                case AVRO, OTHER -> new FollowedCapture(path, false, raw);
            };
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** Whether a file is compressed, by its first bytes. */
    public static boolean isCompressed(Path path) throws IOException {
        Magic magic = magic(path);
        return magic == Magic.GZIP || magic == Magic.ZSTANDARD;
    }

    private static Magic magic(Path path) throws IOException {
        try (InputStream start = Files.newInputStream(path)) {
            return Magic.of(MemorySegment.ofArray(start.readNBytes(4)));
        }
    }

    /**
     * Reads some of what is there and gives each packet that is whole to a sink.
     *
     * @return false when there is no more now
     * @throws IOException when it can't be read, or is compressed and not whole
     * @throws CaptureException when it is not a capture
     */
    public boolean read(FrameSink sink) throws IOException {
        return feed.take(stream::read, sink);
    }

    /** Whether the file is compressed. */
    public boolean compressed() {
        return compressed;
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** Whether the end of what was read is in the middle of a record. */
    public boolean waits() {
        return feed.waits();
    }

    /** What is wrong with the record where reading stopped for good; empty while there is nothing wrong. */
    public Optional<String> damage() {
        return feed.damage();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
