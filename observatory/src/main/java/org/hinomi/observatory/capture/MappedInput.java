package org.hinomi.observatory.capture;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file mapped whole, given out in steps so that progress can be told. */
final class MappedInput extends CaptureInput {
    private static final long STEP = 32L << 20;

    private final Arena arena = Arena.ofShared();
    private final MemorySegment mapped;
    private long from;
    private long to;

    MappedInput(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
        }
        to = Math.min(STEP, mapped.byteSize());
    }

    @Override
    MemorySegment window() {
        return mapped;
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
    boolean advance(long used) {
        from = used;
        if (to == mapped.byteSize()) {
            return false;
        }
        to = Math.min(to + STEP, mapped.byteSize());
        return true;
    }

    @Override
    long position(long inWindow) {
        return inWindow;
    }

    @Override
    long bytesRead() {
        return from;
    }

    @Override
    public void close() {
        arena.close();
    }
}
