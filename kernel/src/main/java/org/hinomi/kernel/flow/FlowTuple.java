package org.hinomi.kernel.flow;

import org.hinomi.kernel.address.IpAddress;

/**
 * A flow tuple: the packets of one minute that share source, destination, ports, TTL, flags, protocol and IP length
 * (CAIDA Corsaro's FlowTuple v4). The immutable form of {@link FlowRow}, for what is shown or kept.
 *
 * @param time start of the minute, seconds since 1970-01-01 UTC
 * @param srcIp source address
 * @param dstIp destination address: a dark address, a secret
 * @param srcPort source port, or ICMP type
 * @param dstPort destination port, or ICMP code
 * @param protocol IP protocol number
 * @param ttl time to live or hop limit
 * @param tcpFlags TCP control bits, 8 of them
 * @param ipLen bytes of the IP packet
 * @param tcpSynLen TCP header bytes if the flags are exactly SYN, else 0
 * @param tcpSynWinLen TCP window if the flags are exactly SYN, else 0
 * @param packetCnt packets
 * @param firstSeq TCP sequence number of the first packet, or -1 if unknown
 * @param firstIpId IPv4 identification of the first packet, or -1 if unknown
 * @param laterFragment whether the packets are fragments after the first
 */
public record FlowTuple(
        long time,
        IpAddress srcIp,
        IpAddress dstIp,
        int srcPort,
        int dstPort,
        int protocol,
        int ttl,
        int tcpFlags,
        int ipLen,
        int tcpSynLen,
        int tcpSynWinLen,
        long packetCnt,
        long firstSeq,
        int firstIpId,
        boolean laterFragment) {

    /** The tuple that a row holds now. */
    public static FlowTuple of(FlowRow row) {
        return new FlowTuple(
                row.time,
                new IpAddress(row.srcHi, row.srcLo),
                new IpAddress(row.dstHi, row.dstLo),
                row.srcPort,
                row.dstPort,
                row.protocol,
                row.ttl,
                row.tcpFlags,
                row.ipLen,
                row.tcpSynLen,
                row.tcpSynWinLen,
                row.packetCnt,
                row.firstSeq,
                row.firstIpId,
                row.laterFragment);
    }
}
