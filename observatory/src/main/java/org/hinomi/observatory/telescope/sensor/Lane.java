package org.hinomi.observatory.telescope.sensor;

import java.util.List;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowMinutes;
import org.hinomi.kernel.flow.FlowSink;
import org.hinomi.kernel.observe.PacketPath;
import org.hinomi.kernel.observe.PacketWitness;
import org.hinomi.kernel.packet.SkipReason;
import org.hinomi.observatory.telescope.live.LiveTap;

/** What one thread of a sensor does with its packets: a path, open minutes and a tap of its own. */
final class Lane {
    private final FlowMinutes minutes;
    private final PacketPath path;
    private final LiveTap tap;
    private volatile long eventNanos = Long.MIN_VALUE;
    private volatile long firstNanos = Long.MIN_VALUE;
    private volatile long packets;

    Lane(
            Sensor sensor,
            FingerprintCatalogue catalogue,
            int mostTuples,
            FlowSink sink,
            LiveTap tap,
            List<PacketWitness> also) {
        this.tap = tap;
        this.minutes = new FlowMinutes(mostTuples, sink);
        this.path = new PacketPath(sensor.darknet(), catalogue, minutes, witness(also));
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    private PacketWitness witness(List<PacketWitness> also) {
        PacketWitness[] others = also.toArray(PacketWitness[]::new);
        return (nanos, header, matches, bytes, offset, captured, linkType) -> {
            if (firstNanos == Long.MIN_VALUE) {
                firstNanos = nanos;
            }
            eventNanos = nanos;
            // One thread writes; others only read.
            packets++;
            tap.seen(nanos, header, matches, bytes, offset, captured, linkType);
            for (PacketWitness other : others) {
                other.seen(nanos, header, matches, bytes, offset, captured, linkType);
            }
        };
    }

    void quiet(long nanos) {
        minutes.advanceTo(nanos);
        if (firstNanos == Long.MIN_VALUE) {
            firstNanos = nanos;
        }
        eventNanos = Math.max(eventNanos, nanos);
    }

    /** Begins to tell anew when it first observed. */
    void begin() {
        firstNanos = Long.MIN_VALUE;
    }

    PacketPath path() {
        return path;
    }

    FlowMinutes minutes() {
        return minutes;
    }

    LiveTap tap() {
        return tap;
    }

    /** Event time, nanoseconds since 1970-01-01 UTC; {@link Long#MIN_VALUE} before anything. */
    long eventNanos() {
        return eventNanos;
    }

    /** When it first observed since it began, nanoseconds since 1970-01-01 UTC; {@link Long#MIN_VALUE} before. */
    long firstNanos() {
        return firstNanos;
    }

    long packets() {
        return packets;
    }

    /** Packets to addresses that are not dark; a moment old when another thread asks. */
    long outside() {
        return path.skipped(SkipReason.OUTSIDE);
    }

    /** Packets that could not be read; a moment old when another thread asks. */
    long refused() {
        long sum = 0;
        for (SkipReason reason : SkipReason.values()) {
            sum += reason == SkipReason.OUTSIDE ? 0 : path.skipped(reason);
        }
        return sum;
    }
}
