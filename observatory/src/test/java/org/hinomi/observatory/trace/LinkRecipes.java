package org.hinomi.observatory.trace;

import static org.hinomi.observatory.trace.CaptureBytes.NEW_YEAR;
import static org.hinomi.observatory.trace.PacketBytes.ethernet;
import static org.hinomi.observatory.trace.PacketBytes.frame;
import static org.hinomi.observatory.trace.PacketBytes.icmp;
import static org.hinomi.observatory.trace.PacketBytes.join;
import static org.hinomi.observatory.trace.PacketBytes.tagged;
import static org.hinomi.observatory.trace.PacketBytes.tcp;
import static org.hinomi.observatory.trace.PacketBytes.udp;
import static org.hinomi.observatory.trace.PacketBytes.v4;
import static org.hinomi.observatory.trace.PacketBytes.v6;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/** Traces of link layers and of file formats: the same few packets, carried differently. */
final class LinkRecipes {
    private static final byte[] SYN =
            v4("203.0.113.5", "198.18.1.2", 6, 50, 1, 0, tcp(40_000, 23, 99, 2, 1024, "020405b4"));
    private static final byte[] DNS = v4("203.0.113.6", "198.18.1.3", 17, 60, 2, 0, udp(53, 4444, "00112233"));
    private static final byte[] PING = v6("2001:db8:5::1", "2001:db8::1", 58, icmp(128, 0));
    private static final Map<String, Long> ALL_THREE =
            Map.of("/packets", 3L, "/decoded", 3L, "/classes/tcp_syn", 1L, "/classes/udp", 1L, "/classes/icmp", 1L);

    private LinkRecipes() {}

    static List<Recipe> all() {
        return List.of(
                three("ethernet", 1, ethernet(SYN), ethernet(DNS), ethernet(PING)),
                three(
                        "vlan-and-qinq",
                        1,
                        tagged("81000005", SYN),
                        tagged("88a8000581000006", DNS),
                        tagged("81006007", PING)),
                three(
                        "mpls-pppoe-snap",
                        1,
                        frame(hex("8847", "00010040", "00011140", SYN)),
                        frame(hex("8864", "11000001", "%04x".formatted(DNS.length + 2), "0021", DNS)),
                        frame(hex("%04x".formatted(PING.length + 8), "aaaa03000000", "86dd", PING))),
                three("linux-cooked", 113, cooked("0800", SYN), cooked("0800", DNS), cooked("86dd", PING)),
                three("linux-cooked-2", 276, cooked2("0800", SYN), cooked2("0800", DNS), cooked2("86dd", PING)),
                three("null", 0, join("02000000", SYN), join("00000002", DNS), join("1e000000", PING)),
                three("loop", 108, join("00000002", SYN), join("00000002", DNS), join("00000018", PING)),
                three("raw", 101, SYN, DNS, PING),
                bigEndianNanoseconds(),
                pcapngInterfaces(),
                pcapngBigEndian(),
                torn(),
                refused());
    }

    private static String hex(Object... parts) {
        return java.util.HexFormat.of().formatHex(join(parts));
    }

    private static byte[] cooked(String type, byte[] packet) {
        return join("0000000100060200000000010000", type, packet);
    }

    private static byte[] cooked2(String type, byte[] packet) {
        return join(type, "000000000002000100060200000000010000", packet);
    }

    private static Recipe three(String name, int linkType, byte[] one, byte[] two, byte[] three) {
        byte[] file = CaptureBytes.pcap(linkType)
                .packet(1, one)
                .packet(2, two)
                .packet(3, three)
                .bytes();
        return new Recipe(name, file, ALL_THREE);
    }

    private static Recipe bigEndianNanoseconds() {
        byte[] file = CaptureBytes.pcap(1, ByteOrder.BIG_ENDIAN, 1_000_000_000)
                .packet(0.000_000_001, ethernet(SYN))
                .packet(59.999_999_999, ethernet(DNS))
                .packet(60, ethernet(PING))
                .bytes();
        return new Recipe("big-endian-nanoseconds", file, ALL_THREE);
    }

    /** Interfaces of three link types with times in microseconds, nanoseconds and 1/1024 seconds with an offset. */
    private static Recipe pcapngInterfaces() {
        String comment = "0100 0500 68656c6c6f000000";
        String nanoseconds = "0900 0100 09000000 0000 0000";
        String binary = "0900 0100 8a000000 0e00 0800" + "80bb556900000000" + "0000 0000";
        byte[] file = CaptureBytes.pcapng(ByteOrder.LITTLE_ENDIAN)
                .section()
                .network(1, 0, comment)
                .network(101, 65_535, nanoseconds)
                .network(113, 0, binary)
                .block(5, join("00000000 0000000000000000"))
                .enhanced(0, NEW_YEAR * 1_000_000 + 1, ethernet(SYN))
                .enhanced(1, NEW_YEAR * 1_000_000_000 + 2_000_000_003L, DNS)
                .enhanced(2, 3 * 1024 + 512, cooked("86dd", PING))
                .obsolete(1, NEW_YEAR * 1_000_000_000 + 5, SYN)
                .block(0x0bad, join("0102030405"))
                .bytes();
        return new Recipe(
                "pcapng-interfaces",
                file,
                Map.of("/packets", 4L, "/classes/tcp_syn", 2L, "/classes/udp", 1L, "/classes/icmp", 1L));
    }

    /** A big-endian section with a simple packet cut by the snap length, and another section behind it. */
    private static Recipe pcapngBigEndian() {
        byte[] second = CaptureBytes.pcapng(ByteOrder.LITTLE_ENDIAN)
                .section()
                .network(1, 0, "")
                .enhanced(0, NEW_YEAR * 1_000_000, ethernet(DNS))
                .bytes();
        byte[] file = CaptureBytes.pcapng(ByteOrder.BIG_ENDIAN)
                .section()
                .network(229, 48, "")
                .enhanced(0, NEW_YEAR * 1_000_000, PING)
                .simple(PING)
                .raw(second)
                .bytes();
        return new Recipe("pcapng-big-endian", file, Map.of("/packets", 3L, "/classes/icmp", 2L, "/classes/udp", 1L));
    }

    private static Recipe torn() {
        byte[] whole = CaptureBytes.pcap(1)
                .packet(1, ethernet(SYN))
                .packet(2, ethernet(DNS))
                .bytes();
        byte[] file = java.util.Arrays.copyOf(whole, whole.length - 5);
        return new Recipe("torn-record", file, Map.of("/packets", 1L, "/decoded", 1L));
    }

    private static Recipe refused() {
        byte[] elsewhere = v4("203.0.113.5", "192.0.2.1", 6, 50, 1, 0, tcp(1, 2, 3, 2, 4, ""));
        byte[] shortHeader = SYN.clone();
        shortHeader[0] = 0x43;
        byte[] shortTcp = SYN.clone();
        shortTcp[32] = 0x40;
        byte[] file = CaptureBytes.pcap(1)
                .packet(1, ethernet(SYN))
                .packet(1, ethernet(elsewhere))
                .packet(2, frame("0806" + "00".repeat(28)))
                .packet(3, java.util.Arrays.copyOf(ethernet(SYN), 12), 60)
                .packet(4, java.util.Arrays.copyOf(ethernet(SYN), 30), 60)
                .packet(5, java.util.Arrays.copyOf(ethernet(SYN), 50), 60)
                .packet(7, frame("0800" + hex(PING)))
                .packet(8, ethernet(shortHeader))
                .packet(9, ethernet(shortTcp))
                .packet(10, frame("81000001".repeat(20) + "0800" + hex(SYN)))
                .bytes();
        return new Recipe(
                "refused",
                file,
                Map.of(
                        "/packets", 10L,
                        "/decoded", 1L,
                        "/outside", 1L,
                        "/skipped/not_ip", 1L,
                        "/skipped/truncated_link", 1L,
                        "/skipped/truncated_ip", 1L,
                        "/skipped/truncated_transport", 1L,
                        "/skipped/bad_ip_version", 1L,
                        "/skipped/bad_ip_length", 1L,
                        "/skipped/too_many_tags", 1L));
    }
}
