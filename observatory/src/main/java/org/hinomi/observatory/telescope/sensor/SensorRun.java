package org.hinomi.observatory.telescope.sensor;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowMinutes;
import org.hinomi.kernel.flow.FlowSink;
import org.hinomi.kernel.observe.PacketPath;
import org.hinomi.kernel.observe.PacketWitness;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.telescope.live.LiveTap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sensor at work, on a thread of its own: packets from its source go along its {@link PacketPath}; closed minutes go
 * to the sink, which returns when they are safe. A live source that fails is tried again, later and later.
 */
public final class SensorRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SensorRun.class);
    private static final long FIRST_PAUSE = 1000;
    private static final long LONGEST_PAUSE = 60_000;
    private static final long NANOS = 1_000_000_000L;

    private final Sensor sensor;
    private final PacketSource source;
    private final FlowMinutes minutes;
    private final PacketPath path;
    private final LiveTap tap;
    private final Thread thread;
    private final Object lock = new Object();
    private boolean inSink;
    private boolean stopping;
    private volatile State state = State.RUNNING;
    private volatile @Nullable String detail;
    private volatile long eventNanos = Long.MIN_VALUE;
    private volatile long packets;

    /** Whether a sensor observes. */
    public enum State {
        /** It does. */
        RUNNING,
        /** Its recording is over. */
        ENDED,
        /** It can't, and is tried again if it is live. */
        FAILED,
        /** The program is stopping. */
        STOPPED;

        /** As JSON spells it. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A sensor that does not work yet.
     *
     * @param mostTuples the most flow tuples of an open minute held in memory, for each IP family
     * @param sink takes closed minutes
     * @param also see each packet, after the live tap
     */
    public SensorRun(
            Sensor sensor,
            PacketSource source,
            FingerprintCatalogue catalogue,
            int mostTuples,
            FlowSink sink,
            LiveTap tap,
            List<PacketWitness> also) {
        this.sensor = sensor;
        this.source = source;
        this.tap = tap;
        this.minutes = new FlowMinutes(mostTuples, batch -> unhindered(() -> sink.minute(batch)));
        this.path = new PacketPath(sensor.darknet(), catalogue, minutes, witness(also));
        this.thread = Thread.ofPlatform().name("sensor " + sensor.name()).unstarted(this::work);
    }

    private PacketWitness witness(List<PacketWitness> also) {
        PacketWitness[] others = also.toArray(PacketWitness[]::new);
        return (nanos, header, matches, bytes, offset, captured, linkType) -> {
            eventNanos = nanos;
            packets++;
            tap.seen(nanos, header, matches, bytes, offset, captured, linkType);
            for (PacketWitness other : others) {
                other.seen(nanos, header, matches, bytes, offset, captured, linkType);
            }
        };
    }

    /** Stores without being interrupted: an interrupt would close the file that is being written. */
    private void unhindered(Runnable storing) {
        synchronized (lock) {
            inSink = true;
            Thread.interrupted();
        }
        try {
            storing.run();
        } finally {
            synchronized (lock) {
                inSink = false;
                if (stopping) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** Begins to work. */
    public void start() {
        thread.start();
    }

    private void work() {
        long pause = FIRST_PAUSE;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                source.open();
                resumed();
                source.run(path, this::quiet);
                minutes.close();
                state = Thread.currentThread().isInterrupted() ? State.STOPPED : State.ENDED;
                return;
            } catch (SourceException | StoreException e) {
                if (Thread.currentThread().isInterrupted()) {
                    break;
                }
                if (!String.valueOf(e.getMessage()).equals(detail)) {
                    LOG.error("sensor {}: {}", sensor.name(), e.getMessage());
                }
                if (!failed(String.valueOf(e.getMessage()), pause)) {
                    return;
                }
                pause = Math.min(pause * 2, LONGEST_PAUSE);
            } catch (RuntimeException e) {
                LOG.error("sensor {} met a mistake in the program", sensor.name(), e);
                if (!failed("a mistake in the program, told in its log", pause)) {
                    return;
                }
                pause = LONGEST_PAUSE;
            }
        }
        closeMinutes();
        state = State.STOPPED;
    }

    private void resumed() {
        if (detail != null) {
            LOG.info("sensor {} observes again", sensor.name());
        }
        detail = null;
        state = State.RUNNING;
    }

    /** Notes why it does not observe; a live sensor waits and is tried again, a recording is over. */
    private boolean failed(String why, long pause) {
        detail = why;
        state = State.FAILED;
        if (sensor.origin() == Sensor.Origin.LIVE && sleep(pause)) {
            return true;
        }
        closeMinutes();
        return false;
    }

    private void closeMinutes() {
        try {
            minutes.close();
        } catch (StoreException e) {
            LOG.error("the open minutes of sensor {} are lost: {}", sensor.name(), e.getMessage());
        }
    }

    private void quiet(long nanos) {
        minutes.advanceTo(nanos);
        eventNanos = Math.max(eventNanos, nanos);
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

    /** The sensor. */
    public Sensor sensor() {
        return sensor;
    }

    /** What it sees, live. */
    public LiveTap tap() {
        return tap;
    }

    /** Whether it observes. */
    public State state() {
        return state;
    }

    /** Why it does not observe, as a sentence. */
    public @Nullable String detail() {
        return detail;
    }

    /** Event time, nanoseconds since 1970-01-01 UTC; {@link Long#MIN_VALUE} before the first packet. */
    public long eventNanos() {
        return eventNanos;
    }

    /** Packets counted since the start. */
    public long packets() {
        return packets;
    }

    /** Packets that were lost before they could be looked at. */
    public long dropped() {
        return source.dropped();
    }

    /** Parts of minutes given out early because their table was full. */
    public long saturatedParts() {
        return minutes.saturatedParts();
    }

    /** Waits until a recording is over. */
    public void join() throws InterruptedException {
        thread.join();
    }

    /** Up to when its minutes are stored, seconds of event time since 1970-01-01 UTC. */
    public long storedSecond() {
        long second = Math.floorDiv(eventNanos, NANOS);
        boolean over = state == State.ENDED || state == State.STOPPED;
        return over ? second : Math.floorDiv(second, 60) * 60 - FlowMinutes.LATENESS_SECONDS;
    }

    /** Asks it to end; does not wait. */
    public void stop() {
        synchronized (lock) {
            stopping = true;
            if (!inSink) {
                thread.interrupt();
            }
        }
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
