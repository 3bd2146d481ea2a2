package org.hinomi.kernel.synthetic;

import java.util.List;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.packet.PacketClass;

/** What a packet was made to be; written down apart from the code that classifies packets, to check it. */
enum Mark {
    SYN(PacketClass.TCP_SYN, Kind.SCAN),
    BARE_SYN(PacketClass.TCP_SYN, Kind.SCAN, Rule.BARE_SYN),
    MIRAI(PacketClass.TCP_SYN, Kind.SCAN, Rule.MIRAI, Rule.BARE_SYN),
    HAJIME(PacketClass.TCP_SYN, Kind.SCAN, Rule.HAJIME, Rule.BARE_SYN),
    ZMAP(PacketClass.TCP_SYN, Kind.SCAN, Rule.ZMAP),
    BARE_ZMAP(PacketClass.TCP_SYN, Kind.SCAN, Rule.ZMAP, Rule.BARE_SYN),
    MASSCAN(PacketClass.TCP_SYN, Kind.SCAN, Rule.MASSCAN, Rule.BARE_SYN),
    MASSCAN_OPTIONS(PacketClass.TCP_SYN, Kind.SCAN, Rule.MASSCAN, Rule.MASSCAN_OPTIONS),
    DATAGRAM(PacketClass.UDP, Kind.SCAN),
    PING(PacketClass.ICMP, Kind.SCAN),
    NULL_PROBE(PacketClass.TCP_OTHER, Kind.SCAN),
    FIN_PROBE(PacketClass.TCP_FIN, Kind.SCAN),
    ACK(PacketClass.TCP_ACK, Kind.OTHER),
    PUSH(PacketClass.TCP_PUSH, Kind.OTHER),
    FIN_MIXED(PacketClass.TCP_FIN, Kind.OTHER),
    OTHER_FLAGS(PacketClass.TCP_OTHER, Kind.OTHER),
    NO_PORTS(PacketClass.OTHER, Kind.OTHER),
    SYN_ACK(PacketClass.TCP_SYN_ACK, Kind.BACKSCATTER),
    RESET(PacketClass.TCP_RESET, Kind.BACKSCATTER),
    DNS_ANSWER(PacketClass.UDP, Kind.BACKSCATTER),
    ICMP_ANSWER(PacketClass.ICMP, Kind.BACKSCATTER);

    final PacketClass packetClass;
    final Kind kind;
    final List<Rule> rules;

    Mark(PacketClass packetClass, Kind kind, Rule... rules) {
        this.packetClass = packetClass;
        this.kind = kind;
        this.rules = List.of(rules);
    }
}
