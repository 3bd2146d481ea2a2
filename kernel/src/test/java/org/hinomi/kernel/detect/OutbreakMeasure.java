package org.hinomi.kernel.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.detect.Outbreaks.Outbreak;
import org.hinomi.kernel.flow.FlowRow;

/**
 * What detectors make of made-up outbreaks. {@code main} prints it for seeds that tests don't use:
 * {@code java -cp kernel/target/test-classes:kernel/target/classes:... org.hinomi.kernel.detect.OutbreakMeasure 24 60 7001}.
 */
final class OutbreakMeasure {
    private static final int HOUR = 3600;

    private OutbreakMeasure() {}

    /**
     * How a detector did.
     *
     * @param told when each outbreak was first told; {@link Long#MAX_VALUE} for never
     * @param falseAlarms detections that no outbreak explains
     */
    record Outcome(List<Long> told, int falseAlarms) {
        /** The share of outbreaks told before their 20th source, of those of some sorts. */
        double early(List<Outbreak> outbreaks, Outbreaks.Sort... sorts) {
            int early = 0;
            int all = 0;
            for (int i = 0; i < outbreaks.size(); i++) {
                if (List.of(sorts).contains(outbreaks.get(i).sort())) {
                    all++;
                    early += told.get(i) <= outbreaks.get(i).twentieth() ? 1 : 0;
                }
            }
            return (double) early / all;
        }

        double found() {
            return told.stream().filter(time -> time != Long.MAX_VALUE).count() / (double) told.size();
        }

        /** The share of outbreaks that it told earlier than another did. */
        double earlier(Outcome other) {
            int earlier = 0;
            for (int i = 0; i < told.size(); i++) {
                earlier += told.get(i) < other.told.get(i) ? 1 : 0;
            }
            return (double) earlier / told.size();
        }
    }

    static List<Outcome> of(Outbreaks truth, List<Detector<?>> detectors) {
        List<List<Detection>> found = new ArrayList<>();
        List<KeyedEngine<?>> engines = new ArrayList<>();
        for (Detector<?> detector : detectors) {
            List<Detection> own = new ArrayList<>();
            found.add(own);
            engines.add(Probes.engine(detector, own::add));
        }
        long[] now = {0};
        truth.emit((FlowRow row) -> engines.forEach(engine -> {
            if (row.time > now[0]) {
                engines.forEach(each -> each.advance("tokyo", row.time));
                now[0] = row.time;
            }
            engine.add("tokyo", row);
        }));
        engines.forEach(engine -> engine.end("tokyo"));
        return found.stream().map(each -> outcome(truth.outbreaks, each)).toList();
    }

    private static Outcome outcome(List<Outbreak> outbreaks, List<Detection> found) {
        List<Long> told = new ArrayList<>();
        List<String> explained = new ArrayList<>();
        for (Outbreak outbreak : outbreaks) {
            long first = Long.MAX_VALUE;
            for (Detection each : found) {
                if (each.key().equals("tcp/" + outbreak.port())
                        && each.reported() >= outbreak.begins()
                        && each.reported() <= outbreak.ends() + HOUR
                        && each.revision() == 0) {
                    first = Math.min(first, each.reported());
                    explained.add(each.id());
                }
            }
            told.add(first);
        }
        int falseAlarms = (int) found.stream()
                .filter(each -> each.revision() == 0 && !explained.contains(each.id()))
                .count();
        return new Outcome(told, falseAlarms);
    }

    /** Prints what is measured: days, outbreaks, seed. */
    public static void main(String[] arguments) {
        int days = Integer.parseInt(arguments[0]);
        Outbreaks truth = new Outbreaks(Long.parseLong(arguments[2]), days, Integer.parseInt(arguments[1]));
        List<Detector<?>> detectors = List.of(
                new Surges(SurgeDimension.PORT, Map.of()),
                new Synchrony(KeyStage.PORT, Map.of("method", 1L), Probes.RULES),
                new Synchrony(KeyStage.PORT, Map.of("method", 2L), Probes.RULES),
                new Synchrony(KeyStage.PORT, Map.of(), Probes.RULES));
        List<Outcome> outcomes = of(truth, detectors);
        List<String> names = List.of("rate", "nmf", "glasso", "both");
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome each = outcomes.get(i);
            System.out.printf(
                    "%-6s found %.2f, before the 20th source %.2f (bots %.2f, slow %.2f, waves %.2f), earlier than rate"
                            + " %.2f, false alarms a day %.2f%n",
                    names.get(i),
                    each.found(),
                    each.early(truth.outbreaks, Outbreaks.Sort.values()),
                    each.early(truth.outbreaks, Outbreaks.Sort.BOTS),
                    each.early(truth.outbreaks, Outbreaks.Sort.SLOW),
                    each.early(truth.outbreaks, Outbreaks.Sort.WAVES),
                    each.earlier(outcomes.getFirst()),
                    each.falseAlarms() / (double) (days - Outbreaks.LEARN_DAYS));
        }
    }
}
