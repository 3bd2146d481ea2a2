package org.hinomi.observatory.capture;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A stream read through a buffer outside the heap, which holds the largest record twice. */
final class StreamInput extends CaptureInput {
    private static final int CHUNK = 1 << 18;
    private static final long SIZE = 2L * RecordParser.LARGEST_RECORD;

    private final InputStream stream;
    private final CountingInputStream counted;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment buffer = arena.allocate(SIZE, 8);
    private final byte[] chunk = new byte[CHUNK];
    private long dropped;
    private long from;
    private long to;

    StreamInput(InputStream stream, CountingInputStream counted) throws IOException {
        this.stream = stream;
        this.counted = counted;
        fill();
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
    boolean advance(long used) throws IOException {
        from = used;
        if (from > SIZE / 2) {
            MemorySegment.copy(buffer, from, buffer, 0, to - from);
            dropped += from;
            to -= from;
            from = 0;
        }
        return fill();
    }

    private boolean fill() throws IOException {
        int wanted = (int) Math.min(CHUNK, SIZE - to);
        int read = wanted == 0 ? -1 : stream.readNBytes(chunk, 0, wanted);
        if (read <= 0) {
            return false;
        }
        MemorySegment.copy(chunk, 0, buffer, ValueLayout.JAVA_BYTE, to, read);
        to += read;
        return true;
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
        stream.close();
        arena.close();
    }
}
