package org.hinomi.observatory.telescope.sensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowMinutes;
import org.hinomi.kernel.flow.FlowSink;
import org.hinomi.kernel.observe.PacketWitness;
import org.hinomi.kernel.packet.SkipReason;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.telescope.live.LiveTap;
import org.hinomi.observatory.telescope.live.LiveTaps;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sensor at work, on a thread of its own for each lane of its source: packets go along a {@link Lane}'s path; closed
 * minutes of all lanes go to the sink, one at a time, which returns when they are safe: on the lane's thread if the
 * source can be held back meanwhile, else on another. A live source that fails is tried again, later and later.
 */
public final class SensorRun implements Station, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SensorRun.class);
    private static final long FIRST_PAUSE = 1000;
    private static final long NANOS = 1_000_000_000L;

    private final Sensor sensor;
    private final PacketSource source;
    private final List<Lane> lanes = new ArrayList<>();
    private final LiveTaps taps;
    private final Thread thread;
    private final Storing storing;
    private volatile State state = State.RUNNING;
    private volatile @Nullable String detail;
    private volatile @Nullable Break broken;
    private volatile int attempts;
    private volatile boolean stopping;

    /**
     * A moment in which it ceased to observe, and its counters then.
     *
     * @param nanos event time, nanoseconds since 1970-01-01 UTC
     * @param why a sentence
     */
    public record Break(long nanos, String why, long packets, long dropped, long saturated) {}

    /**
     * A sensor that does not work yet.
     *
     * @param mostTuples the most flow tuples of an open minute held in memory, for each IP family
     * @param sink takes closed minutes
     * @param tap of the first thread; others get one of the same kind
     * @param also for each thread those that also see its packets, after the live tap
     */
    public SensorRun(
            Sensor sensor,
            PacketSource source,
            FingerprintCatalogue catalogue,
            int mostTuples,
            FlowSink sink,
            LiveTap tap,
            Supplier<List<PacketWitness>> also) {
        this.sensor = sensor;
        this.source = source;
        this.storing = new Storing(sensor.name(), source.waits(), sink);
        int most = Math.max(1, mostTuples / source.lanes());
        for (int i = 0; i < source.lanes(); i++) {
            lanes.add(new Lane(sensor, catalogue, most, storing.lane(), i == 0 ? tap : tap.another(), also.get()));
        }
        this.taps = new LiveTaps(lanes.stream().map(Lane::tap).toList());
        this.thread = Thread.ofPlatform().name("sensor " + sensor.name()).unstarted(this::run);
    }

    @Override
    public void start() {
        thread.start();
    }

    private void run() {
        try (storing) {
            work();
        }
    }

    private void work() {
        long pause = FIRST_PAUSE;
        while (!ending()) {
            try {
                source.open();
                resumed();
                pause = FIRST_PAUSE;
                new LaneThreads(source, lanes, sensor.name(), storing).run();
                lanes.forEach(lane -> lane.minutes().close());
                storing.drain();
                state = ending() ? State.STOPPED : State.ENDED;
                return;
            } catch (SourceException | StoreException e) {
                if (ending()) {
                    break;
                }
                if (!String.valueOf(e.getMessage()).equals(detail)) {
                    LOG.error("sensor {}: {}", sensor.name(), e.getMessage());
                }
                if (!failed(String.valueOf(e.getMessage()), pause)) {
                    return;
                }
                pause = Math.min(pause * 2, source.longestPause());
            } catch (RuntimeException e) {
                LOG.error("sensor {} met a mistake in the program", sensor.name(), e);
                if (!failed("a mistake in the program, told in its log", pause)) {
                    return;
                }
                pause = source.longestPause();
            }
        }
        closeMinutes();
        state = State.STOPPED;
    }

    private boolean ending() {
        return stopping || Thread.currentThread().isInterrupted();
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void resumed() {
        if (detail != null) {
            LOG.info("sensor {} observes again", sensor.name());
        }
        lanes.forEach(Lane::begin);
        detail = null;
        state = State.RUNNING;
        attempts++;
    }

    /**
     * Notes why it does not observe, and stores what it observed until now; a live sensor waits and is tried again, a
     * recording is over.
     */
    private boolean failed(String why, long pause) {
        if (state == State.RUNNING) {
            broken = new Break(eventNanos(), why, packets(), dropped(), saturatedParts());
        }
        detail = why;
        closeMinutes();
        state = State.FAILED;
        return sensor.origin() == Sensor.Origin.LIVE && !stopping && sleep(pause);
    }

    private void closeMinutes() {
        for (Lane lane : lanes) {
            try {
                lane.minutes().close();
            } catch (StoreException e) {
                LOG.error("the open minutes of sensor {} are lost: {}", sensor.name(), e.getMessage());
            }
        }
        try {
            storing.drain();
        } catch (StoreException e) {
            LOG.error("the open minutes of sensor {} are lost: {}", sensor.name(), e.getMessage());
        }
    }

    private static boolean sleep(long millis) {
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public Sensor sensor() {
        return sensor;
    }

    @Override
    public LiveTaps tap() {
        return taps;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public @Nullable String detail() {
        return detail != null ? detail : source.trouble().orElse(null);
    }

    @Override
    public long eventNanos() {
        return lanes.stream().mapToLong(Lane::eventNanos).max().orElse(Long.MIN_VALUE);
    }

    /** A number that changes whenever it begins to observe again, or to observe more or less. */
    public int watch() {
        return attempts + source.watch();
    }

    /** When it began to observe, this time, nanoseconds since 1970-01-01 UTC; {@link Long#MIN_VALUE} before. */
    public long sinceNanos() {
        return lanes.stream()
                .mapToLong(Lane::firstNanos)
                .filter(nanos -> nanos != Long.MIN_VALUE)
                .min()
                .orElse(Long.MIN_VALUE);
    }

    /** When it last ceased to observe; null if it never did. */
    public @Nullable Break broken() {
        return broken;
    }

    @Override
    public long packets() {
        return lanes.stream().mapToLong(Lane::packets).sum();
    }

    @Override
    public long outside() {
        return lanes.stream().mapToLong(Lane::outside).sum();
    }

    @Override
    public long refused() {
        return lanes.stream().mapToLong(Lane::refused).sum();
    }

    @Override
    public long dropped() {
        return source.dropped();
    }

    @Override
    public SourceFigures figures() {
        return source.figures();
    }

    @Override
    public long saturatedParts() {
        return lanes.stream().mapToLong(lane -> lane.minutes().saturatedParts()).sum();
    }

    /** Packets that were left out for a reason. */
    public long skipped(SkipReason reason) {
        return lanes.stream().mapToLong(lane -> lane.path().skipped(reason)).sum();
    }

    /** Waits until a recording is over. */
    public void join() throws InterruptedException {
        thread.join();
    }

    @Override
    public long storedSecond() {
        long earliest = lanes.stream()
                .mapToLong(Lane::eventNanos)
                .filter(nanos -> nanos != Long.MIN_VALUE)
                .min()
                .orElse(Long.MIN_VALUE);
        boolean over = state != State.RUNNING;
        long closed = over
                ? Math.floorDiv(eventNanos(), NANOS)
                : Math.floorDiv(Math.floorDiv(earliest, NANOS), 60) * 60 - FlowMinutes.LATENESS_SECONDS;
        return Math.min(closed, storing.earliest());
    }

    @Override
    public void stop() {
        stopping = true;
        storing.interrupt(thread);
    }

    /** Ends the work; the open minutes are stored. */
    @Override
    public void close() {
        stop();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
