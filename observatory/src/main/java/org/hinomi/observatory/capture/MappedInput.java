package org.hinomi.observatory.capture;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file mapped a window at a time, so that the memory taken does not grow with the file. */
final class MappedInput extends CaptureInput {
    /** Twice the largest record, so that a window which begins with one that is not whole always shows more. */
    private static final long WINDOW = 2L * RecordParser.LARGEST_RECORD;

    private final FileChannel channel;
    private final long size;
    private Piece piece;
    private long from;

    /** A part of the file. */
    private static final class Piece implements AutoCloseable {
        private final Arena arena = Arena.ofShared();
        private final MemorySegment bytes;
        private final long start;

        private Piece(FileChannel channel, long start, long length) throws IOException {
            this.start = start;
            try {
                bytes = channel.map(FileChannel.MapMode.READ_ONLY, start, length, arena);
            } catch (IOException e) {
                arena.close();
                throw e;
            }
        }

        @Override
        public void close() {
            arena.close();
        }
    }

    MappedInput(Path path) throws IOException {
        channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            size = channel.size();
            piece = piece(0);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private Piece piece(long start) throws IOException {
        return new Piece(channel, start, Math.min(WINDOW, size - start));
    }

    @Override
    MemorySegment window() {
        return piece.bytes;
    }

    @Override
    long from() {
        return from;
    }

    @Override
    long to() {
        return piece.bytes.byteSize();
    }

    @Override
    void skip(int bytes) {
        from += bytes;
    }

    @Override
    boolean advance(long used) throws IOException {
        from = used;
        if (piece.start + piece.bytes.byteSize() == size) {
            return false;
        }
        Piece next = piece(piece.start + used);
        piece.close();
        piece = next;
        from = 0;
        return true;
    }

    @Override
    long position(long inWindow) {
        return piece.start + inWindow;
    }

    @Override
    long bytesRead() {
        return piece.start + from;
    }

    @Override
    public void close() throws IOException {
        piece.close();
        channel.close();
    }
}
