package org.hinomi.kernel.flow;

import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.kernel.packet.TcpFlags;

/**
 * One flow tuple as a reused buffer: what a {@link FlowBatch}, a file reader or a segment reader fills and what a
 * roll-up or a writer reads, without an allocation a tuple. Field meanings are those of CAIDA Corsaro's FlowTuple v4;
 * those marked "ours" are Hinomi's. {@link FlowTuple} is the same as an immutable record.
 */
public final class FlowRow {
    /** The most packet rules whose matches a flow tuple counts. */
    public static final int MOST_RULES = 12;

    static final int MOST_MATCHES = 0xffff;

    /** Start of the tuple's minute, seconds since 1970-01-01 UTC. */
    public long time;

    /** Upper 64 bits of the source address; IPv4 is in its mapped form. */
    public long srcHi;

    /** Lower 64 bits of the source address. */
    public long srcLo;

    /** Upper 64 bits of the destination address. */
    public long dstHi;

    /** Lower 64 bits of the destination address. */
    public long dstLo;

    /** Source port, or ICMP type. */
    public int srcPort;

    /** Destination port, or ICMP code. */
    public int dstPort;

    /** IP protocol number. */
    public int protocol;

    /** Time to live or hop limit. */
    public int ttl;

    /** TCP control bits, 8 of them. */
    public int tcpFlags;

    /** Bytes of the IP packet. */
    public int ipLen;

    /** TCP header bytes if the flags are exactly SYN, else 0. */
    public int tcpSynLen;

    /** TCP window if the flags are exactly SYN, else 0. */
    public int tcpSynWinLen;

    /** Packets with these header fields in this minute. */
    public long packetCnt;

    /** Ours: TCP sequence number of the first packet, 32 bits; -1 when the input can't tell. */
    public long firstSeq;

    /** Ours: IPv4 identification of the first packet, 16 bits; -1 when the input can't tell. */
    public int firstIpId;

    /** Ours: whether the packets are fragments after the first, which have no ports. */
    public boolean laterFragment;

    /** Ours: whether the first packet had a fragment offset or the reserved IPv4 flag. */
    public boolean oddFragmentField;

    /** Ours: the packet rules that some of the packets matched, one bit each by lane; see {@link #matches(int)}. */
    public int matchedRules;

    private final int[] matches = new int[MOST_RULES];
    private boolean mixed;

    /** Sets all fields to zero. */
    public void clear() {
        time = srcHi = srcLo = dstHi = dstLo = packetCnt = firstSeq = 0;
        srcPort = dstPort = protocol = ttl = tcpFlags = ipLen = tcpSynLen = tcpSynWinLen = firstIpId = 0;
        laterFragment = oddFragmentField = mixed = false;
        matchedRules = 0;
    }

    /** Packets that matched the packet rule of a lane, at most 65,535. */
    public int matches(int lane) {
        return (matchedRules >>> lane & 1) == 0 ? 0 : mixed ? matches[lane] : (int) Math.min(packetCnt, MOST_MATCHES);
    }

    /** Whether some packets matched other packet rules than the rest, or there are more than can be counted. */
    public boolean mixed() {
        return mixed || packetCnt > MOST_MATCHES;
    }

    /** Sets how many packets matched the packet rule of a lane. */
    public void match(int lane, int count) {
        if (!mixed) {
            for (int other = 0; other < MOST_RULES; other++) {
                matches[other] = matches(other);
            }
            mixed = true;
        }
        matches[lane] = count;
        matchedRules = count == 0 ? matchedRules & ~(1 << lane) : matchedRules | 1 << lane;
    }

    /** Sets that all packets matched the same packet rules, one bit each by lane. */
    public void matchAll(int rules) {
        matchedRules = rules;
        mixed = false;
    }

    /** The ordinal of the tuple's {@link PacketClass}. */
    public int packetClass() {
        return PacketClass.of(protocol, tcpFlags, laterFragment);
    }

    /** The ordinal of the tuple's {@link Kind}. */
    public int kind() {
        return Kind.of(protocol, tcpFlags, srcPort, laterFragment);
    }

    /** Whether the flags are exactly SYN, ECE and CWR aside. */
    public boolean isSyn() {
        return protocol == IpProtocol.TCP && !laterFragment && (tcpFlags & TcpFlags.CLASS_BITS) == TcpFlags.SYN;
    }
}
