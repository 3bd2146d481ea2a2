package org.hinomi.observatory.telescope.live;

import java.util.List;

/** What the live map gets of one sensor: a sample of its packets, and the counts of its event-time day. */
public interface Tap {
    /**
     * Counts of the event-time day so far.
     *
     * @param firstNanos time of the earliest packet, nanoseconds since 1970; {@link Long#MAX_VALUE} before the first
     * @param lastNanos time of the latest packet, nanoseconds since 1970; {@link Long#MIN_VALUE} before the first
     * @param total packets since the tap was made
     * @param classes packets of the day by ordinal of {@link org.hinomi.kernel.packet.PacketClass}
     * @param sources sketch of the day's sources, as bytes
     * @param synOrUdp SYN and UDP packets of the day
     * @param toIotPorts those to IoT ports
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Counts(
            long firstNanos,
            long lastNanos,
            long total,
            long[] classes,
            byte[] sources,
            long synOrUdp,
            long toIotPorts) {}

    /**
     * What was drawn since the last time.
     *
     * @param seen how many packets there were
     * @param packets a fair sample of them
     */
    record Drawn(long seen, List<LivePacket> packets) {}

    /** Takes the sample and begins a new one. */
    Drawn drain();

    /** The counts now. */
    Counts counts();
}
