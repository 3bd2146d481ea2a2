package org.hinomi.observatory.capture;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;
import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.observatory.store.DataDirectory;

/**
 * Writes a classic pcap file (draft-ietf-opsawg-pcap), little-endian. A name that ends in {@code .gz} or {@code .zst}
 * compresses it. The file gets its name only when it is whole: until {@link #finish()} it lies beside it as
 * {@code NAME.part}, and is removed if that never comes.
 */
public final class PcapWriter implements FrameSink, AutoCloseable {
    /** How finely packet times are written. */
    public enum Resolution {
        /** Understood by every program. */
        MICROSECONDS(PcapParser.MICROSECONDS, 1000),
        /** As exact as the times given. */
        NANOSECONDS(PcapParser.NANOSECONDS, 1);

        private final int magic;
        private final long nanos;

        Resolution(int magic, long nanos) {
            this.magic = magic;
            this.nanos = nanos;
        }
    }

    private static final ValueLayout.OfInt WORD = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int SNAP_LENGTH = 262_144;
    private static final int RECORD_HEADER = 16;
    private static final int VERSION = 4 << 16 | 2;
    private static final long NANOS = 1_000_000_000L;
    private static final int BUFFER = 1 << 20;
    private static final int ZSTD_LEVEL = 3;

    private final Path target;
    private final Path part;
    private final OutputStream out;
    private final Resolution resolution;
    private final int linkType;
    private final byte[] buffer = new byte[BUFFER];
    private final MemorySegment bytes = MemorySegment.ofArray(buffer);
    private int filled;
    private long written;
    private boolean finished;

    private PcapWriter(Path target, Path part, OutputStream out, int linkType, Resolution resolution) {
        this.target = target;
        this.part = part;
        this.out = out;
        this.resolution = resolution;
        this.linkType = linkType;
        int[] header = {resolution.magic, VERSION, 0, 0, SNAP_LENGTH, linkType};
        for (int word : header) {
            bytes.set(WORD, filled, word);
            filled += 4;
        }
    }

    /**
     * Begins a file.
     *
     * @param linkType of all its packets
     * @throws CaptureException with a sentence when it can't be written there
     */
    public static PcapWriter create(Path target, int linkType, Resolution resolution) {
        if (Files.isDirectory(target)) {
            throw new CaptureException(target + " is a directory; name a file in it");
        }
        // A device or a pipe must not be replaced by a file.
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            throw new CaptureException(target + " is not an ordinary file; name one that can be replaced");
        }
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            OutputStream file = Files.newOutputStream(part);
            try {
                return new PcapWriter(target, part, compressed(target, file), linkType, resolution);
            } catch (IOException e) {
                file.close();
                throw e;
            }
        } catch (IOException e) {
            throw new CaptureException(target + " can't be written: " + DataDirectory.reason(e));
        }
    }

    private static OutputStream compressed(Path target, OutputStream file) throws IOException {
        String name = target.getFileName().toString();
        if (name.endsWith(".gz")) {
            return new GZIPOutputStream(file, 1 << 16);
        }
        return name.endsWith(".zst") ? new ZstdOutputStream(file, ZSTD_LEVEL) : file;
    }

    /** Writes a packet; its time must be in 1970 to 2106 and its link type the file's. */
    @Override
    public void frame(long nanos, MemorySegment frame, long offset, int captured, int wire, int type) {
        long seconds = Math.floorDiv(nanos, NANOS);
        if (type != linkType || captured > SNAP_LENGTH || seconds < 0 || seconds > 0xffff_ffffL) {
            throw new IllegalArgumentException("a pcap file of link type " + linkType + " can't hold a packet of "
                    + captured + " bytes of link type " + type + " at second " + seconds);
        }
        if (filled + RECORD_HEADER + captured > BUFFER) {
            flush();
        }
        bytes.set(WORD, filled, (int) seconds);
        bytes.set(WORD, filled + 4L, (int) (Math.floorMod(nanos, NANOS) / resolution.nanos));
        bytes.set(WORD, filled + 8L, captured);
        bytes.set(WORD, filled + 12L, wire);
        MemorySegment.copy(frame, offset, bytes, (long) filled + RECORD_HEADER, captured);
        filled += RECORD_HEADER + captured;
    }

    private void flush() {
        try {
            out.write(buffer, 0, filled);
        } catch (IOException e) {
            throw new CaptureException(target + " can't be written: " + DataDirectory.reason(e));
        }
        written += filled;
        filled = 0;
    }

    /** Bytes of the capture so far, before compression. */
    public long bytes() {
        return written + filled;
    }

    /**
     * Ends the file and gives it its name.
     *
     * @throws CaptureException when the last bytes can't be written; then there is no file
     */
    public void finish() {
        flush();
        try {
            out.close();
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            finished = true;
        } catch (IOException e) {
            throw new CaptureException(target + " can't be written: " + DataDirectory.reason(e));
        }
    }

    /** Lets go of the file; one that was not finished is removed. */
    @Override
    public void close() {
        if (finished) {
            return;
        }
        try {
            try {
                out.close();
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(part + " can't be removed", e);
        }
    }
}
