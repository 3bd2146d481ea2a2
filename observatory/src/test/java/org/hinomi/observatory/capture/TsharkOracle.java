package org.hinomi.observatory.capture;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.PacketClass;
import org.junit.jupiter.api.Assumptions;

/** What Wireshark's command-line tools say of a capture. */
final class TsharkOracle {
    private TsharkOracle() {}

    /**
     * What tshark makes of a capture's outermost IP layers.
     *
     * @param malformed packets in which tshark met bytes that it could not dissect
     */
    record Verdict(Map<PacketClass, Long> classes, long notIp, long malformed) {}

    static void require() {
        try {
            new ProcessBuilder("tshark", "--version")
                    .redirectErrorStream(true)
                    .start()
                    .getInputStream()
                    .readAllBytes();
        } catch (IOException e) {
            System.err.println("SKIPPED: tshark is not installed");
            Assumptions.abort("tshark is not installed");
        }
    }

    /** The number of packets by {@code capinfos -c}; empty when it can't read the file. */
    static Optional<Long> packets(Path file) throws IOException {
        for (String line : run(List.of("capinfos", "-c", "-M", "-r", "-T", file.toString()))) {
            int tab = line.lastIndexOf('\t');
            if (tab > 0) {
                return Optional.of(Long.parseLong(line.substring(tab + 1).strip()));
            }
        }
        return Optional.empty();
    }

    static Verdict verdict(Path file) throws IOException {
        Map<PacketClass, Long> classes = new EnumMap<>(PacketClass.class);
        long notIp = 0;
        long malformed = 0;
        List<String> command = List.of(
                "tshark",
                "-n",
                "-r",
                file.toString(),
                "-o",
                "ip.defragment:FALSE",
                "-o",
                "ipv6.defragment:FALSE",
                "-o",
                "tcp.desegment_tcp_streams:FALSE",
                "-T",
                "fields",
                "-E",
                "occurrence=f",
                "-E",
                "separator=|",
                "-e",
                "frame.protocols",
                "-e",
                "ip.proto",
                "-e",
                "ip.frag_offset",
                "-e",
                "ipv6.fraghdr.offset",
                "-e",
                "tcp.flags",
                "-e",
                "_ws.malformed",
                "-e",
                "ipv6.nxt");
        for (String line : run(command)) {
            String[] fields = line.split("\\|", -1);
            if (fields.length < 7) {
                continue;
            }
            if (!fields[5].isEmpty()) {
                malformed++;
            }
            Optional<PacketClass> packetClass = packetClass(fields);
            if (packetClass.isEmpty()) {
                notIp++;
            } else {
                classes.merge(packetClass.get(), 1L, Long::sum);
            }
        }
        return new Verdict(classes, notIp, malformed);
    }

    private static Optional<PacketClass> packetClass(String[] fields) {
        List<String> layers = List.of(fields[0].split(":"));
        int ip = layers.indexOf("ip");
        int ipv6 = layers.indexOf("ipv6");
        if (ip < 0 && ipv6 < 0) {
            return Optional.empty();
        }
        boolean v4 = ip >= 0 && (ipv6 < 0 || ip < ipv6);
        boolean later = !fields[v4 ? 2 : 3].isEmpty() && !fields[v4 ? 2 : 3].equals("0");
        if (later) {
            return Optional.of(PacketClass.OTHER);
        }
        int protocol = v4 ? number(fields[1]) : protocolBehind(layers, ipv6);
        int flags = number(fields[4]);
        return Optional.of(PacketClass.at(PacketClass.of(protocol, flags & 0xff, false)));
    }

    private static int protocolBehind(List<String> layers, int ipv6) {
        for (String layer : layers.subList(ipv6 + 1, layers.size())) {
            switch (layer) {
                case "tcp" -> {
                    return IpProtocol.TCP;
                }
                case "udp" -> {
                    return IpProtocol.UDP;
                }
                case "icmpv6" -> {
                    return IpProtocol.ICMPV6;
                }
                case "ipv6.hopopts", "ipv6.routing", "ipv6.dstopts", "ipv6.fraghdr", "ah", "mipv6", "shim6" -> {
                    continue;
                }
                default -> {
                    return 255;
                }
            }
        }
        return 255;
    }

    private static int number(String text) {
        return text.isEmpty() ? 255 : Long.decode(text).intValue();
    }

    private static List<String> run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            return lines.lines().toList();
        }
    }
}
