package org.hinomi.kernel.campaign;

import java.util.Comparator;
import org.hinomi.kernel.packet.IpProtocol;

/**
 * A destination port and how many packets asked for it.
 *
 * @param protocol IP protocol number
 * @param port destination port; of ICMP the code
 * @param packets packets
 */
public record PortPackets(int protocol, int port, long packets) {
    /** Most packets first, then by protocol and port. */
    static final Comparator<PortPackets> MOST_FIRST = Comparator.comparingLong(PortPackets::packets)
            .reversed()
            .thenComparingInt(PortPackets::protocol)
            .thenComparingInt(PortPackets::port);

    /** As {@code tcp/23}. */
    public String service() {
        return IpProtocol.name(protocol) + "/" + port;
    }
}
