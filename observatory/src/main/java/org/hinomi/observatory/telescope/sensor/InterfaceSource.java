package org.hinomi.observatory.telescope.sensor;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.observatory.capture.ring.RingException;
import org.hinomi.observatory.capture.ring.RingSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Captures from network interfaces, on as many threads as each has rings. At first all interfaces must be there; later
 * one that goes down or away is tried again while the others go on.
 */
public final class InterfaceSource implements PacketSource {
    private static final Logger LOG = LoggerFactory.getLogger(InterfaceSource.class);
    private static final long SECOND = 1_000_000_000L;

    /** What comes before it is tried again is not seen, and trying is cheap. */
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final List<Cable> cables;
    private final int lanes;
    private final InstantSource clock;
    private final AtomicInteger watch = new AtomicInteger();
    private boolean opened;

    /**
     * A source that is not open yet.
     *
     * @param interfaces at least one; all with as many rings
     * @param dark the addresses that a filter passes; empty for all
     */
    public InterfaceSource(List<RingSettings> interfaces, PrefixSet dark, InstantSource clock) {
        this.cables =
                interfaces.stream().map(settings -> new Cable(settings, dark)).toList();
        this.lanes = interfaces.getFirst().cores();
        this.clock = clock;
    }

    @Override
    public synchronized void open() {
        RuntimeException failure = null;
        for (Cable cable : cables) {
            try {
                cable.open();
            } catch (RingException e) {
                failure = new SourceException(String.valueOf(e.getMessage()), e);
            }
        }
        if (failure != null && (!opened || cables.stream().noneMatch(Cable::healthy))) {
            throw failure;
        }
        opened = true;
    }

    /** Opens again what was given back whole. */
    private synchronized void reopen() {
        for (Cable cable : cables) {
            try {
                if (cable.closed() && cable.open()) {
                    watch.incrementAndGet();
                }
            } catch (RingException e) {
                LOG.debug("still: {}", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        cables.forEach(Cable::close);
    }

    @Override
    public int lanes() {
        return lanes;
    }

    @Override
    public void run(FrameSink sink, LongConsumer quiet) {
        run(0, sink, quiet);
    }

    @Override
    public void run(int lane, FrameSink sink, LongConsumer quiet) {
        open();
        try (InterfaceLane rings = new InterfaceLane(cables, lane, watch::incrementAndGet)) {
            long looked = System.nanoTime();
            while (!Thread.currentThread().isInterrupted()) {
                if (!rings.read(sink)) {
                    quiet.accept(now());
                }
                long now = System.nanoTime();
                if (now - looked > SECOND || rings.none()) {
                    looked = now;
                    rings.look(sink);
                    if (lane == 0) {
                        reopen();
                    }
                }
            }
            rings.drain(sink);
        } catch (RingException e) {
            throw new SourceException(String.valueOf(e.getMessage()), e);
        }
    }

    private long now() {
        Instant now = clock.instant();
        return now.getEpochSecond() * SECOND + now.getNano();
    }

    @Override
    public long dropped() {
        return cables.stream().mapToLong(Cable::dropped).sum();
    }

    @Override
    public boolean waits() {
        return false;
    }

    @Override
    public SourceFigures figures() {
        return new SourceFigures(
                dropped(),
                cables.stream().mapToLong(Cable::freezes).sum(),
                cables.stream().mapToLong(Cable::damaged).sum(),
                Optional.of(cables.stream().anyMatch(Cable::hardwareTime) ? "hardware" : "kernel"),
                Optional.empty());
    }

    @Override
    public long longestPause() {
        return LONGEST_PAUSE_MILLIS;
    }

    @Override
    public int watch() {
        return watch.get();
    }

    @Override
    public Optional<String> trouble() {
        return cables.stream().flatMap(cable -> cable.trouble().stream()).findFirst();
    }
}
