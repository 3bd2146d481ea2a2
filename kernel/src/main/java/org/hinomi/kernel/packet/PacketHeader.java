package org.hinomi.kernel.packet;

/**
 * The header fields of one packet's outermost IP layer: one object, filled again for each packet by
 * {@link PacketDecoder}, so that the packet path allocates nothing. Numbers are unsigned in their width; an IPv4
 * address is in its mapped form (see {@link org.hinomi.kernel.address.IpAddress}).
 */
public final class PacketHeader {
    /** No MSS option. */
    public static final int NO_MSS = -1;

    /** Whether the packet is IPv6. */
    public boolean ipv6;

    /** Upper 64 bits of the source address. */
    public long srcHi;

    /** Lower 64 bits of the source address. */
    public long srcLo;

    /** Upper 64 bits of the destination address. */
    public long dstHi;

    /** Lower 64 bits of the destination address. */
    public long dstLo;

    /** IP protocol number; for IPv6 that of the header after the extension headers. */
    public int protocol;

    /** Time to live, or IPv6 hop limit. */
    public int ttl;

    /** IPv4 identification; 0 in IPv6. */
    public int ipId;

    /** Bytes of the IP packet by its own header: IPv4 total length, or 40 + IPv6 payload length. */
    public int ipLength;

    /** Whether this is a fragment other than the first: it has no transport header. */
    public boolean laterFragment;

    /** Whether the fragment offset is not zero or the reserved flag of IPv4 is set. */
    public boolean oddFragmentField;

    /** TCP or UDP source port; ICMP type. */
    public int srcPort;

    /** TCP or UDP destination port; ICMP code. */
    public int dstPort;

    /** TCP control bits, 8 of them; see {@link TcpFlags}. */
    public int tcpFlags;

    /** TCP sequence number in the lower 32 bits. */
    public long seq;

    /** TCP acknowledgment number in the lower 32 bits. */
    public long ack;

    /** TCP window, not scaled. */
    public int window;

    /** TCP header length in bytes, 20 to 60; 0 when not TCP. */
    public int tcpHeaderLength;

    /** The MSS option of a SYN, or {@link #NO_MSS}. */
    public int mss;

    /** Offset of the IP header from the start of the captured bytes. */
    public int ipOffset;

    void clearTransport() {
        srcPort = 0;
        dstPort = 0;
        tcpFlags = 0;
        seq = 0;
        ack = 0;
        window = 0;
        tcpHeaderLength = 0;
        mss = NO_MSS;
    }
}
