package org.hinomi.kernel.flow;

/**
 * An IPv4 flow tuple in four 64-bit words, the form in which a minute's table holds it: addresses, source above
 * destination; ports, IP length, TTL and protocol; flags, fragment bits, the packet rules that its packets matched, SYN
 * length and window, first IP id; first sequence number and packets, 32 bits each. For what reads every tuple and
 * can't pay for filling a {@link FlowRow}.
 */
public final class TupleWords {
    /** Words of a tuple. */
    public static final int WORDS = 4;

    static final int LATER_FRAGMENT_SHIFT = 8;
    static final int LATER_FRAGMENT = 1 << LATER_FRAGMENT_SHIFT;
    static final int ODD_FRAGMENT = 1 << 9;
    static final int MIXED = 1 << 10;
    static final int MATCHES_SHIFT = 12;
    static final int MATCHES = 0xfff;
    static final int SYN_WORDS_SHIFT = 24;
    static final long COUNT = 0xffff_ffffL;

    private TupleWords() {}

    /** IPv4 source address, 32 bits, of the addresses' word. */
    public static long source(long addresses) {
        return addresses >>> 32;
    }

    /** IPv4 destination address, 32 bits, of the addresses' word. */
    public static long destination(long addresses) {
        return addresses & 0xffff_ffffL;
    }

    /** Source port, or ICMP type, of the ports' word. */
    public static int sourcePort(long ports) {
        return (int) (ports >>> 48);
    }

    /** Destination port, or ICMP code, of the ports' word. */
    public static int destinationPort(long ports) {
        return (int) (ports >>> 32) & 0xffff;
    }

    /** Bytes of the IP packet, of the ports' word. */
    public static int ipLength(long ports) {
        return (int) (ports >>> 16) & 0xffff;
    }

    /** Time to live, of the ports' word. */
    public static int ttl(long ports) {
        return (int) (ports >>> 8) & 0xff;
    }

    /** IP protocol number, of the ports' word. */
    public static int protocol(long ports) {
        return (int) ports & 0xff;
    }

    /** TCP control bits, of the flags' word. */
    public static int tcpFlags(long flags) {
        return (int) flags & 0xff;
    }

    /** Whether the packets are fragments after the first: 1 if so, else 0; of the flags' word. */
    public static int laterFragment(long flags) {
        return (int) flags >>> LATER_FRAGMENT_SHIFT & 1;
    }

    /** Whether some packets matched other rules than the rest, or there are more than a match count holds. */
    public static boolean mixed(long flags, long count) {
        return (flags & MIXED) != 0 || packets(count) > FlowRow.MOST_MATCHES;
    }

    /** The packet rules that all packets matched, one bit each by lane; of the flags' word. */
    public static int matches(long flags) {
        return (int) flags >>> MATCHES_SHIFT & MATCHES;
    }

    /** TCP header bytes of a SYN, of the flags' word. */
    public static int synLength(long flags) {
        return ((int) (flags >>> SYN_WORDS_SHIFT) & 0xf) << 2;
    }

    /** TCP window of a SYN, of the flags' word. */
    public static int synWindow(long flags) {
        return (int) (flags >>> 32) & 0xffff;
    }

    /** IPv4 identification of the first packet, of the flags' word. */
    public static int ipId(long flags) {
        return (int) (flags >>> 48);
    }

    /** TCP sequence number of the first packet, of the last word. */
    public static long sequence(long count) {
        return count >>> 32;
    }

    /** Packets, of the last word. */
    public static long packets(long count) {
        return count & COUNT;
    }
}
