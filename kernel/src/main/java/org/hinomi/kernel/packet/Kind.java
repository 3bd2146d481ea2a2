package org.hinomi.kernel.packet;

import java.util.Locale;

/**
 * What a packet that reaches unused address space most likely is. Backscatter is the answer of a victim whose attacker
 * forged our address (Moore et al., "Inferring Internet Denial-of-Service Activity", 2001): TCP with SYN+ACK or RST,
 * UDP from port 53, and ICMP answers and errors, by the types that Corsaro uses. A scan asks: a bare SYN; the stealth
 * probes FIN, NULL and XMAS; UDP from elsewhere; ICMP requests. The TTL plays no part: ZMap and masscan send with 255.
 */
public enum Kind {
    /** A probe. */
    SCAN,
    /** The answer to a forged packet. */
    BACKSCATTER,
    /** Neither. */
    OTHER;

    private static final Kind[] ALL = values();
    private static final int DNS = 53;
    private static final int SYN_ACK = TcpFlags.SYN | TcpFlags.ACK;
    private static final int XMAS = TcpFlags.FIN | TcpFlags.PSH | TcpFlags.URG;

    /** The name in JSON. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many kinds there are. */
    public static int count() {
        return ALL.length;
    }

    /** The kind of an ordinal. */
    public static Kind at(int ordinal) {
        return ALL[ordinal];
    }

    /** The ordinal of the kind of a packet; for ICMP, {@code srcPort} is the type. */
    public static int of(int protocol, int tcpFlags, int srcPort, boolean laterFragment) {
        if (laterFragment) {
            return OTHER.ordinal();
        }
        return switch (protocol) {
            case IpProtocol.TCP -> ofTcp(tcpFlags & TcpFlags.CLASS_BITS).ordinal();
            case IpProtocol.UDP -> (srcPort == DNS ? BACKSCATTER : SCAN).ordinal();
            case IpProtocol.ICMP -> ofIcmp(srcPort).ordinal();
            case IpProtocol.ICMPV6 -> ofIcmpV6(srcPort).ordinal();
            default -> OTHER.ordinal();
        };
    }

    private static Kind ofTcp(int flags) {
        if ((flags & SYN_ACK) == SYN_ACK || (flags & TcpFlags.RST) != 0) {
            return BACKSCATTER;
        }
        return flags == TcpFlags.SYN || flags == TcpFlags.FIN || flags == 0 || flags == XMAS ? SCAN : OTHER;
    }

    private static Kind ofIcmp(int type) {
        return switch (type) {
            case 0, 3, 4, 5, 11, 12, 14, 16, 18 -> BACKSCATTER;
            case 8, 13, 15, 17 -> SCAN;
            default -> OTHER;
        };
    }

    /** Errors (1 to 4) and echo replies answer; echo and node information requests ask (RFC 4443, RFC 4620). */
    private static Kind ofIcmpV6(int type) {
        return switch (type) {
            case 1, 2, 3, 4, 129, 140 -> BACKSCATTER;
            case 128, 139 -> SCAN;
            default -> OTHER;
        };
    }
}
