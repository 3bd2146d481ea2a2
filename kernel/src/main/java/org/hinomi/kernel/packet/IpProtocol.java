package org.hinomi.kernel.packet;

/** The IP protocol numbers that are looked into (IANA, Assigned Internet Protocol Numbers). */
public final class IpProtocol {
    /** ICMP for IPv4 (RFC 792). */
    public static final int ICMP = 1;

    /** TCP (RFC 9293). */
    public static final int TCP = 6;

    /** UDP (RFC 768). */
    public static final int UDP = 17;

    /** ICMP for IPv6 (RFC 4443). */
    public static final int ICMPV6 = 58;

    private IpProtocol() {}

    /** The lower-case name of a protocol, or its number. */
    public static String name(int protocol) {
        return switch (protocol) {
            case ICMP -> "icmp";
            case TCP -> "tcp";
            case UDP -> "udp";
            case ICMPV6 -> "icmpv6";
            default -> Integer.toString(protocol);
        };
    }
}
