package org.hinomi.observatory.telescope.sensor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.observatory.capture.CaptureException;
import org.hinomi.observatory.capture.CaptureFeed;
import org.hinomi.observatory.store.DataDirectory;
import org.jspecify.annotations.Nullable;

/**
 * Takes a capture from another program as it is written: from the standard input, which ends, or from a named pipe,
 * which one writer after the other may open. A thread of its own reads, because a read from a pipe can't be stopped.
 */
public final class PipeSource implements PacketSource {
    private static final String STANDARD_INPUT = "-";
    private static final int CHUNK = 1 << 16;
    private static final int CHUNKS = 64;
    private static final long WAIT_MILLIS = 100;
    private static final long SECOND = 1_000_000_000L;

    private final String name;
    private final InstantSource clock;
    private final BlockingQueue<Chunk> queue = new ArrayBlockingQueue<>(CHUNKS);
    private @Nullable Thread pump;
    private @Nullable CaptureFeed feed;
    private @Nullable String spoiled;
    private volatile long damaged;

    /** Bytes that came; none means that the writer has ended. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Chunk(byte[] bytes, int length) {
        static final Chunk END = new Chunk(new byte[0], -1);
    }

    /**
     * A source that is not open yet.
     *
     * @param name a named pipe, or {@code -} for the standard input
     */
    public PipeSource(String name, InstantSource clock) {
        this.name = name;
        this.clock = clock;
    }

    private boolean standardInput() {
        return name.equals(STANDARD_INPUT);
    }

    private String called() {
        return standardInput() ? "the standard input" : name;
    }

    @Override
    public void open() {
        if (standardInput()) {
            return;
        }
        Path path = Path.of(name);
        if (!Files.exists(path)) {
            throw new SourceException(name + " does not exist; 'mkfifo " + name + "' makes a named pipe");
        }
        if (Files.isRegularFile(path) || Files.isDirectory(path)) {
            throw new SourceException(name + " is not a pipe; captures in files are taken by --replay or --directory");
        }
        if (!Files.isReadable(path)) {
            throw new SourceException(name + " can't be read: no permission");
        }
    }

    private void pump() {
        try {
            do {
                try (InputStream in = standardInput() ? System.in : Files.newInputStream(Path.of(name))) {
                    byte[] bytes = new byte[CHUNK];
                    for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                        queue.put(new Chunk(bytes, length));
                        bytes = new byte[CHUNK];
                    }
                }
                queue.put(Chunk.END);
            } while (!standardInput());
        } catch (IOException e) {
            queue.offer(new Chunk(DataDirectory.reason(e).getBytes(java.nio.charset.StandardCharsets.UTF_8), -2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run(FrameSink sink, LongConsumer quiet) {
        if (pump == null) {
            pump = Thread.ofPlatform().name("pipe " + name).daemon().start(this::pump);
        }
        if (standardInput() && spoiled != null) {
            throw new SourceException(spoiled);
        }
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Chunk chunk = queue.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
                if (chunk == null) {
                    quiet.accept(now());
                } else if (chunk.length == -2) {
                    pump = null;
                    throw new SourceException(called() + " can't be read: "
                            + new String(chunk.bytes, java.nio.charset.StandardCharsets.UTF_8));
                } else if (chunk.length < 0) {
                    feed = null;
                    spoiled = null;
                    if (standardInput()) {
                        return;
                    }
                } else if (spoiled == null) {
                    take(chunk, sink);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes bytes; after some that are no capture nothing is taken until the next writer begins. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void take(Chunk chunk, FrameSink sink) {
        CaptureFeed into = feed == null ? new CaptureFeed(called()) : feed;
        feed = into;
        String why = null;
        try {
            into.take(chunk.bytes, chunk.length, sink);
            why = into.damage()
                    .map(damage -> called() + ": " + damage + "; start its writer again")
                    .orElse(null);
        } catch (CaptureException e) {
            why = e.getMessage();
        }
        if (why != null) {
            damaged++;
            spoiled = why;
            throw new SourceException(why);
        }
    }

    private long now() {
        Instant now = clock.instant();
        return now.getEpochSecond() * SECOND + now.getNano();
    }

    @Override
    public void close() {
        Thread reading = pump;
        if (reading != null) {
            reading.interrupt();
        }
    }

    @Override
    public long dropped() {
        return 0;
    }

    @Override
    public boolean waits() {
        return false;
    }

    @Override
    public SourceFigures figures() {
        return new SourceFigures(0, 0, damaged, Optional.empty(), Optional.empty());
    }
}
