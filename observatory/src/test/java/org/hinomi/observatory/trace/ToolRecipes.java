package org.hinomi.observatory.trace;

import static org.hinomi.observatory.trace.PacketBytes.address;
import static org.hinomi.observatory.trace.PacketBytes.ethernet;
import static org.hinomi.observatory.trace.PacketBytes.tcp;
import static org.hinomi.observatory.trace.PacketBytes.v4;

import java.util.List;
import java.util.Map;

/** A trace for each fingerprint rule: a source that follows it, and an ordinary one. */
final class ToolRecipes {
    private static final int SYN = 2;
    private static final int PACKETS = 6;
    private static final String MSS = "020405b4";
    private static final String SOURCE = "203.0.113.5";
    private static final String OTHER = "203.0.113.99";

    private ToolRecipes() {}

    static List<Recipe> all() {
        return List.of(
                one("mirai", "mirai", ToolRecipes::mirai, 6),
                one("zmap", "zmap", ToolRecipes::zmap, 6),
                one("masscan", "masscan", (n, to) -> masscan(n, to, 1024, ""), 6),
                one("masscan-options", "masscan_options", (n, to) -> masscan(n, to, 1025, MSS), 6),
                one("hajime", "hajime", ToolRecipes::hajime, 6),
                one("bare-syn", "bare_syn", (n, to) -> syn(to, 9 + n, 40_000 + n, 23, 77L * n, 512, ""), 6),
                one("unicornscan", "unicornscan", (n, to) -> unicornscan(n, to, address(to)), 5),
                one(
                        "unicornscan-little-endian",
                        "unicornscan_le",
                        (n, to) -> unicornscan(n, to, Integer.reverseBytes(address(to))),
                        5),
                one("nmap", "nmap", ToolRecipes::nmap, 5));
    }

    /** Makes the n-th packet of the source. */
    private interface Probe {
        byte[] packet(int n, String target);
    }

    private static Recipe one(String name, String rule, Probe probe, long matching) {
        // That options are missing names nobody: anybody's raw socket does that.
        long named = rule.equals("bare_syn") ? 0 : 1;
        CaptureBytes file = CaptureBytes.pcap(1);
        for (int n = 0; n < PACKETS; n++) {
            String target = "198.18." + (7 * n + 1) + "." + (31 * n + 9);
            file.packet(n * 11.5, ethernet(probe.packet(n, target)));
            byte[] ordinary =
                    tcp(50_000 + n, 443, 0x1234_5678L * (n + 3), SYN, 64_240, MSS + "0402080a000000000000000001030307");
            file.packet(n * 11.5 + 1, ethernet(v4(OTHER, target, 6, 52, 100 + n, 0x4000, ordinary)));
        }
        return new Recipe(
                name,
                file.bytes(),
                Map.of(
                        "/packets",
                        2L * PACKETS,
                        "/fingerprints/" + rule,
                        matching,
                        "/tools/" + rule,
                        named,
                        "/sources",
                        2L));
    }

    private static byte[] syn(String to, int id, int from, int port, long seq, int window, String options) {
        return v4(SOURCE, to, 6, 244, id, 0, tcp(from, port, seq, SYN, window, options));
    }

    private static byte[] mirai(int n, String to) {
        return syn(to, 1000 * n + 17, 40_123, n == 5 ? 2323 : 23, address(to), 5555, "");
    }

    private static byte[] zmap(int n, String to) {
        return syn(to, 54_321, 33_000 + n, 80, 0x9e37_79b9L * (n + 1), 65_535, "");
    }

    private static byte[] masscan(int n, String to, int window, String options) {
        long seq = 0x8765_4321L * (n + 1);
        int id = (int) (address(to) ^ 443 ^ seq) & 0xffff;
        return syn(to, id, 61_000, 443, seq, window, options);
    }

    private static byte[] hajime(int n, String to) {
        long seq = n % 2 == 0 ? 0x1111L * (n + 1) : 0x1111_0000L * (n + 1);
        return syn(to, 500 + n, 30_000 + n, 5358, seq, 14_600, MSS);
    }

    private static byte[] unicornscan(int n, String to, int seen) {
        int from = 20_000 + 997 * n;
        int seq = 0x5eed_c0de ^ seen ^ (22 << 16) + from;
        return syn(to, 77 * n, from, 22, seq, 16_384, "");
    }

    private static byte[] nmap(int n, String to) {
        int half = 0x0101 * (n + 1);
        return syn(to, 333 * n, 45_678, 20 + n, (long) half << 16 | half ^ 0x3c3c, 1024 * (1 + n % 4), MSS);
    }
}
