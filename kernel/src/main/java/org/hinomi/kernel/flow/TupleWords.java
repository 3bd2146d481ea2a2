package org.hinomi.kernel.flow;

import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.packet.PacketHeader;
import org.hinomi.kernel.packet.TcpFlags;

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

    /** Writes all words of a packet but those of its addresses: three, which tuples of both IP families share. */
    static void write(PacketHeader header, long matches, long[] words, int at) {
        words[at] = (long) header.srcPort << 48
                | (long) header.dstPort << 32
                | (long) (header.ipLength & 0xffff) << 16
                | header.ttl << 8
                | header.protocol;
        long syn = (long) (header.tcpHeaderLength >>> 2) << SYN_WORDS_SHIFT | (long) header.window << 32;
        words[at + 1] = header.tcpFlags
                | (header.laterFragment ? LATER_FRAGMENT : 0)
                | (header.oddFragmentField ? ODD_FRAGMENT : 0)
                | matches << MATCHES_SHIFT
                | (header.tcpFlags == TcpFlags.SYN ? syn : 0)
                | (long) header.ipId << 48;
        words[at + 2] = header.seq << 32 | 1;
    }

    /** Fills all of a row but its time from the words of a tuple; match counts as if all matched the same rules. */
    public static void read4(long[] words, int at, FlowRow row) {
        row.srcHi = 0;
        row.srcLo = IpAddress.V4_PREFIX | source(words[at]);
        row.dstHi = 0;
        row.dstLo = IpAddress.V4_PREFIX | destination(words[at]);
        read(words, at + 1, row);
    }

    /** Fills what {@link #write} wrote into a row; match counts as if all packets matched the same rules. */
    static void read(long[] words, int at, FlowRow row) {
        long ports = words[at];
        long flags = words[at + 1];
        row.srcPort = sourcePort(ports);
        row.dstPort = destinationPort(ports);
        row.ipLen = ipLength(ports);
        row.ttl = ttl(ports);
        row.protocol = protocol(ports);
        row.tcpFlags = tcpFlags(flags);
        row.laterFragment = laterFragment(flags) != 0;
        row.oddFragmentField = (flags & ODD_FRAGMENT) != 0;
        row.tcpSynLen = synLength(flags);
        row.tcpSynWinLen = synWindow(flags);
        row.firstIpId = ipId(flags);
        row.firstSeq = sequence(words[at + 2]);
        row.packetCnt = packets(words[at + 2]);
        row.matchAll(matches(flags));
    }

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
