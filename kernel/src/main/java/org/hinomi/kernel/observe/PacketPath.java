package org.hinomi.kernel.observe;

import java.lang.foreign.MemorySegment;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowMinutes;
import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.kernel.packet.PacketDecoder;
import org.hinomi.kernel.packet.PacketHeader;
import org.hinomi.kernel.packet.SkipReason;

/**
 * What happens to a packet of one sensor: it is decoded or refused with a counted reason, kept if it goes to the dark
 * addresses, compared with the fingerprint rules and counted into its flow tuple. Not thread-safe; allocates nothing a
 * packet.
 */
public final class PacketPath implements FrameSink {
    private final PrefixSet darknet;
    private final boolean everywhere;
    private final FingerprintCatalogue catalogue;
    private final FlowMinutes minutes;
    private final PacketWitness witness;
    private final PacketHeader header = new PacketHeader();
    private final long[] skipped = new long[SkipReason.count()];
    private long packets;
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;

    /**
     * The path of one sensor.
     *
     * @param darknet the dark addresses; an empty set keeps all packets
     */
    public PacketPath(PrefixSet darknet, FingerprintCatalogue catalogue, FlowMinutes minutes, PacketWitness witness) {
        this.darknet = darknet;
        this.everywhere = darknet.isEmpty();
        this.catalogue = catalogue;
        this.minutes = minutes;
        this.witness = witness;
    }

    @Override
    public void frame(long nanos, MemorySegment bytes, long offset, int captured, int wire, int linkType) {
        packets++;
        firstNanos = Math.min(firstNanos, nanos);
        lastNanos = Math.max(lastNanos, nanos);
        SkipReason refused = PacketDecoder.decode(bytes, offset, captured, linkType, header);
        if (refused != null) {
            skipped[refused.ordinal()]++;
            return;
        }
        if (!everywhere && !darknet.contains(header.dstHi, header.dstLo)) {
            skipped[SkipReason.OUTSIDE.ordinal()]++;
            return;
        }
        long matches = catalogue.match(header);
        minutes.add(nanos, header, matches);
        witness.seen(nanos, header, matches, bytes, offset, captured, linkType);
    }

    /** All packets given to this path. */
    public long packets() {
        return packets;
    }

    /** Packets refused for a reason. */
    public long skipped(SkipReason reason) {
        return skipped[reason.ordinal()];
    }

    /** Time of the earliest packet, nanoseconds since 1970; {@link Long#MAX_VALUE} before the first. */
    public long firstNanos() {
        return firstNanos;
    }

    /** Time of the latest packet, nanoseconds since 1970; {@link Long#MIN_VALUE} before the first. */
    public long lastNanos() {
        return lastNanos;
    }
}
