package org.hinomi.observatory.telescope.live;

/**
 * A packet on its way to the map. It does not name the dark address it went to.
 *
 * @param nanos time, nanoseconds since 1970-01-01 UTC
 * @param srcHi upper 64 bits of the source address
 * @param srcLo lower 64 bits of the source address
 * @param packetClass ordinal of its {@link org.hinomi.kernel.packet.PacketClass}
 * @param protocol IP protocol number
 * @param dstPort destination port, or ICMP code
 * @param matches the packet rules it matched, one bit each
 */
public record LivePacket(
        long nanos, long srcHi, long srcLo, int packetClass, int protocol, int dstPort, long matches) {}
