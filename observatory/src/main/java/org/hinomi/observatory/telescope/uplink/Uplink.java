package org.hinomi.observatory.telescope.uplink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.segment.Segment;
import org.hinomi.observatory.telescope.uplink.Waiting.Entry;
import org.hinomi.wire.batch.BatchHeader;
import org.hinomi.wire.batch.Batches;
import org.hinomi.wire.batch.Part;
import org.hinomi.wire.batch.SensorReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what waits in the spool to the tower, oldest first, on a thread of its own. What was not taken is tried again,
 * later and later; what never will be is kept apart, and the rest goes on.
 */
public final class Uplink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Uplink.class);
    private static final long FIRST_PAUSE = 500;
    private static final long LONGEST_PAUSE = 30_000;
    private static final int TARGET_TUPLES = 1 << 17;
    private static final long NANOS_A_MILLI = 1_000_000;

    private final String sensor;
    private final Spool spool;
    private final Reporter reporter;
    private final Carrier carrier;
    private final FingerprintCatalogue catalogue;
    private final Backoff backoff = new Backoff(FIRST_PAUSE, LONGEST_PAUSE);
    private final Thread thread = Thread.ofPlatform().name("uplink").unstarted(this::work);
    private final Object pause = new Object();
    private int alone;
    private String told = "";
    private volatile boolean finishing;
    private volatile long deadline = Long.MAX_VALUE;

    /** An uplink that does not work yet. */
    Uplink(String sensor, Spool spool, Reporter reporter, Carrier carrier, FingerprintCatalogue catalogue) {
        this.sensor = sensor;
        this.spool = spool;
        this.reporter = reporter;
        this.carrier = carrier;
        this.catalogue = catalogue;
    }

    private record Batch(List<Entry> entries, BatchHeader header, List<Segment> segments) {}

    void start() {
        thread.start();
    }

    private void work() {
        while (!over()) {
            try {
                step();
            } catch (InterruptedException e) {
                return;
            } catch (StoreException e) {
                later(new Answer.Later(String.valueOf(e.getMessage()), false));
            } catch (RuntimeException e) {
                LOG.error("the uplink met a mistake in the program", e);
                later(new Answer.Later("a mistake in the program, told above", false));
            }
        }
        if (finishing && spool.isEmpty()) {
            tellEnd(spool.incarnation());
        }
    }

    private boolean over() {
        return finishing
                && (System.nanoTime() - deadline > 0
                        || spool.isEmpty() && spool.over().isEmpty());
    }

    private void step() throws InterruptedException {
        List<Entry> entries = spool.take(alone > 0 ? 1 : carrier.mostParts());
        if (entries.isEmpty()) {
            spool.over().forEach(this::tellEnd);
            spool.await(finishing ? 1 : 1000);
            return;
        }
        Optional<Batch> batch = batch(entries);
        if (batch.isEmpty()) {
            return;
        }
        byte[] bytes = Batches.encode(batch.get().header, catalogue, batch.get().segments);
        judge(batch.get().entries, carrier.send(bytes));
    }

    private void judge(List<Entry> entries, Answer answer) {
        switch (answer) {
            case Answer.Taken _ -> {
                spool.sent(entries);
                alone = Math.max(0, alone - 1);
                taken();
            }
            case Answer.Refused(String why) -> {
                if (entries.size() == 1) {
                    spool.refused(entries.getFirst(), why);
                    alone = Math.max(0, alone - 1);
                } else {
                    alone = entries.size();
                }
            }
            case Answer.Later later -> later(later);
        }
    }

    private void taken() {
        if (!told.isEmpty()) {
            LOG.info("{} takes batches again", carrier.target());
        }
        told = "";
        backoff.reset();
    }

    private void later(Answer.Later later) {
        if (!told.equals(later.why())) {
            LOG.warn("minutes wait in the spool: {}", later.why());
        }
        told = later.why();
        synchronized (pause) {
            try {
                long left = finishing ? (deadline - System.nanoTime()) / NANOS_A_MILLI : Long.MAX_VALUE;
                pause.wait(Math.max(1, Math.min(left, backoff.pause())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** As many of the parts as make a batch of good size; a damaged one is kept apart at once. */
    private Optional<Batch> batch(List<Entry> entries) {
        List<Entry> sending = new ArrayList<>();
        List<Segment> segments = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        int tuples = 0;
        for (Entry entry : entries) {
            Optional<Segment> segment = spool.read(entry);
            if (segment.isEmpty()) {
                spool.refused(entry, "it is damaged");
                continue;
            }
            if (!sending.isEmpty() && tuples + segment.get().size() > TARGET_TUPLES) {
                break;
            }
            tuples += segment.get().size();
            sending.add(entry);
            segments.add(segment.get());
            parts.add(new Part(
                    entry.name().part(),
                    segment.get().time(),
                    segment.get().size(),
                    Spool.packets(segment.get()),
                    segment.get().saturated()));
        }
        if (sending.isEmpty()) {
            return Optional.empty();
        }
        String of = sending.getFirst().incarnation();
        SensorReport report = spool.complete(of, report(of), Set.copyOf(sending));
        return Optional.of(new Batch(sending, new BatchHeader(sensor, of, parts, report), segments));
    }

    private SensorReport report(String of) {
        SensorReport now = reporter.report();
        return of.equals(spool.incarnation()) ? now : spool.earlier(of).orElse(now.unknown());
    }

    private void tellEnd(String of) {
        if (tell(of, report(of))) {
            spool.forget(of);
        }
    }

    /** Tells how an incarnation is, without minutes. */
    private boolean tell(String of, SensorReport report) {
        BatchHeader header = new BatchHeader(sensor, of, List.of(), spool.complete(of, report, Set.of()));
        Answer answer = carrier.send(Batches.encode(header, catalogue, List.of()));
        return switch (answer) {
            case Answer.Taken _ -> {
                taken();
                yield true;
            }
            case Answer.Refused _ -> true;
            case Answer.Later later -> {
                later(later);
                yield false;
            }
        };
    }

    /** What could not be sent is tried again at once: there is reason to believe that it can. */
    void retryNow() {
        synchronized (pause) {
            pause.notifyAll();
        }
    }

    /** Sends what waits and how the sensor ended, for a time at most; what is left stays in the spool. */
    void finish(Duration most) {
        deadline = System.nanoTime() + most.toNanos();
        finishing = true;
        retryNow();
    }

    /** Waits for the end. */
    void join() throws InterruptedException {
        thread.join();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
