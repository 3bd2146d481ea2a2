package org.hinomi.observatory.cli;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hinomi.observatory.detect.OfflineDetection.Found;
import org.hinomi.observatory.telescope.AnalysisReport;

/** What was found in a recording, as text for a person. */
final class DetectionText {
    private DetectionText() {}

    static void print(AnalysisReport report, List<Found> found, long lost, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%,d packets, %,d looked at, from %s to %s%n",
                report.packets(),
                report.decoded(),
                Objects.requireNonNullElse(report.first(), "-"),
                Objects.requireNonNullElse(report.last(), "-"));
        Map<String, Long> counts =
                found.stream().collect(Collectors.groupingBy(Found::detector, TreeMap::new, Collectors.counting()));
        out.println(
                counts.isEmpty()
                        ? "No detector found anything."
                        : "Found: "
                                + counts.entrySet().stream()
                                        .map(each -> each.getKey() + " " + each.getValue())
                                        .collect(Collectors.joining(", ")));
        if (lost > 0) {
            out.printf(Locale.ROOT, "There was no room for %,d sources, tuples or findings.%n", lost);
        }
        for (Found each : found) {
            out.printf(
                    "%n%s  %s  %s to %s%s%n",
                    each.detector(), each.key(), each.first(), each.last(), each.ended() ? "" : ", not over");
            each.fields().forEach((name, value) -> {
                String text = text(value);
                if (!text.isEmpty()) {
                    out.printf("  %-22s %s%n", name, text);
                }
            });
        }
    }

    private static String text(Object value) {
        return switch (value) {
            case Boolean flag -> flag ? "yes" : "no";
            case Number number -> String.format(Locale.ROOT, "%,d", number.longValue());
            case Collection<?> names -> names.stream().map(String::valueOf).collect(Collectors.joining(", "));
            case Map<?, ?> counts ->
                counts.entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .collect(Collectors.joining(", "));
            default -> String.valueOf(value);
        };
    }
}
