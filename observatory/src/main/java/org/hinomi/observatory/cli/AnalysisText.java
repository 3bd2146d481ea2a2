package org.hinomi.observatory.cli;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.hinomi.observatory.telescope.AnalysisReport;
import org.jspecify.annotations.Nullable;

/** An analysis as text for a person. */
final class AnalysisText {
    private static final int ROWS = 10;

    private AnalysisText() {}

    static void print(AnalysisReport report, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%,d packets, %,d decoded, from %s to %s%n",
                report.packets(),
                report.decoded(),
                Objects.requireNonNullElse(report.first(), "-"),
                Objects.requireNonNullElse(report.last(), "-"));
        out.printf(
                Locale.ROOT,
                "%,d flow tuples, %,d sources, %,d destinations%n",
                report.flowTuples(),
                report.sources(),
                report.destinations());
        if (report.iotShare() != null) {
            out.printf(Locale.ROOT, "%.1f %% of SYN and UDP packets go to IoT ports%n", 100 * report.iotShare());
        }
        counts(out, "Skipped", report.skipped());
        counts(out, "Classes", report.classes());
        counts(out, "Kinds", report.kinds());
        counts(out, "Packets that match a fingerprint", report.fingerprints());
        counts(out, "Sources named by a fingerprint", report.tools());
        out.printf("%nTop ports%n");
        report.topPorts().stream()
                .limit(ROWS)
                .forEach(p -> out.printf(
                        Locale.ROOT,
                        "  %-12s %,14d packets %,10d sources%n",
                        p.port() + "/" + p.protocol(),
                        p.packets(),
                        p.sources()));
        out.printf("%nTop sources%n");
        report.topSources().stream()
                .limit(ROWS)
                .forEach(s -> out.printf(
                        Locale.ROOT,
                        "  %-39s %,14d packets  %s %s%n",
                        s.address(),
                        s.packets(),
                        Objects.requireNonNullElse(s.country(), ""),
                        s.asn() == null ? "" : "AS" + s.asn()));
        if (report.countries() != null) {
            out.printf("%nTop countries%n");
            report.countries().stream()
                    .limit(ROWS)
                    .forEach(c -> out.printf(
                            Locale.ROOT,
                            "  %-12s %,14d packets %,10d sources%n",
                            c.country(),
                            c.packets(),
                            c.sources()));
        }
    }

    private static void counts(PrintWriter out, String title, @Nullable Map<String, Long> counts) {
        if (counts == null) {
            out.printf("%n%s: the input can't tell%n", title);
            return;
        }
        if (counts.values().stream().allMatch(count -> count == 0)) {
            return;
        }
        out.printf("%n%s%n", title);
        counts.entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(e -> out.printf(Locale.ROOT, "  %-24s %,14d%n", e.getKey(), e.getValue()));
    }
}
