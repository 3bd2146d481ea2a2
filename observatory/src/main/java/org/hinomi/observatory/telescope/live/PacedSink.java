package org.hinomi.observatory.telescope.live;

import java.lang.foreign.MemorySegment;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import org.hinomi.kernel.packet.FrameSink;

/** Holds recorded frames back until their time has come, at a multiple of the speed they were recorded with. */
public final class PacedSink implements FrameSink {
    private static final long NANOS = 1_000_000_000L;
    private static final long LONGEST_WAIT = NANOS;

    private final FrameSink sink;
    private final InstantSource clock;
    private final double speed;
    private long eventStart = Long.MIN_VALUE;
    private long wallStart;

    /**
     * A sink that keeps pace.
     *
     * @param speed event time against wall time, more than 0
     */
    public PacedSink(FrameSink sink, InstantSource clock, double speed) {
        this.sink = sink;
        this.clock = clock;
        this.speed = speed;
    }

    @Override
    public void frame(long nanos, MemorySegment bytes, long offset, int captured, int wire, int linkType) {
        long now = wallNanos();
        if (eventStart == Long.MIN_VALUE || nanos < eventStart) {
            eventStart = nanos;
            wallStart = now;
        }
        long due = wallStart + (long) ((nanos - eventStart) / speed);
        while (now < due && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(Math.min(due - now, LONGEST_WAIT));
            now = wallNanos();
        }
        sink.frame(nanos, bytes, offset, captured, wire, linkType);
    }

    private long wallNanos() {
        var now = clock.instant();
        return now.getEpochSecond() * NANOS + now.getNano();
    }
}
