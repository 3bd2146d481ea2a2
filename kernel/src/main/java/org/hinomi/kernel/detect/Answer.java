package org.hinomi.kernel.detect;

import java.util.Locale;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.TcpFlags;

/** What a victim answers forged packets with, and so what it is most likely flooded with. */
enum Answer {
    /** SYN+ACK: SYN packets to an open port. */
    SYN_FLOOD,
    /** RST: packets to a closed port, or without a connection. */
    TCP_RESET,
    /** Echo replies: pings. */
    PING_FLOOD,
    /** Unreachable, time exceeded and the like: mostly UDP, or packets that a router refuses. */
    ICMP_ERROR,
    /** UDP from port 53: queries. */
    DNS,
    /** No one of these for the most part. */
    MIXED;

    private static final Answer[] ALL = values();
    private static final int ECHO_REPLY = 0;
    private static final int ECHO_REPLY_V6 = 129;

    /** How many there are, MIXED apart. */
    static final int KINDS = MIXED.ordinal();

    static Answer at(int ordinal) {
        return ALL[ordinal];
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The answer that a tuple of backscatter is. */
    static Answer of(FlowRow row) {
        return switch (row.protocol) {
            case IpProtocol.TCP -> (row.tcpFlags & TcpFlags.RST) != 0 ? TCP_RESET : SYN_FLOOD;
            case IpProtocol.UDP -> DNS;
            default ->
                row.srcPort == (row.protocol == IpProtocol.ICMP ? ECHO_REPLY : ECHO_REPLY_V6) ? PING_FLOOD : ICMP_ERROR;
        };
    }
}
