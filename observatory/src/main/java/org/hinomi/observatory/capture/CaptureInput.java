package org.hinomi.observatory.capture;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The bytes of a capture as windows that move forward: a plain file is mapped piece by piece; a compressed file, a
 * pipe or the standard input is read through a buffer.
 */
abstract sealed class CaptureInput implements AutoCloseable permits MappedInput, StreamInput {
    /** The name that stands for the standard input. */
    static final String STANDARD_INPUT = "-";

    /** The bytes that are there now. */
    abstract MemorySegment window();

    /** Where the bytes not used yet begin in the window. */
    abstract long from();

    /** Where the bytes that are there end in the window. */
    abstract long to();

    /** Passes over bytes that are there. */
    abstract void skip(int bytes);

    /** Drops what is before an offset of the window and brings more; false when there is no more. */
    abstract boolean advance(long used) throws IOException;

    /** The offset in the uncompressed capture of an offset in the window. */
    abstract long position(long inWindow);

    /** How many bytes of the file were taken so far, and how many it has; equal parts of progress. */
    abstract long bytesRead();

    @Override
    public abstract void close() throws IOException;

    /**
     * Opens a capture.
     *
     * @throws CaptureException when there is nothing to read
     * @throws IOException when reading fails
     */
    static CaptureInput open(String name) throws IOException {
        if (name.equals(STANDARD_INPUT)) {
            return compressedOrPlain(System.in);
        }
        Path path = path(name);
        if (Files.isDirectory(path)) {
            throw new CaptureException(name + " is a directory; name the capture files in it");
        }
        if (!Files.exists(path)) {
            throw new CaptureException(name + " does not exist");
        }
        if (!Files.isReadable(path)) {
            throw new CaptureException(name + " can't be read: no permission");
        }
        if (!Files.isRegularFile(path)) {
            return compressedOrPlain(Files.newInputStream(path));
        }
        if (Files.size(path) == 0) {
            throw new CaptureException(name + " is empty");
        }
        MappedInput mapped = new MappedInput(path);
        Magic magic = Magic.of(mapped.window());
        if (magic == Magic.GZIP || magic == Magic.ZSTANDARD) {
            mapped.close();
            return compressedOrPlain(Files.newInputStream(path));
        }
        return mapped;
    }

    private static Path path(String name) {
        try {
            if (!name.isBlank()) {
                return Path.of(name);
            }
        } catch (InvalidPathException e) {
            throw new CaptureException("'" + name + "' is not the name of a file: " + e.getReason());
        }
        throw new CaptureException("the name of a capture is empty; name a file, or - for the standard input");
    }

    private static CaptureInput compressedOrPlain(InputStream raw) throws IOException {
        CountingInputStream counted = new CountingInputStream(raw);
        BufferedInputStream buffered = new BufferedInputStream(counted, 1 << 16);
        buffered.mark(4);
        byte[] start = buffered.readNBytes(4);
        buffered.reset();
        try {
            InputStream plain = switch (Magic.of(MemorySegment.ofArray(start))) {
                case GZIP -> new GZIPInputStream(buffered, 1 << 16);
                case ZSTANDARD -> new ZstdInputStream(buffered).setContinuous(false);
                case AVRO, OTHER -> buffered;
            };
            return StreamInput.open(plain, counted);
        } catch (IOException e) {
            buffered.close();
            throw e;
        }
    }
}
