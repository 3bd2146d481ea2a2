package org.hinomi.observatory.telescope.sensor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.kernel.synthetic.Profile;
import org.hinomi.kernel.synthetic.Traffic;
import org.hinomi.kernel.synthetic.TrafficPlan;

/**
 * Made-up traffic that is the same on every machine: one generated day, again each UTC day. What lies in the past is
 * given at once, then it goes on with the clock.
 */
public final class DemoSource implements PacketSource {
    private static final long NANOS = 1_000_000_000L;
    private static final long DAY = Duration.ofDays(1).toNanos();
    private static final long LONGEST_WAIT = 200_000_000L;

    private final PrefixSet darknet;
    private final long packetsPerDay;
    private final long seed;
    private final Instant from;
    private final InstantSource clock;

    /**
     * A demo.
     *
     * @param seed makes one sensor's traffic differ from another's
     * @param from where to begin
     */
    public DemoSource(PrefixSet darknet, long packetsPerDay, long seed, Instant from, InstantSource clock) {
        this.darknet = darknet;
        this.packetsPerDay = packetsPerDay;
        this.seed = seed;
        this.from = from;
        this.clock = clock;
    }

    @Override
    public void open() {}

    @Override
    public void close() {}

    @Override
    public void run(FrameSink sink, LongConsumer quiet) {
        long begin = from.getEpochSecond() * NANOS;
        for (long day = Math.floorDiv(begin, DAY); !Thread.currentThread().isInterrupted(); day++) {
            Traffic traffic = new Traffic(new TrafficPlan(Profile.DAY, seed, day * DAY, DAY, darknet, packetsPerDay));
            while (traffic.nextNanos() < begin) {
                traffic.emit((nanos, bytes, offset, captured, wire, linkType) -> {});
            }
            while (traffic.hasNext() && await(traffic.nextNanos(), quiet)) {
                traffic.emit(sink);
            }
        }
    }

    private boolean await(long due, LongConsumer quiet) {
        long now = now();
        while (now < due) {
            quiet.accept(now);
            LockSupport.parkNanos(Math.min(due - now, LONGEST_WAIT));
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            now = now();
        }
        return !Thread.currentThread().isInterrupted();
    }

    private long now() {
        Instant now = clock.instant();
        return now.getEpochSecond() * NANOS + now.getNano();
    }

    @Override
    public long dropped() {
        return 0;
    }

    @Override
    public boolean waits() {
        return true;
    }
}
