package org.hinomi.observatory.detect;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.hinomi.kernel.detect.Detection;
import org.hinomi.kernel.detect.Detector;
import org.hinomi.kernel.detect.KeyState;
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
 * Runs detectors on everything that is stored, in order of minutes. One thread reads segments and deals their tuples
 * out to the partitions of each. Every minute of wall time a snapshot is written, after the detections found until then: what a
 * later process finds again in the segments behind it has the same ids, and replaces itself.
 */
public final class DetectorEngine implements SegmentWatcher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DetectorEngine.class);
    private static final long SNAPSHOT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long IDLE_MILLIS = 500;
    private static final long PAUSE_MILLIS = 2000;
    private static final int HOUR = 3600;

    private final SegmentLog log;
    private final Path file;
    private final DetectionStore store;
    private final Consumer<List<Detection>> found;
    private final DetectionBuffer buffer = new DetectionBuffer(this::persist);
    private final List<DetectorLane<?>> lanes = new ArrayList<>();
    private final TowerReference reference;
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
     * @param reference what is known beside the traffic
     * @param store keeps what is found
     * @param found is told of what is stored
     */
    public DetectorEngine(
            List<? extends Detector<?>> detectors,
            SegmentLog log,
            Path file,
            TowerReference reference,
            DetectionStore store,
            Consumer<List<Detection>> found) {
        this.log = log;
        this.file = file;
        this.reference = reference;
        this.store = store;
        this.found = found;
        detectors.forEach(detector -> lanes.add(lane(detector)));
        Snapshot.read(file).ifPresent(snapshot -> {
            backlog.resume(snapshot.done());
            lanes.forEach(lane -> lane.resume(snapshot.states().getOrDefault(lane.id(), List.of())));
        });
        log.watch(this);
        log.all().forEach(backlog::add);
    }

    private <S extends KeyState> DetectorLane<S> lane(Detector<S> detector) {
        return new DetectorLane<>(detector, reference, buffer::add);
    }

    /**
     * Begins to work.
     *
     * @param dark how many IPv4 addresses of each stream are dark, where that is known
     * @param ended whether a stream will get no more minutes
     */
    public void start(Map<String, Long> dark, Predicate<String> ended) {
        reference.dark(dark);
        over = ended;
        lanes.forEach(DetectorLane::start);
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
            for (DetectorLane<?> lane : lanes) {
                lane.drop(stream);
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
        lanes.forEach(lane -> lane.begin(minute.time()));
        FlowRow row = new FlowRow();
        for (SegmentName name : minute.segments()) {
            Optional<Segment> segment = log.read(name);
            for (int i = 0; segment.isPresent() && i < segment.get().size(); i++) {
                segment.get().read(i, row);
                lanes.forEach(lane -> lane.add(row));
            }
        }
        for (DetectorLane<?> lane : lanes) {
            lane.deal(minute.stream());
        }
    }

    /** Ends what is open in recordings that are over; whether there was one. */
    private boolean endStreams() throws InterruptedException {
        for (String stream : backlog.done().keySet()) {
            if (over.test(stream) && backlog.finish(stream)) {
                for (DetectorLane<?> lane : lanes) {
                    lane.end(stream);
                }
                snapshot();
                return true;
            }
        }
        return false;
    }

    private void snapshot() throws InterruptedException {
        Map<String, Long> done = backlog.done();
        Map<String, List<CompletableFuture<byte[]>>> ordered = new TreeMap<>();
        for (DetectorLane<?> lane : lanes) {
            ordered.put(lane.id(), lane.order());
        }
        Map<String, List<byte[]>> states = new TreeMap<>();
        for (Map.Entry<String, List<CompletableFuture<byte[]>>> lane : ordered.entrySet()) {
            states.put(lane.getKey(), DetectorLane.states(lane.getValue()));
        }
        buffer.flush();
        new Snapshot(done, states).write(file);
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
        return lanes.stream().mapToLong(DetectorLane::lost).sum() + backlog.late();
    }

    @Override
    public void close() {
        closing = true;
        backlog.close();
        try {
            if (thread.isAlive()) {
                thread.join(TimeUnit.SECONDS.toMillis(20));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lanes.forEach(DetectorLane::close);
    }
}
