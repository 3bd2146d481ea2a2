package org.hinomi.bench.detect;

import java.util.List;
import java.util.function.Consumer;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.TcpFlags;

/** What actors send into: takes each packet as a flow tuple, tells the exact truth of it, and passes the tuple on. */
final class Air {
    /** The dark space: 198.18.0.0/16. */
    static final int DARK_BASE = 0xc612_0000;

    /** Its addresses. */
    static final int DARK = 1 << 16;

    private final List<String> rules;
    private final Truth truth;
    private final Consumer<FlowRow> out;
    private final FlowRow row = new FlowRow();
    private long minute;
    private long packets;

    Air(List<String> rules, Truth truth, Consumer<FlowRow> out) {
        this.rules = rules;
        this.truth = truth;
        this.out = out;
    }

    void begin(long start) {
        minute = start;
    }

    /** What is known of who does what. */
    Truth truth() {
        return truth;
    }

    /** Packets sent so far. */
    long packets() {
        return packets;
    }

    /** Start of the minute that is sent. */
    long minute() {
        return minute;
    }

    /** A random dark address. */
    static int anywhere(Chance chance) {
        return DARK_BASE | chance.below(DARK);
    }

    /** A SYN packet to be changed and sent. */
    FlowRow syn(int source, int destination, int port, Chance chance) {
        row.clear();
        row.time = minute;
        row.srcHi = row.dstHi = 0;
        row.srcLo = IpAddress.V4_PREFIX | Integer.toUnsignedLong(source);
        row.dstLo = IpAddress.V4_PREFIX | Integer.toUnsignedLong(destination);
        row.srcPort = 1024 + chance.below(64_000);
        row.dstPort = port;
        row.protocol = IpProtocol.TCP;
        row.tcpFlags = TcpFlags.SYN;
        row.ttl = 30 + (source >>> 3 & 31);
        row.ipLen = 44;
        row.tcpSynLen = 24;
        row.tcpSynWinLen = 1024 + (source & 0x3fff);
        row.packetCnt = 1;
        row.firstSeq = Integer.toUnsignedLong(chance.bits());
        row.firstIpId = chance.below(1 << 16);
        return row;
    }

    /** A UDP packet to be changed and sent. */
    FlowRow udp(int source, int destination, int port, Chance chance) {
        syn(source, destination, port, chance);
        row.protocol = IpProtocol.UDP;
        row.tcpFlags = row.tcpSynLen = row.tcpSynWinLen = 0;
        row.firstSeq = 0;
        row.ipLen = 60;
        return row;
    }

    /** An answer of TCP from a port, to be changed and sent. */
    FlowRow answer(int source, int destination, int port, int flags, Chance chance) {
        syn(source, destination, 1024 + chance.below(64_000), chance);
        row.srcPort = port;
        row.tcpFlags = flags;
        row.tcpSynLen = row.tcpSynWinLen = 0;
        return row;
    }

    /** Says that the packet carries a family's or tool's mark. */
    void mark(String rule) {
        int lane = rules.indexOf(rule);
        if (lane < 0) {
            throw new IllegalArgumentException("there is no packet rule " + rule);
        }
        row.matchAll(row.matchedRules | 1 << lane);
    }

    /**
     * Sends the packet that was made last.
     *
     * @param second of the minute, 0 to 59, which only the truth is told
     */
    void send(int second, Truth.Intent intent) {
        truth.sent(row, minute + second, intent);
        packets++;
        out.accept(row);
    }
}
