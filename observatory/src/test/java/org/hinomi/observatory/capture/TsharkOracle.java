package org.hinomi.observatory.capture;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.PacketClass;
import org.junit.jupiter.api.Assumptions;

/** What Wireshark's command-line tools say of a capture. */
final class TsharkOracle {
    private static final Set<String> EXTENSIONS =
            Set.of("ipv6.hopopts", "ipv6.routing", "ipv6.dstopts", "ipv6.fraghdr", "ah", "mipv6", "shim6");
    private static final Set<String> LINK_LAYERS = Set.of(
            "eth",
            "ethertype",
            "vlan",
            "ieee8021ad",
            "sll",
            "null",
            "raw",
            "mpls",
            "pppoes",
            "ppp",
            "llc",
            "pwethheuristic",
            "pwethcw",
            "ip",
            "ipv6",
            "loop");
    private static final List<String> TSHARK = List.of(
            "tshark -n -o ip.defragment:FALSE -o ipv6.defragment:FALSE -o tcp.desegment_tcp_streams:FALSE -T fields "
                    .concat("-E occurrence=f -E separator=| -e frame.protocols -e ip.proto -e ip.frag_offset ")
                    .concat("-e ipv6.fraghdr.offset -e tcp.flags -r")
                    .split(" "));

    private static final int TOGETHER = 32;

    private TsharkOracle() {}

    /** What tshark makes of one packet's outermost IP layer. */
    sealed interface Verdict {
        /** It has an IP layer, under link layers that Hinomi reads or not, and this class; empty when tshark is not sure. */
        record Ip(boolean known, Optional<PacketClass> packetClass) implements Verdict {}

        /** It has no IP layer. */
        record NotIp() implements Verdict {}

        /** It is bytes of an unknown kind to tshark. */
        record Data() implements Verdict {}
    }

    static void require() {
        try {
            run(List.of("tshark", "--version"));
        } catch (IOException e) {
            System.err.println("SKIPPED: tshark is not installed");
            Assumptions.abort("tshark is not installed");
        }
    }

    /** The number of packets by {@code capinfos -c} of each file that it can read. */
    static Map<Path, Long> packets(List<Path> files) throws IOException {
        List<String> command = new ArrayList<>(List.of("capinfos", "-c", "-M", "-r", "-T"));
        files.forEach(file -> command.add(file.toString()));
        Map<Path, Long> counts = new HashMap<>();
        for (String line : run(command)) {
            int tab = line.lastIndexOf('\t');
            if (tab > 0) {
                counts.put(
                        Path.of(line.substring(0, tab)),
                        Long.parseLong(line.substring(tab + 1).strip()));
            }
        }
        return counts;
    }

    /**
     * One verdict a packet, in the order of each file. Most of tshark's time is its start, so files are put together
     * first; where that does not give every packet, each file is read by itself.
     *
     * @param counts packets of each file
     * @param folder for the files put together
     */
    static Map<Path, List<Verdict>> verdicts(List<Path> files, Map<Path, Long> counts, Path folder) throws IOException {
        Map<Path, List<Verdict>> verdicts = new HashMap<>();
        for (int from = 0; from < files.size(); from += TOGETHER) {
            List<Path> some = files.subList(from, Math.min(files.size(), from + TOGETHER));
            List<Verdict> together = together(some, folder.resolve(from + ".pcapng"));
            long expected = some.stream()
                    .mapToLong(file -> counts.getOrDefault(file, 0L))
                    .sum();
            int at = 0;
            for (Path file : some) {
                if (together.size() == expected) {
                    int end = at + Math.toIntExact(counts.getOrDefault(file, 0L));
                    verdicts.put(file, together.subList(at, end));
                    at = end;
                } else {
                    verdicts.put(file, verdicts(file));
                }
            }
        }
        return verdicts;
    }

    private static List<Verdict> together(List<Path> files, Path merged) throws IOException {
        List<String> command = new ArrayList<>(List.of("mergecap", "-a", "-w", merged.toString()));
        files.forEach(file -> command.add(file.toString()));
        run(command);
        return Files.exists(merged) ? verdicts(merged) : List.of();
    }

    private static List<Verdict> verdicts(Path file) throws IOException {
        List<String> command = new ArrayList<>(TSHARK);
        command.add(file.toString());
        List<Verdict> verdicts = new ArrayList<>();
        for (String line : run(command)) {
            verdicts.add(verdict(line.split("\\|", -1)));
        }
        return verdicts;
    }

    private static Verdict verdict(String[] fields) {
        List<String> layers = List.of(fields[0].split(":"));
        int ip = layers.indexOf("ip");
        int ipv6 = layers.indexOf("ipv6");
        if (ip < 0 && ipv6 < 0) {
            return layers.getFirst().equals("data") ? new Verdict.Data() : new Verdict.NotIp();
        }
        boolean v4 = ip >= 0 && (ipv6 < 0 || ip < ipv6);
        boolean known = LINK_LAYERS.containsAll(layers.subList(0, v4 ? ip : ipv6));
        List<String> behind = layers.subList((v4 ? ip : ipv6) + 1, layers.size());
        boolean fragment = v4 || extensions(behind).contains("ipv6.fraghdr");
        String offset = fields[v4 ? 2 : 3];
        if (fragment && !offset.isEmpty() && !offset.equals("0")) {
            return new Verdict.Ip(known, Optional.of(PacketClass.OTHER));
        }
        int protocol = v4 ? number(fields[1]) : protocol(behind);
        boolean cut = !v4 && behind.size() == extensions(behind).size() && !behind.isEmpty();
        if (cut || protocol == IpProtocol.TCP && fields[4].isEmpty()) {
            return new Verdict.Ip(known, Optional.empty());
        }
        int flags = number(fields[4]) & 0xff;
        return new Verdict.Ip(known, Optional.of(PacketClass.at(PacketClass.of(protocol, flags, false))));
    }

    private static List<String> extensions(List<String> behind) {
        return behind.stream().takeWhile(EXTENSIONS::contains).toList();
    }

    private static int protocol(List<String> behind) {
        return switch (behind.stream()
                .dropWhile(EXTENSIONS::contains)
                .findFirst()
                .orElse("")) {
            case "tcp" -> IpProtocol.TCP;
            case "udp" -> IpProtocol.UDP;
            case "icmpv6" -> IpProtocol.ICMPV6;
            default -> 255;
        };
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
