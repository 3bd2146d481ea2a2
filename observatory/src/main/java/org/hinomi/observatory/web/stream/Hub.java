package org.hinomi.observatory.web.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.hinomi.observatory.web.json.Json;

/**
 * Gives live events to many readers. An event is encoded once, whoever reads; publishing never waits: a reader who does
 * not keep up loses the oldest events of their queue and is told how many ({@code lost}).
 */
public final class Hub {
    private final int mostReaders;
    private final int queueLength;
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger places;
    private final LongAdder lost = new LongAdder();
    private volatile Supplier<List<Event>> greeting = List::of;

    /**
     * A hub without readers.
     *
     * @param queueLength events a reader may be behind before the oldest are dropped
     */
    public Hub(int mostReaders, int queueLength) {
        if (mostReaders < 1 || queueLength < 1) {
            throw new IllegalArgumentException("A hub needs room for one reader and one event at least");
        }
        this.mostReaders = mostReaders;
        this.queueLength = queueLength;
        this.places = new AtomicInteger(mostReaders);
    }

    /** Gives every reader an event; does nothing, not even encode, without readers. */
    public void publish(String event, Object data) {
        if (readers.isEmpty()) {
            return;
        }
        byte[] frame = frame(event, data);
        readers.forEach(reader -> reader.offer(frame));
    }

    /** Sets what a new reader gets first: asked anew for each. */
    public void greet(Supplier<List<Event>> first) {
        greeting = first;
    }

    /** How many read now. */
    public int readers() {
        return mostReaders - places.get();
    }

    /** How many events readers have lost since the start, added up over all of them. */
    public long lost() {
        return lost.sum();
    }

    /** Lets one more reader in, unless all places are taken. Close the reader to free its place. */
    public Optional<Reader> join() {
        if (places.getAndUpdate(free -> Math.max(0, free - 1)) == 0) {
            return Optional.empty();
        }
        Reader reader = new Reader(queueLength, lost, this::leave);
        readers.add(reader);
        try {
            List<byte[]> first = new ArrayList<>();
            greeting.get().forEach(event -> first.add(frame(event.name(), event.data())));
            reader.greet(first);
            return Optional.of(reader);
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private void leave(Reader reader) {
        if (readers.remove(reader)) {
            places.incrementAndGet();
        }
    }

    /** One event as the WHATWG text of server-sent events has it; JSON holds no line break. */
    static byte[] frame(String event, Object data) {
        return ("event: " + event + "\ndata: " + Json.text(data) + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
