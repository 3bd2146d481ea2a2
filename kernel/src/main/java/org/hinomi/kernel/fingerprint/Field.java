package org.hinomi.kernel.fingerprint;

import java.util.Arrays;
import java.util.Optional;

/** The header fields that a rule can name, with the field of {@link org.hinomi.kernel.packet.PacketHeader} behind. */
enum Field {
    IP_SRC("ip.src", "srcLo", true, 0xffff_ffffL),
    IP_DST("ip.dst", "dstLo", true, 0xffff_ffffL),
    IP_ID("ip.id", "ipId", false, -1),
    IP_TTL("ip.ttl", "ttl", false, -1),
    IP_LENGTH("ip.len", "ipLength", false, -1),
    IP_PROTOCOL("ip.proto", "protocol", false, -1),
    TCP_SOURCE_PORT("tcp.srcport", "srcPort", false, -1),
    TCP_DESTINATION_PORT("tcp.dstport", "dstPort", false, -1),
    TCP_SEQUENCE("tcp.seq", "seq", true, -1),
    TCP_ACKNOWLEDGMENT("tcp.ack", "ack", true, -1),
    TCP_WINDOW("tcp.window", "window", false, -1),
    TCP_HEADER_LENGTH("tcp.hdr_len", "tcpHeaderLength", false, -1),
    TCP_MSS("tcp.mss", "mss", false, -1);

    /** The name in rules. */
    final String text;

    /** The Java field. */
    final String javaName;

    /** Whether the Java field is a long, not an int. */
    final boolean wide;

    /** Which bits of it count. */
    final long mask;

    Field(String text, String javaName, boolean wide, long mask) {
        this.text = text;
        this.javaName = javaName;
        this.wide = wide;
        this.mask = mask;
    }

    static Optional<Field> named(String text) {
        return Arrays.stream(values()).filter(f -> f.text.equals(text)).findFirst();
    }
}
