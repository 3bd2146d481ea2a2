package org.hinomi.wire.flowfile;

import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.TcpFlags;

/**
 * The filters of Corsaro 3 (libcorsaro_filtering) whose results its flow tuples carry, for the sake of files that agree
 * with its own. They are not what Hinomi believes: all of ZMap, for one, comes out as spoofed, because it sends with a
 * TTL of 255, and so do ordinary RST+ACK answers.
 */
public final class CorsaroFilters {
    private static final int HIGH_TTL = 200;
    private static final int MASSCAN_WINDOW = 1024;
    private static final int BARE_HEADER = 20;
    private static final int IPV6_IN_IPV4 = 41;
    private static final int HTTP = 80;

    private CorsaroFilters() {}

    /** The large-scale-scan filter: SYN without options, TTL of 200 or more, window 1024. */
    public static boolean masscan(FlowRow row) {
        return row.protocol == IpProtocol.TCP
                && row.tcpFlags == TcpFlags.SYN
                && row.ttl >= HIGH_TTL
                && row.tcpSynLen == BARE_HEADER
                && row.tcpSynWinLen == MASSCAN_WINDOW;
    }

    /**
     * The spoofed filter: an unusual protocol or combination of flags; a TTL of 200 or more, but for ICMP and masscan; a
     * fragment offset or the reserved flag; a source that ends in 0 or 255 or equals the destination; port 0 of TCP or
     * UDP; UDP to port 80.
     */
    public static boolean spoofed(FlowRow row) {
        int lastByte = (int) row.srcLo & 0xff;
        return abnormal(row)
                || row.ttl >= HIGH_TTL && row.protocol != IpProtocol.ICMP && !masscan(row)
                || row.oddFragmentField
                || lastByte == 0
                || lastByte == 0xff
                || row.srcHi == row.dstHi && row.srcLo == row.dstLo
                || oddPort(row);
    }

    private static boolean oddPort(FlowRow row) {
        if (row.laterFragment) {
            return false;
        }
        return switch (row.protocol) {
            case IpProtocol.TCP -> row.srcPort == 0 || row.dstPort == 0;
            case IpProtocol.UDP -> row.srcPort == 0 || row.dstPort == 0 || row.dstPort == HTTP;
            default -> false;
        };
    }

    private static boolean abnormal(FlowRow row) {
        return switch (row.protocol) {
            case IpProtocol.ICMP, IpProtocol.UDP, IPV6_IN_IPV4 -> false;
            case IpProtocol.TCP -> !row.laterFragment && !usual(row.tcpFlags & TcpFlags.CLASS_BITS);
            default -> true;
        };
    }

    private static boolean usual(int flags) {
        return switch (flags) {
            case TcpFlags.SYN,
                    TcpFlags.ACK,
                    TcpFlags.RST,
                    TcpFlags.FIN,
                    TcpFlags.SYN | TcpFlags.FIN,
                    TcpFlags.SYN | TcpFlags.ACK,
                    TcpFlags.FIN | TcpFlags.ACK,
                    TcpFlags.ACK | TcpFlags.PSH,
                    TcpFlags.FIN | TcpFlags.ACK | TcpFlags.PSH -> true;
            default -> false;
        };
    }
}
