package org.hinomi.observatory.web;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.hinomi.observatory.web.stream.Hub;
import org.hinomi.observatory.web.stream.Reader;

/** Writes live events to readers (text/event-stream of the WHATWG), each on its request's virtual thread. */
final class EventStream implements AutoCloseable {
    private static final byte[] HEARTBEAT = {':', '\n', '\n'};

    private final Duration heartbeat;
    private final Set<Reader> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    EventStream(Duration heartbeat) {
        this.heartbeat = heartbeat;
    }

    /** Takes a place in the hub, or refuses. */
    Reader join(Hub hub) {
        Reader reader = hub.join()
                .orElseThrow(() -> Problem.unavailable("All places for live readers are taken; try again in a minute.")
                        .named("readers-full"));
        open.add(reader);
        if (closed) {
            reader.close();
        }
        return reader;
    }

    /**
     * Writes until the reader leaves, may no longer read, or the server closes. A comment at every heartbeat finds out
     * whether somebody is still there.
     */
    void write(Reader reader, OutputStream out, BooleanSupplier mayStillRead) throws IOException {
        try {
            long beat = System.nanoTime();
            while (true) {
                Duration wait = heartbeat.minusNanos(System.nanoTime() - beat);
                Optional<List<byte[]>> frames = reader.next(wait.isNegative() ? Duration.ZERO : wait);
                if (frames.isEmpty()) {
                    return;
                }
                for (byte[] frame : frames.get()) {
                    out.write(frame);
                }
                if (System.nanoTime() - beat >= heartbeat.toNanos()) {
                    if (!mayStillRead.getAsBoolean()) {
                        return;
                    }
                    out.write(HEARTBEAT);
                    beat = System.nanoTime();
                }
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(reader);
        }
    }

    /** Lets every reader go. */
    @Override
    public void close() {
        closed = true;
        open.forEach(Reader::close);
    }
}
