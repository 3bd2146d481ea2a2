package org.hinomi.kernel.observe;

import java.lang.foreign.MemorySegment;
import org.hinomi.kernel.packet.PacketHeader;

/** Sees each packet as it is counted, for what can't wait until its minute closes: the live map, packet samples. */
@FunctionalInterface
public interface PacketWitness {
    /** Sees nothing. */
    PacketWitness NONE = (nanos, header, matches, bytes, offset, captured, linkType) -> {};

    /**
     * A packet was decoded and is counted. Header and bytes are valid only during the call, which is on the packet
     * path: it must be short.
     *
     * @param matches the packet rules it matched, one bit each
     */
    void seen(
            long nanos,
            PacketHeader header,
            long matches,
            MemorySegment bytes,
            long offset,
            int captured,
            int linkType);
}
