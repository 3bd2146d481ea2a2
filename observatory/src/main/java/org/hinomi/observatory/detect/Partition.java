package org.hinomi.observatory.detect;

import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hinomi.kernel.detect.Detection;
import org.hinomi.kernel.detect.Detector;
import org.hinomi.kernel.detect.KeyState;
import org.hinomi.kernel.detect.KeyedEngine;
import org.hinomi.kernel.detect.Reference;
import org.hinomi.kernel.flow.FlowBlock;
import org.hinomi.kernel.flow.FlowRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A detector on the keys of one hash partition, on a thread of its own. Work waits in a bounded queue; who brings more
 * waits too, nothing is dropped.
 *
 * @param <S> the state of a key
 */
final class Partition<S extends KeyState> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Partition.class);
    private static final int QUEUE = 8;
    private static final long LONGEST_END_SECONDS = 10;

    private final KeyedEngine<S> engine;
    private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Thread thread;
    private final FlowRow row = new FlowRow();
    private boolean closing;
    private volatile long mistakes;

    Partition(
            Detector<S> detector,
            Reference reference,
            KeyedEngine.Bounds bounds,
            int number,
            Consumer<Detection> detections) {
        this.engine = new KeyedEngine<>(detector, reference, bounds, detections);
        this.thread = Thread.ofPlatform()
                .name("detect " + detector.declaration().id() + " " + number)
                .daemon()
                .unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    /** Takes up a snapshot; before the start. */
    void read(DataInput in) throws IOException {
        engine.read(in);
    }

    /** Brings a whole minute of a stream. */
    void minute(String stream, FlowBlock tuples) throws InterruptedException {
        queue.put(() -> {
            engine.begin(stream, tuples.time());
            for (int i = 0; i < tuples.size(); i++) {
                tuples.read(i, row);
                engine.add(stream, row);
            }
            engine.advance(stream, tuples.time() + 60);
        });
    }

    void end(String stream) throws InterruptedException {
        queue.put(() -> engine.end(stream));
    }

    void drop(String stream) throws InterruptedException {
        queue.put(() -> engine.drop(stream));
    }

    /** A snapshot after all that was brought so far. */
    CompletableFuture<byte[]> snapshot() throws InterruptedException {
        CompletableFuture<byte[]> snapshot = new CompletableFuture<>();
        queue.put(() -> {
            try {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                engine.write(new DataOutputStream(bytes));
                snapshot.complete(bytes.toByteArray());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                snapshot.cancel(false);
            }
        });
        return snapshot;
    }

    private void work() {
        while (!closing || !queue.isEmpty()) {
            try {
                queue.take().run();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                if (mistakes++ == 0) {
                    LOG.error("a detector met a mistake in the program; what it was looking at is left out", e);
                }
            }
        }
    }

    /** Keys, tuples and events that it had to let go. Read from other threads: may be a moment old. */
    long lost() {
        return engine.evicted() + engine.overflowed() + engine.forgotten() + mistakes;
    }

    /** Keys that are followed. */
    long keys() {
        return engine.keys();
    }

    @Override
    public void close() {
        try {
            if (queue.offer(() -> closing = true, LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                thread.join(TimeUnit.SECONDS.toMillis(LONGEST_END_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
