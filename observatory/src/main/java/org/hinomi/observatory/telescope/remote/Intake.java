package org.hinomi.observatory.telescope.remote;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.segment.Inbox;
import org.hinomi.observatory.telescope.record.Recorder;
import org.hinomi.observatory.telescope.sensor.Ledger;
import org.hinomi.observatory.web.Problem;
import org.hinomi.wire.batch.BatchHeader;
import org.hinomi.wire.batch.BatchReader;
import org.hinomi.wire.batch.Lost;
import org.hinomi.wire.batch.Part;
import org.hinomi.wire.batch.SensorReport;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes batches, each part once. The segments are forced to disk in the inbox; then the control database notes the
 * sequence they go up to; then they move into the log, where they count, and the sensor is told. A kill between any two
 * of these leaves a batch that comes again and is told apart, or one that a start finishes.
 */
public final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final int MOST_READ = 16;
    private static final int MOST_WORKED_ON = 4;
    private static final long LONGEST_WAIT_SECONDS = 20;

    private final Inbox inbox;
    private final RemoteStore store;
    private final Ledger ledger;
    private final Recorder recorder;
    private final FingerprintCatalogue catalogue;
    private final InstantSource clock;
    private final Semaphore reading = new Semaphore(MOST_READ);
    private final Semaphore working = new Semaphore(MOST_WORKED_ON);
    private final Map<String, Set<Lost>> rows = new ConcurrentHashMap<>();

    /** An intake that does not work yet. */
    public Intake(
            Inbox inbox,
            Jdbi jdbi,
            Ledger ledger,
            Recorder recorder,
            FingerprintCatalogue catalogue,
            InstantSource clock) {
        this.inbox = inbox;
        this.store = new RemoteStore(jdbi);
        this.ledger = ledger;
        this.recorder = recorder;
        this.catalogue = catalogue;
        this.clock = clock;
    }

    /** Finishes what an earlier process left; before the recorder starts. */
    public void settle() {
        inbox.settle(store::sequence);
    }

    /**
     * Takes a batch of a sensor, and returns when it is safe.
     *
     * @param body gives the batch's bytes
     * @return how many of its parts are new
     * @throws Problem when it is refused, or can't be stored now
     */
    int take(RemoteSensor sensor, Supplier<byte[]> body) {
        byte[] bytes = within(reading, body);
        return within(working, () -> taken(sensor, bytes));
    }

    /** Does something that takes memory when there is a place for it. */
    private static <T> T within(Semaphore places, Supplier<T> work) {
        try {
            if (!places.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw Problem.unavailable("The tower takes in too many batches now; send it again.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("The tower is stopping; send it again.");
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    private int taken(RemoteSensor sensor, byte[] bytes) {
        try {
            Opened batch = Opened.of(bytes, sensor.sensor(), catalogue, clock.instant());
            synchronized (sensor) {
                int fresh = store(sensor, batch);
                sensor.report(batch.header().incarnation(), batch.header().report());
                sensor.batchTaken();
                return fresh;
            }
        } catch (StoreException | JdbiException e) {
            LOG.error(
                    "a batch of sensor {} can't be stored: {}", sensor.sensor().name(), e.getMessage());
            throw Problem.unavailable("The tower can't store now; its log says why. Keep the batch.");
        }
    }

    private int store(RemoteSensor sensor, Opened batch) {
        BatchHeader header = batch.header();
        String name = header.sensor();
        long known = store.sequence(name, header.incarnation());
        long last = known;
        int fresh = 0;
        for (int i = 0; i < header.parts().size(); i++) {
            Part part = header.parts().get(i);
            if (part.sequence() > known) {
                inbox.put(
                        name,
                        header.incarnation(),
                        part.sequence(),
                        batch.segments().get(i));
                last = part.sequence();
                fresh++;
            }
        }
        if (fresh > 0) {
            inbox.force(name);
        }
        observed(sensor, header);
        store.count(name, header.incarnation(), last, clock.instant());
        if (fresh > 0) {
            recorder.taken(inbox.accept(name, header.incarnation(), last));
        }
        return fresh;
    }

    private void observed(RemoteSensor sensor, BatchHeader header) {
        SensorReport report = header.report();
        if (report.firstSecond() < 0) {
            return;
        }
        String row = RemoteSensor.row(header.sensor(), header.incarnation());
        Set<Lost> told = rows.computeIfAbsent(row, key -> {
            ledger.begin(key, sensor.sensor(), report.firstSecond());
            return new HashSet<>();
        });
        ledger.observed(
                row,
                Math.min(
                        Math.max(report.upTo(), report.firstSecond()),
                        clock.instant().getEpochSecond() + BatchReader.AHEAD_SECONDS),
                new Ledger.Figures(
                        report.packets(),
                        RemoteSensor.dropped(report),
                        report.saturatedParts(),
                        report.state(),
                        report.detail()));
        for (Lost each : report.lost()) {
            if (!told.contains(each)) {
                ledger.hole(row, header.sensor(), each.from(), each.to(), each.reason());
                told.add(each);
            }
        }
    }
}
