package org.hinomi.observatory.detect;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.hinomi.kernel.detect.Detection;
import org.hinomi.kernel.detect.Detector;
import org.hinomi.kernel.detect.KeyStage;
import org.hinomi.kernel.detect.KeyState;
import org.hinomi.kernel.detect.KeyedEngine;
import org.hinomi.kernel.detect.Reference;
import org.hinomi.kernel.flow.FlowBlock;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.observatory.detect.Backlog.Minute;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.segment.Segment;
import org.hinomi.observatory.store.segment.SegmentLog;
import org.hinomi.observatory.store.segment.SegmentName;
import org.hinomi.observatory.store.segment.SegmentWatcher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a detector on everything that is stored, in order of minutes. One thread reads segments and deals their tuples
 * out to partitions. Every minute of wall time a snapshot is written, after the detections found until then: what a
 * later process finds again in the segments behind it has the same ids, and replaces itself.
 *
 * @param <S> the state of a key
 */
public final class DetectorEngine<S extends KeyState> implements SegmentWatcher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DetectorEngine.class);
    private static final int PARTITIONS = 2;
    private static final long STATE_BYTES = 96L << 20;
    private static final int MINUTE_TUPLES = 1 << 22;
    private static final long SNAPSHOT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long IDLE_MILLIS = 500;
    private static final long PAUSE_MILLIS = 2000;
    private static final int HOUR = 3600;

    private final SegmentLog log;
    private final Path file;
    private final KeyStage stage;
    private final Reference reference;
    private final DetectionStore store;
    private final Consumer<List<Detection>> found;
    private final DetectionBuffer buffer = new DetectionBuffer(this::persist);
    private final List<Partition<S>> partitions = new ArrayList<>();
    private final Map<String, Long> darkAddresses = new ConcurrentHashMap<>();
    private final Backlog backlog = new Backlog();
    private final Thread thread = Thread.ofPlatform().name("detect").daemon().unstarted(this::work);
    private volatile Predicate<String> over = stream -> false;
    private volatile boolean closing;
    private volatile boolean idle;
    private volatile String trouble = "";
    private long lastSnapshot = System.nanoTime();
    private boolean changed;

    /**
     * An engine that follows a log from where a snapshot stood.
     *
     * @param file the snapshot's
     * @param store keeps what is found
     * @param found is told of what is stored
     */
    public DetectorEngine(
            Detector<S> detector, SegmentLog log, Path file, DetectionStore store, Consumer<List<Detection>> found) {
        this.log = log;
        this.file = file;
        this.store = store;
        this.found = found;
        this.stage = detector.declaration().stage();
        this.reference = (stream, minute) -> darkAddresses.getOrDefault(stream, 0L);
        for (int i = 0; i < PARTITIONS; i++) {
            partitions.add(partition(detector, i));
        }
        Snapshot.read(file).ifPresent(snapshot -> resume(detector, snapshot));
        log.watch(this);
        log.all().forEach(backlog::add);
    }

    private Partition<S> partition(Detector<S> detector, int number) {
        KeyedEngine.Bounds bounds = new KeyedEngine.Bounds(STATE_BYTES / PARTITIONS, MINUTE_TUPLES / PARTITIONS);
        return new Partition<>(detector, reference, bounds, number, buffer::add);
    }

    private void resume(Detector<S> detector, Snapshot snapshot) {
        backlog.resume(snapshot.done());
        try {
            if (snapshot.partitions().size() != PARTITIONS) {
                throw new IOException("it has " + snapshot.partitions().size() + " partitions");
            }
            for (int i = 0; i < PARTITIONS; i++) {
                byte[] bytes = snapshot.partitions().get(i);
                partitions.get(i).read(new DataInputStream(new ByteArrayInputStream(bytes)));
            }
        } catch (IOException e) {
            LOG.info("detectors go on without what they knew: {}", e.getMessage());
            partitions.replaceAll(old -> partition(detector, partitions.indexOf(old)));
        }
    }

    /**
     * Begins to work.
     *
     * @param dark how many IPv4 addresses of each stream are dark, where that is known
     * @param ended whether a stream will get no more minutes
     */
    public void start(Map<String, Long> dark, Predicate<String> ended) {
        darkAddresses.putAll(dark);
        over = ended;
        partitions.forEach(Partition::start);
        thread.start();
    }

    @Override
    public void written(SegmentName name) {
        backlog.add(name);
    }

    @Override
    public void dropped(String sensor) {
        backlog.drop(sensor);
        store.drop(sensor);
    }

    @Override
    public boolean needs(String sensor, long hour) {
        return !closing && backlog.needs(sensor, hour + HOUR);
    }

    private void work() {
        while (!closing) {
            try {
                step();
            } catch (InterruptedException e) {
                return;
            } catch (StoreException e) {
                troubled(e);
            }
        }
        try {
            snapshot();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StoreException e) {
            LOG.warn("{}", e.getMessage());
        }
    }

    private void step() throws InterruptedException {
        for (String stream : backlog.dropped()) {
            for (Partition<S> partition : partitions) {
                partition.drop(stream);
            }
            changed = true;
        }
        Minute minute = backlog.next(over);
        idle &= minute == null;
        if (minute != null) {
            deal(minute);
            changed = true;
        } else if (!endStreams()) {
            buffer.flush();
            idle = true;
            backlog.await(IDLE_MILLIS);
        }
        if (changed && System.nanoTime() - lastSnapshot > SNAPSHOT_NANOS) {
            snapshot();
        }
    }

    private void deal(Minute minute) throws InterruptedException {
        List<FlowBlock> blocks = new ArrayList<>();
        partitions.forEach(partition -> blocks.add(new FlowBlock(minute.time())));
        FlowRow row = new FlowRow();
        for (SegmentName name : minute.segments()) {
            Optional<Segment> segment = log.read(name);
            for (int i = 0; segment.isPresent() && i < segment.get().size(); i++) {
                segment.get().read(i, row);
                blocks.get(KeyedEngine.partition(stage, row, reference, PARTITIONS))
                        .add(row);
            }
        }
        for (int i = 0; i < PARTITIONS; i++) {
            partitions.get(i).minute(minute.stream(), blocks.get(i));
        }
    }

    /** Ends what is open in recordings that are over; whether there was one. */
    private boolean endStreams() throws InterruptedException {
        for (String stream : backlog.done().keySet()) {
            if (over.test(stream) && backlog.finish(stream)) {
                for (Partition<S> partition : partitions) {
                    partition.end(stream);
                }
                snapshot();
                return true;
            }
        }
        return false;
    }

    private void snapshot() throws InterruptedException {
        Map<String, Long> done = backlog.done();
        List<CompletableFuture<byte[]>> parts = new ArrayList<>();
        for (Partition<S> partition : partitions) {
            parts.add(partition.snapshot());
        }
        List<byte[]> bytes = new ArrayList<>();
        for (CompletableFuture<byte[]> part : parts) {
            try {
                bytes.add(part.get());
            } catch (ExecutionException | CancellationException e) {
                throw new StoreException("a detector's state can't be written; the log says why", e);
            }
        }
        buffer.flush();
        new Snapshot(done, bytes).write(file);
        backlog.safe(done);
        lastSnapshot = System.nanoTime();
        changed = false;
        trouble = "";
    }

    /** Stores detections however long it takes, unless it is to end: then they are found again at the next start. */
    private void persist(List<Detection> batch) {
        while (true) {
            try {
                store.write(batch);
                found.accept(batch);
                return;
            } catch (StoreException e) {
                if (closing) {
                    throw e;
                }
                troubled(e);
            }
        }
    }

    private void troubled(StoreException e) {
        if (trouble.isEmpty()) {
            LOG.error("{}", e.getMessage());
        }
        trouble = String.valueOf(e.getMessage());
        try {
            for (long left = PAUSE_MILLIS; left > 0 && !closing; left -= IDLE_MILLIS) {
                Thread.sleep(IDLE_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it found nothing to do when it last looked. */
    public boolean idle() {
        return idle;
    }

    /** What keeps it from storing now, as a sentence; empty when all is well. */
    public String trouble() {
        return trouble;
    }

    /** Minutes that wait to be looked at. */
    public long backlog() {
        return backlog.size();
    }

    /** Sources, events and tuples that there was no room for, and minutes that came too late. */
    public long lost() {
        return partitions.stream().mapToLong(Partition::lost).sum() + backlog.late();
    }

    @Override
    public void close() {
        closing = true;
        try {
            if (thread.isAlive()) {
                thread.join(TimeUnit.SECONDS.toMillis(20));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        partitions.forEach(Partition::close);
    }
}
