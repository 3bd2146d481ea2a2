package org.hinomi.observatory.telescope.sensor;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.observatory.capture.ring.PacketRing;
import org.hinomi.observatory.capture.ring.RingException;
import org.jspecify.annotations.Nullable;

/** Captures from a network interface. Opened by one thread and then run by one. */
public final class InterfaceSource implements PacketSource {
    private static final int WAIT_MILLIS = 200;
    private static final long SECOND = 1_000_000_000L;

    private final String name;
    private final boolean promiscuous;
    private final InstantSource clock;
    private @Nullable PacketRing ring;
    private volatile long dropped;
    private long droppedBefore;

    /**
     * A source that is not open yet.
     *
     * @param promiscuous whether to take frames that are not addressed to the interface
     */
    public InterfaceSource(String name, boolean promiscuous, InstantSource clock) {
        this.name = name;
        this.promiscuous = promiscuous;
        this.clock = clock;
    }

    @Override
    public void open() {
        if (ring == null) {
            try {
                ring = new PacketRing(name, promiscuous);
            } catch (RingException e) {
                throw new SourceException(String.valueOf(e.getMessage()), e);
            }
        }
    }

    @Override
    public void close() {
        PacketRing left = ring;
        ring = null;
        if (left != null) {
            left.close();
        }
    }

    @Override
    public void run(FrameSink sink, LongConsumer quiet) {
        open();
        PacketRing from = Objects.requireNonNull(ring);
        long asked = 0;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                boolean some = from.read(sink, WAIT_MILLIS);
                long now = now();
                if (!some) {
                    quiet.accept(now);
                }
                if (now - asked > SECOND) {
                    asked = now;
                    dropped = droppedBefore + from.dropped();
                }
            }
            from.drain(sink);
        } catch (RingException e) {
            throw new SourceException(String.valueOf(e.getMessage()), e);
        } finally {
            droppedBefore += from.dropped();
            dropped = droppedBefore;
            close();
        }
    }

    private long now() {
        Instant now = clock.instant();
        return now.getEpochSecond() * SECOND + now.getNano();
    }

    @Override
    public long dropped() {
        return dropped;
    }

    @Override
    public boolean waits() {
        return false;
    }
}
