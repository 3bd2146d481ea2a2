package org.hinomi.observatory.telescope.query;

import java.util.List;
import java.util.stream.Collectors;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.observatory.telescope.query.Answers.HostFamily;
import org.hinomi.observatory.telescope.query.Answers.Port;
import org.hinomi.observatory.telescope.query.Answers.Verdict;

/** One sentence about a host, in both languages: what it does, and by which tool if a rule says so for certain. */
final class HostVerdict {
    private static final int NAMED_PORTS = 3;
    private static final int ONE_TARGET = 1;

    private HostVerdict() {}

    static Verdict of(Totals totals, List<HostFamily> families, List<Port> ports, long portCount) {
        if (totals.packets() == 0) {
            return new Verdict("Nothing was seen from this address in this time.", "この期間、このアドレスからは何も観測されていません。");
        }
        long scan = totals.kinds().getOrDefault(Kind.SCAN.id(), 0L);
        long backscatter = totals.kinds().getOrDefault(Kind.BACKSCATTER.id(), 0L);
        if (backscatter > scan) {
            return new Verdict(
                    "Answers to packets that others sent in its name: probably the victim of a denial-of-service attack.",
                    "なりすましたパケットへの応答が届いています。DoS攻撃の被害者である可能性が高いです。");
        }
        if (scan == 0) {
            return new Verdict(
                    "Sends packets that are neither scans nor answers, probably by misconfiguration.",
                    "走査でも応答でもないパケットを送っています。設定の誤りである可能性が高いです。");
        }
        long shown = ports.stream().limit(NAMED_PORTS).mapToLong(Port::packets).sum();
        boolean many = portCount > NAMED_PORTS && shown * 2 < totals.packets();
        String named = ports.stream().limit(NAMED_PORTS).map(HostVerdict::port).collect(Collectors.joining(", "));
        String tool = families.stream()
                .filter(HostFamily::certain)
                .max(java.util.Comparator.comparingLong(HostFamily::matched))
                .map(HostFamily::name)
                .orElse("");
        boolean one = totals.destinations() != null && totals.destinations() == ONE_TARGET;
        return many ? wide(portCount, tool) : scanner(named, tool, one);
    }

    private static Verdict wide(long ports, String tool) {
        return tool.isEmpty()
                ? new Verdict("Scans " + ports + " different ports.", ports + " 種類のポートを走査しています。")
                : new Verdict(
                        "Scans " + ports + " different ports with the header marks of " + tool + ".",
                        ports + " 種類のポートを走査しています。ヘッダに " + tool + " の特徴があります。");
    }

    private static Verdict scanner(String ports, String tool, boolean one) {
        if (one) {
            return new Verdict(
                    "Sends to one dark address only (" + ports + "): rather a misconfiguration than a scan.",
                    "ただ1つのダークアドレス宛てに送っています（" + ports + "）。走査というより設定の誤りと見られます。");
        }
        return tool.isEmpty()
                ? new Verdict("Scans for " + ports + ".", ports + " を走査しています。")
                : new Verdict(
                        "Scans for " + ports + " with the header marks of " + tool + ".",
                        ports + " を走査しています。ヘッダに " + tool + " の特徴があります。");
    }

    private static String port(Port port) {
        String number = port.protocol() + "/" + port.port();
        return port.service() == null ? number : port.service() + " (" + number + ")";
    }
}
