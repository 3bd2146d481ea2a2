package org.hinomi.observatory.trace;

import static org.hinomi.observatory.trace.PacketBytes.icmp;
import static org.hinomi.observatory.trace.PacketBytes.join;
import static org.hinomi.observatory.trace.PacketBytes.tcp;
import static org.hinomi.observatory.trace.PacketBytes.udp;
import static org.hinomi.observatory.trace.PacketBytes.v4;
import static org.hinomi.observatory.trace.PacketBytes.v6;

import java.util.List;
import java.util.Map;

/** Traces of IP and transport headers: fragments, extension headers, flags, ICMP types, times. */
final class HeaderRecipes {
    private static final String FROM = "203.0.113.5";
    private static final String TO = "198.18.1.2";
    private static final String FROM_V6 = "2001:db8:5::1";
    private static final String TO_V6 = "2001:db8::1";

    private HeaderRecipes() {}

    static List<Recipe> all() {
        return List.of(fragments(), extensions(), allFlags(), icmpTypes(), times(), backscatter());
    }

    private static Recipe fragments() {
        byte[] datagram = udp(1000, 2000, "00".repeat(24));
        byte[] file = CaptureBytes.pcap(101)
                .packet(1, v4(FROM, TO, 17, 60, 7, 0x2000, datagram))
                .packet(1, v4(FROM, TO, 17, 60, 7, 0x2004, join("ff".repeat(32))))
                .packet(1, v4(FROM, TO, 17, 60, 7, 0x0008, join("ff".repeat(3))))
                .packet(2, v6(FROM_V6, TO_V6, 44, join("1100000100000007", datagram)))
                .packet(2, v6(FROM_V6, TO_V6, 44, join("1100002000000007", "ff".repeat(5))))
                .packet(3, v4(FROM, TO, 6, 60, 8, 0x8000, tcp(1, 23, 5, 2, 6, "")))
                .bytes();
        return new Recipe(
                "fragments",
                file,
                Map.of(
                        "/decoded",
                        6L,
                        "/classes/udp",
                        2L,
                        "/classes/other",
                        3L,
                        "/classes/tcp_syn",
                        1L,
                        "/kinds/other",
                        3L));
    }

    private static Recipe extensions() {
        byte[] syn = tcp(40_000, 22, 77, 2, 64_800, "020405b4");
        String toTcp = "0600010400000000";
        byte[] file = CaptureBytes.pcap(229)
                .packet(1, v6(FROM_V6, TO_V6, 6, syn))
                .packet(2, v6(FROM_V6, TO_V6, 0, join(toTcp, syn)))
                .packet(3, v6(FROM_V6, TO_V6, 0, join("2b000104000000003c00000000000000", toTcp, syn)))
                .packet(4, v6(FROM_V6, TO_V6, 51, join("06040000000000010000000200".concat("00".repeat(11)), syn)))
                .packet(5, v6(FROM_V6, TO_V6, 44, join("0600000100000009", syn)))
                .packet(6, v6(FROM_V6, TO_V6, 59, join("0000")))
                .packet(7, v6(FROM_V6, TO_V6, 50, join("00000001", "00".repeat(12))))
                .packet(8, v6(FROM_V6, TO_V6, 0, join("06ff0104")))
                .bytes();
        return new Recipe(
                "ipv6-extensions",
                file,
                Map.of("/packets", 8L, "/classes/tcp_syn", 5L, "/classes/other", 2L, "/skipped/truncated_ip", 1L));
    }

    private static Recipe allFlags() {
        CaptureBytes file = CaptureBytes.pcap(101);
        for (int flags = 0; flags < 64; flags++) {
            file.packet(flags, v4(FROM, TO, 6, 60, flags, 0, tcp(1000, 80, flags, flags, 512, "")));
        }
        return new Recipe(
                "all-flags",
                file.bytes(),
                Map.of(
                        "/classes/tcp_syn", 1L,
                        "/classes/tcp_syn_ack", 1L,
                        "/classes/tcp_ack", 1L,
                        "/classes/tcp_reset", 32L,
                        "/classes/tcp_fin", 16L,
                        "/classes/tcp_push", 8L,
                        "/classes/tcp_other", 5L,
                        "/kinds/scan", 4L,
                        "/kinds/backscatter", 40L));
    }

    private static Recipe icmpTypes() {
        CaptureBytes file = CaptureBytes.pcap(101);
        for (int type = 0; type < 20; type++) {
            file.packet(type, v4(FROM, TO, 1, 60, type, 0, icmp(type, 0)));
        }
        for (int type : new int[] {1, 2, 3, 4, 128, 129, 133, 135, 139, 140}) {
            file.packet(30, v6(FROM_V6, TO_V6, 58, icmp(type, 0)));
        }
        return new Recipe(
                "icmp-types", file.bytes(), Map.of("/classes/icmp", 30L, "/kinds/scan", 6L, "/kinds/backscatter", 15L));
    }

    /** Late within two minutes, then a step back of ten. */
    private static Recipe times() {
        double[] seconds = {0, 61, 150, 30, 149, 200, 600, 5, 6, 700};
        CaptureBytes file = CaptureBytes.pcap(101);
        for (double second : seconds) {
            file.packet(second, v4(FROM, TO, 17, 60, 1, 0, udp(1000, 5060, "00")));
        }
        return new Recipe("times", file.bytes(), Map.of("/packets", 10L, "/flow_tuples", 7L, "/steps_back", 1L));
    }

    private static Recipe backscatter() {
        CaptureBytes file = CaptureBytes.pcap(101);
        for (int n = 0; n < 5; n++) {
            String target = "198.18." + n + "." + (n + 50);
            file.packet(n, v4(FROM, target, 6, 52, n, 0, tcp(80, 1024 + n, n, 0x12, 64_240, "020405b4")));
            file.packet(n, v4(FROM, target, 6, 52, n, 0, tcp(80, 1024 + n, n, 0x14, 0, "")));
            byte[] quoted = v4(target, FROM, 6, 9, n, 0, join("0400005000000001"));
            file.packet(n, v4("203.0.113.254", target, 1, 61, n, 0, join("0301000000000000", quoted)));
            file.packet(n, v4("203.0.113.53", target, 17, 61, n, 0, udp(53, 1024 + n, "abcd818000010000")));
        }
        return new Recipe(
                "backscatter",
                file.bytes(),
                Map.of("/kinds/backscatter", 20L, "/kinds/scan", 0L, "/classes/tcp_syn_ack", 5L, "/sources", 3L));
    }
}
