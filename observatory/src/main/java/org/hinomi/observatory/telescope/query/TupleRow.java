package org.hinomi.observatory.telescope.query;

import java.util.List;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.packet.PacketClass;
import org.jspecify.annotations.Nullable;

/**
 * A flow tuple as it is shown. Keys are CAIDA Corsaro's FlowTuple v4 field names; sensor, packet_class, kind, first_seq,
 * first_ip_id and families are ours.
 *
 * @param time start of the minute, seconds since 1970-01-01 UTC
 * @param dstIp the dark address as the reader may see it; null when redacted
 * @param firstSeq null when the reader could tell the dark address from it, or it is not known
 */
record TupleRow(
        long time,
        String sensor,
        String srcIp,
        @Nullable String dstIp,
        int srcPort,
        int dstPort,
        int protocol,
        int ttl,
        int tcpFlags,
        int ipLen,
        int tcpSynlen,
        int tcpSynwinlen,
        long packetCnt,
        String maxmindCountry,
        long prefix2asn,
        String packetClass,
        String kind,
        @Nullable Long firstSeq,
        @Nullable Integer firstIpId,
        List<String> families) {

    static final String CSV_HEADER = "time,sensor,src_ip,dst_ip,src_port,dst_port,protocol,ttl,tcp_flags,ip_len,"
            + "tcp_synlen,tcp_synwinlen,packet_cnt,maxmind_country,prefix2asn,packet_class,kind,first_seq,first_ip_id,"
            + "families\r\n";

    /** The names of a tuple's class and kind. */
    static String className(FlowRow row) {
        return PacketClass.at(row.packetClass()).id();
    }

    static String kindName(FlowRow row) {
        return Kind.values()[row.kind()].id();
    }

    /** A line of CSV (RFC 4180). No field can hold a comma, a quote or a line break. */
    String csv() {
        return time + "," + sensor + "," + srcIp + "," + (dstIp == null ? "" : dstIp) + "," + srcPort + "," + dstPort
                + "," + protocol + "," + ttl + "," + tcpFlags + "," + ipLen + "," + tcpSynlen + "," + tcpSynwinlen + ","
                + packetCnt + "," + maxmindCountry + "," + prefix2asn + "," + packetClass + "," + kind + ","
                + (firstSeq == null ? "" : firstSeq) + "," + (firstIpId == null ? "" : firstIpId) + ","
                + String.join(" ", families) + "\r\n";
    }
}
