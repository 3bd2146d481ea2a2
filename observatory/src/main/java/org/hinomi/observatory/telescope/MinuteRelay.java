package org.hinomi.observatory.telescope;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowSink;
import org.jspecify.annotations.Nullable;

/**
 * Gives closed minutes to a sink on a thread of its own, while the packets of the next minutes are read on the callers':
 * the same batches in the same order. One minute waits at most; then who brings the next does, too. An interrupt of a
 * caller does not reach the sink, and is there again afterwards.
 */
public final class MinuteRelay implements FlowSink, AutoCloseable {
    private final FlowSink sink;
    private final Deque<FlowBatch> spares = new ArrayDeque<>();
    private final List<Long> unfinished = new ArrayList<>();
    private final Thread thread;
    private @Nullable FlowBatch waiting;
    private @Nullable RuntimeException failure;
    private boolean ended;

    /**
     * A relay that works.
     *
     * @param name of its thread
     */
    public MinuteRelay(String name, FlowSink sink) {
        this.sink = sink;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::work);
        thread.start();
    }

    @Override
    public boolean keeps() {
        return true;
    }

    @Override
    public synchronized @Nullable FlowBatch spare() {
        return spares.poll();
    }

    /** Hands a minute over; throws what went wrong with an earlier one. */
    @Override
    public synchronized void minute(FlowBatch batch) {
        unfinished.add(batch.time());
        await(() -> waiting == null);
        waiting = batch;
        notifyAll();
        rethrow();
    }

    /** Returns when the sink has taken all minutes; throws what went wrong with one. */
    public synchronized void drain() {
        await(unfinished::isEmpty);
        rethrow();
    }

    /** The earliest minute that the sink has not taken yet, seconds since 1970-01-01 UTC; the most there is if none. */
    public synchronized long earliest() {
        return unfinished.stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
    }

    private void work() {
        for (FlowBatch batch = next(); batch != null; batch = next()) {
            RuntimeException thrown = null;
            try {
                sink.minute(batch);
            } catch (RuntimeException e) {
                thrown = e;
            }
            long time = batch.time();
            batch.clear();
            finished(batch, time, thrown);
        }
    }

    private synchronized @Nullable FlowBatch next() {
        await(() -> waiting != null || ended);
        FlowBatch next = waiting;
        waiting = null;
        notifyAll();
        return next;
    }

    private synchronized void finished(FlowBatch batch, long time, @Nullable RuntimeException thrown) {
        spares.add(batch);
        unfinished.remove((Long) time);
        if (failure == null) {
            failure = thrown;
        }
        notifyAll();
    }

    private void rethrow() {
        RuntimeException why = failure;
        failure = null;
        if (why != null) {
            throw why;
        }
    }

    /** A condition on what the monitor guards. */
    private interface Condition {
        boolean holds();
    }

    private void await(Condition condition) {
        boolean interrupted = false;
        while (!condition.holds()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the thread when the sink has taken all minutes. */
    @Override
    public synchronized void close() {
        ended = true;
        notifyAll();
        await(unfinished::isEmpty);
    }
}
