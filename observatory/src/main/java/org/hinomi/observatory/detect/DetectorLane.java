package org.hinomi.observatory.detect;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.hinomi.kernel.detect.Detection;
import org.hinomi.kernel.detect.Detector;
import org.hinomi.kernel.detect.KeyState;
import org.hinomi.kernel.detect.KeyedEngine;
import org.hinomi.kernel.detect.Reference;
import org.hinomi.kernel.flow.FlowBlock;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.observatory.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One detector on its partitions. Used by the engine's thread.
 *
 * @param <S> the state of a key
 */
final class DetectorLane<S extends KeyState> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DetectorLane.class);
    private static final int PARTITIONS = 2;
    private static final long STATE_BYTES = 96L << 20;
    private static final int MINUTE_TUPLES = 1 << 22;

    private final Detector<S> detector;
    private final Reference reference;
    private final Consumer<Detection> found;
    private final List<Partition<S>> partitions = new ArrayList<>();
    private final List<FlowBlock> blocks = new ArrayList<>();

    DetectorLane(Detector<S> detector, Reference reference, Consumer<Detection> found) {
        this.detector = detector;
        this.reference = reference;
        this.found = found;
        for (int i = 0; i < PARTITIONS; i++) {
            partitions.add(partition(i));
        }
    }

    private Partition<S> partition(int number) {
        KeyedEngine.Bounds bounds = new KeyedEngine.Bounds(STATE_BYTES / PARTITIONS, MINUTE_TUPLES / PARTITIONS);
        return new Partition<>(detector, reference, bounds, number, found);
    }

    String id() {
        return detector.declaration().id();
    }

    /** Takes up what {@link #snapshot} wrote, or goes on without; before the start. */
    void resume(List<byte[]> states) {
        try {
            if (states.size() != PARTITIONS) {
                throw new IOException("it has " + states.size() + " partitions");
            }
            for (int i = 0; i < PARTITIONS; i++) {
                partitions.get(i).read(new DataInputStream(new ByteArrayInputStream(states.get(i))));
            }
        } catch (IOException e) {
            LOG.info("the detector {} goes on without what it knew: {}", id(), e.getMessage());
            partitions.replaceAll(old -> partition(partitions.indexOf(old)));
        }
    }

    void start() {
        partitions.forEach(Partition::start);
    }

    /** Begins a minute. */
    void begin(long minute) {
        blocks.clear();
        partitions.forEach(partition -> blocks.add(new FlowBlock(minute)));
    }

    /** Adds a tuple to the minute that was begun. */
    void add(FlowRow row) {
        if (detector.wants(row, reference)) {
            int to = KeyedEngine.partition(detector.declaration().stage(), row, reference, PARTITIONS);
            blocks.get(to).add(row);
        }
    }

    /** Gives the minute that was begun to the partitions. */
    void deal(String stream) throws InterruptedException {
        for (int i = 0; i < PARTITIONS; i++) {
            partitions.get(i).minute(stream, blocks.get(i));
        }
    }

    void end(String stream) throws InterruptedException {
        for (Partition<S> partition : partitions) {
            partition.end(stream);
        }
    }

    void drop(String stream) throws InterruptedException {
        for (Partition<S> partition : partitions) {
            partition.drop(stream);
        }
    }

    /** Orders the states of all partitions after what was given so far. */
    List<CompletableFuture<byte[]>> order() throws InterruptedException {
        List<CompletableFuture<byte[]>> parts = new ArrayList<>();
        for (Partition<S> partition : partitions) {
            parts.add(partition.snapshot());
        }
        return parts;
    }

    /** Waits for what was ordered. */
    static List<byte[]> states(List<CompletableFuture<byte[]>> ordered) throws InterruptedException {
        List<byte[]> states = new ArrayList<>();
        for (CompletableFuture<byte[]> part : ordered) {
            try {
                states.add(part.get());
            } catch (ExecutionException | CancellationException e) {
                throw new StoreException("a detector's state can't be written; the log says why", e);
            }
        }
        return states;
    }

    /** Keys, tuples and events that there was no room for. */
    long lost() {
        return partitions.stream().mapToLong(Partition::lost).sum();
    }

    @Override
    public void close() {
        partitions.forEach(Partition::close);
    }
}
