package org.hinomi.observatory.telescope.uplink;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.observatory.store.DataDirectory;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.segment.Segment;
import org.hinomi.observatory.store.segment.SegmentLog;
import org.hinomi.observatory.store.segment.SegmentName;
import org.hinomi.observatory.telescope.uplink.Waiting.Entry;
import org.hinomi.wire.batch.SensorReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The minutes of a sensor that the tower does not have yet, as segments on disk: by incarnation (in the place of the
 * segment's sensor) and sequence (in the place of its part). Bounded in bytes; what has no room is counted.
 */
public final class Spool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);
    private static final int PART_ROWS = 1 << 15;
    private static final int MINUTE = 60;

    private final SpoolFolder folder;
    private final SegmentLog log;
    private final String incarnation;
    private final long mostBytes;
    private final boolean keepOldest;
    private final Waiting waiting = new Waiting();
    private final Map<String, Losses> losses = new HashMap<>();
    private int sequence;
    private long closedUpTo = -1;
    private boolean writable = true;
    private boolean bounded = true;
    private boolean refusedTold;

    /**
     * Opens a spool, with what an earlier process left in it.
     *
     * @param sensor the sensor whose spool it is
     * @param incarnation this run of the program; later ones sort after earlier ones
     * @param mostBytes how much disk waiting minutes may take
     * @param keepOldest whether new minutes go, not the oldest, when it is full
     * @throws StoreException with a sentence when it can't be used
     */
    public Spool(Path path, String sensor, String incarnation, long mostBytes, boolean keepOldest) {
        this.folder = SpoolFolder.open(path, sensor);
        this.incarnation = incarnation;
        this.mostBytes = mostBytes;
        this.keepOldest = keepOldest;
        try {
            this.log = new SegmentLog(folder.segments());
            for (String earlier : folder.incarnations()) {
                losses.put(earlier, folder.load(earlier).map(Losses::new).orElseGet(Losses::new));
            }
            log.all().forEach(name -> waiting.enter(new Entry(name, log.size(name))));
        } catch (StoreException e) {
            folder.close();
            throw e;
        }
    }

    private Losses losses(String of) {
        return losses.computeIfAbsent(of, key -> new Losses());
    }

    /** This run of the program. */
    String incarnation() {
        return incarnation;
    }

    /** Keeps a minute; when this returns it is on disk, or counted as lost. */
    void minute(FlowBatch batch, Supplier<SensorReport> report) {
        if (sequence == 0) {
            save(report.get());
        }
        for (int from = 0; from < batch.size(); from += PART_ROWS) {
            int rows = Math.min(PART_ROWS, batch.size() - from);
            SegmentName name = new SegmentName(incarnation, batch.time(), nextSequence());
            try {
                long size = log.write(name, batch, from, rows);
                written(new Entry(name, size));
            } catch (StoreException e) {
                unwritable(batch, from, rows, e);
            }
        }
        synchronized (this) {
            closedUpTo = Math.max(closedUpTo, batch.saturated() ? batch.time() : batch.time() + MINUTE);
        }
        save(report.get());
    }

    private synchronized int nextSequence() {
        return ++sequence;
    }

    private void written(Entry entry) {
        if (!writable) {
            LOG.info("the spool can be written again");
        }
        writable = true;
        List<Entry> out;
        synchronized (this) {
            waiting.enter(entry);
            boolean full = waiting.bytes() > mostBytes;
            out = !full ? List.of() : keepOldest ? List.of(entry) : waiting.excess(mostBytes);
            out.forEach(waiting::leave);
            notifyAll();
        }
        out.forEach(this::drop);
    }

    private void drop(Entry entry) {
        if (bounded) {
            LOG.error("the spool is full: {} minutes go, and are counted", keepOldest ? "new" : "its oldest");
        }
        bounded = false;
        long packets = log.read(entry.name()).map(Spool::packets).orElse(0L);
        synchronized (this) {
            losses(entry.incarnation()).full(entry.name().minute(), packets);
        }
        log.delete(List.of(entry.name()));
        saveEarlier(entry.incarnation());
    }

    /** Of an earlier incarnation the losses are all that changes. */
    private void saveEarlier(String of) {
        if (!of.equals(incarnation)) {
            folder.load(of).ifPresent(report -> keep(of, report, report.upTo()));
        }
    }

    static long packets(FlowBatch batch) {
        return packets(batch, 0, batch.size());
    }

    private static long packets(FlowBatch batch, int from, int rows) {
        FlowRow row = new FlowRow();
        long packets = 0;
        for (int i = from; i < from + rows; i++) {
            batch.read(i, row);
            packets += row.packetCnt;
        }
        return packets;
    }

    private void unwritable(FlowBatch batch, int from, int rows, StoreException why) {
        if (writable) {
            LOG.error("minutes are lost, and counted: {}", why.getMessage());
        }
        writable = false;
        synchronized (this) {
            losses(incarnation).unwritable(batch.time(), packets(batch, from, rows));
        }
    }

    /** Keeps how this incarnation is, for the case that another process delivers the rest. */
    void save(SensorReport report) {
        keep(incarnation, report, Math.max(report.upTo(), closedUpTo));
    }

    private void keep(String of, SensorReport report, long upTo) {
        SensorReport kept;
        synchronized (this) {
            kept = losses(of).in(report, report.state(), upTo, waiting.count(), waiting.bytes());
        }
        folder.save(of, kept);
    }

    /** The oldest parts that wait, all of one incarnation; they are not dropped until they are given back. */
    synchronized List<Entry> take(int most) {
        return waiting.take(most);
    }

    /** The tuples of a part; empty when it is damaged, or gone. */
    Optional<Segment> read(Entry entry) {
        return log.read(entry.name());
    }

    /** The tower has these. */
    void sent(List<Entry> entries) {
        synchronized (this) {
            entries.forEach(waiting::leave);
            bounded |= waiting.bytes() < mostBytes / 2;
        }
        log.delete(entries.stream().map(Entry::name).toList());
    }

    /** The tower will never take this: it is kept apart. */
    void refused(Entry entry, String why) {
        synchronized (this) {
            if (!refusedTold) {
                LOG.error("a part of a minute is kept apart in {}: {}", folder.refused(), why);
            }
            refusedTold = true;
            waiting.leave(entry);
            losses(entry.incarnation()).refused(entry.name().minute());
        }
        try {
            SegmentName name = entry.name();
            log.move(name, folder.refused().resolve(name.sensor() + "_" + name.part() + "_" + name.minute() + ".seg"));
            folder.boundRefused();
        } catch (IOException e) {
            LOG.warn("{} can't be kept apart: {}", entry.name(), DataDirectory.reason(e));
            log.delete(List.of(entry.name()));
        }
        saveEarlier(entry.incarnation());
    }

    /** A report with what the spool knows; parts that are about to be sent count as sent. */
    SensorReport complete(String of, SensorReport report, Set<Entry> sending) {
        synchronized (this) {
            long left = waiting.count() - sending.size();
            long leftBytes =
                    waiting.bytes() - sending.stream().mapToLong(Entry::bytes).sum();
            boolean own = of.equals(incarnation);
            long closed = own ? Math.max(report.upTo(), closedUpTo) : report.upTo();
            OptionalLong next = waiting.earliest(of, sending);
            String state = own ? report.state() : next.isEmpty() ? "stopped" : "running";
            return losses(of).in(report, state, Math.min(next.orElse(closed), closed), left, leftBytes);
        }
    }

    /** How an earlier incarnation was, as far as is known. */
    Optional<SensorReport> earlier(String of) {
        return folder.load(of);
    }

    /** Earlier incarnations of which nothing waits any more, but whose end was not told yet. */
    synchronized List<String> over() {
        return folder.incarnations().stream()
                .filter(each -> !each.equals(incarnation) && !waiting.has(each))
                .toList();
    }

    /** The tower knows all there is to know of an incarnation. */
    void forget(String of) {
        folder.forget(of);
        synchronized (this) {
            losses.remove(of);
        }
    }

    /** Waits until something waits here, or for a time. */
    synchronized void await(long millis) throws InterruptedException {
        if (waiting.isEmpty()) {
            wait(millis);
        }
    }

    synchronized long waitingParts() {
        return waiting.count();
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    @Override
    public void close() {
        folder.close();
    }
}
