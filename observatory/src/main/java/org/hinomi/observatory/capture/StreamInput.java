package org.hinomi.observatory.capture;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/** A stream read through a buffer outside the heap, which grows until it holds the largest record twice. */
final class StreamInput extends CaptureInput {
    private static final int CHUNK = 1 << 18;
    private static final long FIRST_SIZE = 1 << 20;
    private static final long MOST = 2L * RecordParser.LARGEST_RECORD;

    private final InputStream stream;
    private final CountingInputStream counted;
    private Arena arena = Arena.ofShared();
    private MemorySegment buffer = arena.allocate(FIRST_SIZE, 8);
    private final byte[] chunk = new byte[CHUNK];
    private @Nullable IOException failure;
    private long dropped;
    private long from;
    private long to;

    private StreamInput(InputStream stream, CountingInputStream counted) {
        this.stream = stream;
        this.counted = counted;
    }

    /** Takes a stream over and reads its beginning; it is closed when that fails. */
    static StreamInput open(InputStream stream, CountingInputStream counted) throws IOException {
        StreamInput input = new StreamInput(stream, counted);
        try {
            input.fill();
            return input;
        } catch (IOException e) {
            input.close();
            throw e;
        }
    }

    @Override
    MemorySegment window() {
        return buffer;
    }

    @Override
    long from() {
        return from;
    }

    @Override
    long to() {
        return to;
    }

    @Override
    void skip(int bytes) {
        from += bytes;
    }

    @Override
    boolean advance(long used) throws IOException {
        from = used;
        if (from > buffer.byteSize() / 2) {
            MemorySegment.copy(buffer, from, buffer, 0, to - from);
            dropped += from;
            to -= from;
            from = 0;
        }
        if (buffer.byteSize() - to < CHUNK && buffer.byteSize() < MOST) {
            grow();
        }
        return fill();
    }

    @SuppressWarnings("MustBeClosedChecker") // It takes the place of the field, which close() closes.
    private void grow() {
        Arena next = Arena.ofShared();
        MemorySegment larger = next.allocate(buffer.byteSize() * 2, 8);
        MemorySegment.copy(buffer, from, larger, from, to - from);
        arena.close();
        arena = next;
        buffer = larger;
    }

    /** Reads more; what came before a failure is used first, the failure is thrown at the next call. */
    private boolean fill() throws IOException {
        if (failure != null) {
            throw failure;
        }
        int wanted = (int) Math.min(CHUNK, buffer.byteSize() - to);
        int read = 0;
        try {
            for (int more = 0; more >= 0 && read < wanted; read += Math.max(more, 0)) {
                more = stream.read(chunk, read, wanted - read);
            }
        } catch (IOException e) {
            if (read == 0) {
                throw e;
            }
            failure = e;
        }
        MemorySegment.copy(chunk, 0, buffer, ValueLayout.JAVA_BYTE, to, read);
        to += read;
        return read > 0;
    }

    @Override
    long position(long inWindow) {
        return dropped + inWindow;
    }

    @Override
    long bytesRead() {
        return counted.count();
    }

    @Override
    public void close() throws IOException {
        try {
            stream.close();
        } finally {
            arena.close();
        }
    }
}
