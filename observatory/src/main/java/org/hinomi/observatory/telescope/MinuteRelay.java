package org.hinomi.observatory.telescope;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowSink;
import org.jspecify.annotations.Nullable;

/**
 * Adds closed minutes up, and writes them, on a thread of its own, while the packets of the next minutes are read on the
 * caller's: the same batches in the same order, so the same figures. One minute waits at most; then the reader does.
 */
final class MinuteRelay implements FlowSink, AutoCloseable {
    private static final long PATIENCE_SECONDS = 3600;

    private final FlowSink sink;
    private final BlockingQueue<Optional<FlowBatch>> waiting = new ArrayBlockingQueue<>(1);
    private final Queue<FlowBatch> spares = new ConcurrentLinkedQueue<>();
    private final Thread thread = Thread.ofPlatform().name("minutes").daemon().unstarted(this::work);
    private volatile @Nullable RuntimeException failure;
    private boolean ended;

    MinuteRelay(FlowSink sink) {
        this.sink = sink;
        thread.start();
    }

    @Override
    public boolean keeps() {
        return true;
    }

    @Override
    public @Nullable FlowBatch spare() {
        return spares.poll();
    }

    /** Hands a minute over; throws what went wrong with an earlier one. */
    @Override
    public void minute(FlowBatch batch) {
        rethrow();
        put(Optional.of(batch));
    }

    /** Waits until all minutes are through; throws what went wrong with one. */
    void end() {
        close();
        rethrow();
    }

    private void work() {
        try {
            for (Optional<FlowBatch> next = waiting.take(); next.isPresent(); next = waiting.take()) {
                FlowBatch batch = next.get();
                if (failure == null) {
                    take(batch);
                }
                batch.clear();
                spares.add(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(FlowBatch batch) {
        try {
            sink.minute(batch);
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private void rethrow() {
        RuntimeException why = failure;
        if (why != null) {
            throw why;
        }
    }

    private void put(Optional<FlowBatch> next) {
        try {
            if (!waiting.offer(next, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a minute of flow tuples was not added up within an hour");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while flow tuples were added up", e);
        }
    }

    @Override
    public void close() {
        if (ended) {
            return;
        }
        ended = true;
        put(Optional.empty());
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
