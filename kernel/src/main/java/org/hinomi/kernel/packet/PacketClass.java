package org.hinomi.kernel.packet;

import java.util.Locale;

/**
 * The class of a packet on the world map. The nine names are those of NICT's NICTER; NICT has not published how it
 * orders mixed flags, so the order here is Hinomi's own: of FIN, SYN, RST, PSH, ACK and URG (ECE and CWR ignored),
 * exactly SYN, exactly SYN+ACK, exactly ACK, any RST, any FIN, any PSH, the rest.
 */
public enum PacketClass {
    /** SYN alone. */
    TCP_SYN,
    /** SYN and ACK. */
    TCP_SYN_ACK,
    /** ACK alone. */
    TCP_ACK,
    /** FIN among the flags. */
    TCP_FIN,
    /** RST among the flags. */
    TCP_RESET,
    /** PSH among the flags. */
    TCP_PUSH,
    /** Any other combination of flags, none included. */
    TCP_OTHER,
    /** UDP. */
    UDP,
    /** ICMP and ICMPv6. */
    ICMP,
    /** Other protocols, and fragments after the first. */
    OTHER;

    private static final PacketClass[] ALL = values();
    private static final byte[] OF_FLAGS = ofFlags();

    /** The name in JSON: lower case with underscores. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How many classes there are. */
    public static int count() {
        return ALL.length;
    }

    /** The class of an ordinal. */
    public static PacketClass at(int ordinal) {
        return ALL[ordinal];
    }

    /** The ordinal of the class of a packet. */
    public static int of(int protocol, int tcpFlags, boolean laterFragment) {
        if (laterFragment) {
            return OTHER.ordinal();
        }
        return switch (protocol) {
            case IpProtocol.TCP -> OF_FLAGS[tcpFlags & TcpFlags.CLASS_BITS];
            case IpProtocol.UDP -> UDP.ordinal();
            case IpProtocol.ICMP, IpProtocol.ICMPV6 -> ICMP.ordinal();
            default -> OTHER.ordinal();
        };
    }

    private static byte[] ofFlags() {
        byte[] classes = new byte[TcpFlags.CLASS_BITS + 1];
        for (int flags = 0; flags < classes.length; flags++) {
            classes[flags] = (byte) ofFlags(flags).ordinal();
        }
        return classes;
    }

    private static PacketClass ofFlags(int flags) {
        return switch (flags) {
            case TcpFlags.SYN -> TCP_SYN;
            case TcpFlags.SYN | TcpFlags.ACK -> TCP_SYN_ACK;
            case TcpFlags.ACK -> TCP_ACK;
            default -> {
                if ((flags & TcpFlags.RST) != 0) {
                    yield TCP_RESET;
                }
                if ((flags & TcpFlags.FIN) != 0) {
                    yield TCP_FIN;
                }
                yield (flags & TcpFlags.PSH) != 0 ? TCP_PUSH : TCP_OTHER;
            }
        };
    }
}
