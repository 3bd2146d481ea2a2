package org.hinomi.observatory.web.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** One reader's place in a {@link Hub}: a bounded queue of encoded events that drops its oldest when full. */
public final class Reader implements AutoCloseable {
    private final int queueLength;
    private final LongAdder lostByAll;
    private final Consumer<Reader> leave;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> queue = new ArrayDeque<>();
    private List<byte[]> greeting = List.of();
    private long lost;
    private boolean closed;

    Reader(int queueLength, LongAdder lostByAll, Consumer<Reader> leave) {
        this.queueLength = queueLength;
        this.lostByAll = lostByAll;
        this.leave = leave;
    }

    void greet(List<byte[]> first) {
        lock.lock();
        try {
            greeting = first;
        } finally {
            lock.unlock();
        }
    }

    void offer(byte[] frame) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            if (queue.size() == queueLength) {
                queue.removeFirst();
                lost++;
                lostByAll.increment();
            }
            queue.addLast(frame);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * What came since the last call, waiting for something at most as long as said; an empty list when nothing came,
     * nothing at all once the reader is closed.
     */
    public Optional<List<byte[]>> next(Duration wait) throws InterruptedException {
        long nanos = wait.toNanos();
        lock.lockInterruptibly();
        try {
            while (!closed && queue.isEmpty() && greeting.isEmpty() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return closed ? Optional.empty() : Optional.of(drain());
        } finally {
            lock.unlock();
        }
    }

    private List<byte[]> drain() {
        List<byte[]> frames = new ArrayList<>(greeting);
        greeting = List.of();
        if (lost > 0) {
            frames.add(Hub.frame("lost", Map.of("events", lost)));
            lost = 0;
        }
        frames.addAll(queue);
        queue.clear();
        return frames;
    }

    /** Ends the reading: a waiting {@link #next} returns at once. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            queue.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        leave.accept(this);
    }
}
