package org.hinomi.observatory.telescope.record;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowSink;
import org.hinomi.kernel.rollup.PortTest;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.segment.SegmentLog;
import org.hinomi.observatory.store.segment.SegmentName;
import org.hinomi.observatory.store.warehouse.Warehouse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores the closed minutes of all sensors. A sensor's thread writes the segment; when that returns the minute is safe.
 * One thread of the recorder brings segments into the query tables behind it.
 */
public final class Recorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);
    private static final int QUEUE = 256;
    private static final int BATCH = 32;
    private static final long IDLE_MILLIS = 1_000;
    private static final long LOOK_MILLIS = 50;
    private static final long SHORTEST_PAUSE = 500;
    private static final long LONGEST_PAUSE = 30_000;
    private static final int BETWEEN_ARCHIVINGS = 180;

    private final SegmentLog log;
    private final Ingest ingest;
    private final BlockingQueue<SegmentName> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicBoolean missed = new AtomicBoolean();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong broughtIn = new AtomicLong();
    private final BlockingQueue<Runnable> orders = new ArrayBlockingQueue<>(QUEUE);
    private final Thread thread = Thread.ofPlatform().name("recorder").unstarted(this::work);
    private long brought;
    private int sinceArchiving;
    private volatile boolean ending;
    private volatile boolean closing;
    private volatile String trouble = "";

    /** A recorder on a data directory's segments and query database. */
    public Recorder(
            SegmentLog log, Warehouse warehouse, FingerprintCatalogue catalogue, PortTest iotPorts, Origin origin) {
        this.log = log;
        this.ingest = new Ingest(log, warehouse, catalogue, iotPorts, origin);
    }

    /** Finishes what an earlier process left, and begins to work. */
    public void start() {
        ingest.settle();
        inBatches(log.all(), ingest::add);
        ingest.refresh();
        ingest.archiveClosed();
        thread.start();
    }

    /**
     * Takes the minutes of a sensor.
     *
     * @param waits whether its source can be held back (a recording), so that the query tables keep up with it
     */
    public FlowSink sink(String sensor, boolean waits) {
        return batch -> taken(persist(() -> log.write(sensor, batch)), waits);
    }

    /**
     * Takes the minutes of a sensor whose source can be read again from a place: minute and place are stored as one.
     *
     * @param place tells the source's place for a minute that is to be stored
     */
    public FlowSink sink(String sensor, boolean waits, Function<FlowBatch, byte[]> place) {
        return batch -> {
            byte[] behind = place.apply(batch);
            taken(persist(() -> log.write(sensor, batch, behind)), waits);
        };
    }

    /** The place of a sensor's source behind what is stored; empty when none was ever. */
    public Optional<byte[]> place(String sensor) {
        return log.place(sensor);
    }

    /** Stores the place of a sensor's source behind packets that no minute is made of. */
    public void mark(String sensor, byte[] place) {
        retry(() -> log.mark(sensor, place));
    }

    /** Takes segments that lie in the log already; the query tables follow when they can. */
    public void taken(List<SegmentName> names) {
        taken(names, false);
    }

    private void taken(List<SegmentName> written, boolean waits) {
        for (SegmentName name : written) {
            accepted.incrementAndGet();
            if (waits) {
                put(name);
            } else if (!queue.offer(name)) {
                accepted.decrementAndGet();
                missed.set(true);
            }
        }
    }

    private static void inBatches(List<SegmentName> names, Consumer<List<SegmentName>> consumer) {
        for (int from = 0; from < names.size(); from += BATCH) {
            consumer.accept(names.subList(from, Math.min(names.size(), from + BATCH)));
        }
    }

    private void put(SegmentName name) {
        try {
            while (!queue.offer(name, 1, TimeUnit.SECONDS)) {
                if (!thread.isAlive()) {
                    missed.set(true);
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            missed.set(true);
        }
    }

    private <T> T persist(Supplier<T> attempt) {
        long pause = SHORTEST_PAUSE;
        while (true) {
            try {
                T done = attempt.get();
                trouble = "";
                return done;
            } catch (StoreException e) {
                if (trouble.isEmpty()) {
                    LOG.error("{}", e.getMessage());
                }
                trouble = String.valueOf(e.getMessage());
                if (ending || closing || !sleep(pause)) {
                    throw e;
                }
                pause = Math.min(pause * 2, LONGEST_PAUSE);
            }
        }
    }

    /** Waits, unless it is to end. */
    private boolean sleep(long millis) {
        try {
            for (long left = millis; left > 0 && !ending && !closing; left -= SHORTEST_PAUSE) {
                Thread.sleep(Math.min(left, SHORTEST_PAUSE));
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void work() {
        while (!closing || !queue.isEmpty()) {
            try {
                SegmentName name = next();
                for (Runnable order = orders.poll(); order != null; order = orders.poll()) {
                    order.run();
                }
                bringIn(name);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (StoreException e) {
                LOG.error("{}", e.getMessage());
                missed.set(true);
                if (ending || closing) {
                    return;
                }
            } catch (RuntimeException e) {
                LOG.error("a minute could not be brought into the query tables: a mistake in the program", e);
            }
        }
    }

    /** The next to bring in; null when there is none for a second, there are orders, or it is to end. */
    private @Nullable SegmentName next() throws InterruptedException {
        SegmentName name = queue.poll();
        for (long left = IDLE_MILLIS; name == null && left > 0 && orders.isEmpty() && !closing; left -= LOOK_MILLIS) {
            name = queue.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
        return name;
    }

    private void bringIn(@Nullable SegmentName name) {
        if (name != null) {
            List<SegmentName> batch = new ArrayList<>(List.of(name));
            queue.drainTo(batch, BATCH - 1);
            brought += batch.size();
            sinceArchiving += batch.size();
            retry(() -> ingest.add(batch));
        } else if (missed.getAndSet(false)) {
            inBatches(log.all(), left -> retry(() -> ingest.add(left)));
        }
        if (queue.isEmpty() || sinceArchiving >= BETWEEN_ARCHIVINGS) {
            sinceArchiving = 0;
            retry(ingest::refresh);
            retry(ingest::archiveClosed);
            broughtIn.set(brought);
        }
    }

    private void retry(Runnable work) {
        persist(() -> {
            work.run();
            return true;
        });
    }

    /** Whether everything written is in the query tables and roll-ups. */
    public boolean settled() {
        return broughtIn.get() == accepted.get() && !missed.get();
    }

    /** What keeps it from writing now, as a sentence; empty when all is well. */
    public String trouble() {
        return trouble;
    }

    /** Removes everything of a sensor, and returns when it is gone. */
    public void drop(String sensor) {
        order(() -> ingest.drop(sensor));
    }

    /**
     * Removes archived hours of some sensors that are too old, and the oldest while the archive is too large.
     *
     * @param oldest start of what is kept, seconds since 1970-01-01 UTC
     */
    public void retain(Set<String> sensors, long oldest, long mostBytes) {
        Set<String> aged = new HashSet<>(sensors);
        order(() -> ingest.retain(aged, oldest, mostBytes));
    }

    private void order(Runnable work) {
        CountDownLatch done = new CountDownLatch(1);
        try {
            orders.put(() -> {
                try {
                    work.run();
                } finally {
                    done.countDown();
                }
            });
            while (thread.isAlive() && !done.await(1, TimeUnit.SECONDS)) {
                LOG.debug("waiting for the recorder");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** From now on what can't be written is not tried again: sensors end with what they can store at once. */
    public void end() {
        ending = true;
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
