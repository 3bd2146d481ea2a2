package org.hinomi.kernel.device;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hinomi.kernel.device.DeviceJudgement.Confidence;
import org.hinomi.kernel.device.DeviceJudgement.Ranked;

/** Rules by which a source's device is judged; see {@code devices.txt} for their format. Immutable. */
public final class DeviceCatalogue {
    /** Knows no rule: every device is unknown. */
    public static final DeviceCatalogue EMPTY = new DeviceCatalogue(List.of(), Set.of(), Set.of());

    private static final int COLUMNS = 6;
    private static final int LEAST_POINTS = 2;
    private static final int MEDIUM_POINTS = 3;
    private static final int MOST_TOLD = 3;

    private final List<DeviceRule> rules;
    private final Set<String> handmade;
    private final Set<String> bots;

    private DeviceCatalogue(List<DeviceRule> rules, Set<String> handmade, Set<String> bots) {
        this.rules = List.copyOf(rules);
        this.handmade = Set.copyOf(handmade);
        this.bots = Set.copyOf(bots);
    }

    /**
     * Reads a catalogue.
     *
     * @throws IllegalArgumentException naming the line
     */
    public static DeviceCatalogue parse(String text) {
        List<DeviceRule> rules = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> handmade = new HashSet<>();
        Set<String> bots = new HashSet<>();
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.startsWith("handmade:")) {
                handmade.addAll(words(line.substring(line.indexOf(':') + 1)));
            } else if (line.startsWith("bots:")) {
                bots.addAll(words(line.substring(line.indexOf(':') + 1)));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                DeviceRule rule = rule(line, i + 1);
                if (!names.add(rule.name())) {
                    throw new IllegalArgumentException("line " + (i + 1) + ": there is already a rule " + rule.name());
                }
                rules.add(rule);
            }
        }
        return new DeviceCatalogue(rules, handmade, bots);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static DeviceRule rule(String line, int number) {
        String[] columns = line.split("\\|", -1);
        List<String> when = columns.length == COLUMNS ? words(columns[1]) : List.of();
        if (when.size() < 2
                || !columns[0].strip().matches("[a-z][a-z0-9_]{0,31}")
                || !columns[2].strip().matches("[1-9][0-9]?|100")
                || columns[4].isBlank()
                || columns[5].isBlank()) {
            throw new IllegalArgumentException("line " + number
                    + ": expected 'name | feature values | percent | kind+points | reason | reason in Japanese'");
        }
        return new DeviceRule(
                columns[0].strip(),
                when.getFirst(),
                Set.copyOf(when.subList(1, when.size())),
                Integer.parseInt(columns[2].strip()),
                points(columns[3], number),
                columns[4].strip(),
                columns[5].strip());
    }

    private static Map<DeviceKind, Integer> points(String text, int number) {
        Map<DeviceKind, Integer> points = new EnumMap<>(DeviceKind.class);
        for (String word : words(text)) {
            if (!word.matches("[a-z_]+[+-][1-9]")) {
                throw new IllegalArgumentException("line " + number + ": '" + word + "' is not as router+1 or nas-2");
            }
            String kind = word.substring(0, word.length() - 2);
            DeviceKind known = DeviceKind.of(kind)
                    .orElseThrow(
                            () -> new IllegalArgumentException("line " + number + ": there is no kind '" + kind + "'"));
            points.put(known, Integer.parseInt(word.substring(word.length() - 2)));
        }
        return points;
    }

    /** All rules in order. */
    public List<DeviceRule> rules() {
        return rules;
    }

    /** Whether packets with the mark of a fingerprint rule were made by hand, so that headers tell of the tool alone. */
    public boolean isHandmade(String mark) {
        return handmade.contains(mark);
    }

    /** The lanes of handmade packets' rules, one bit each. */
    public int handmade(List<String> marks) {
        int lanes = 0;
        for (int lane = 0; lane < marks.size(); lane++) {
            lanes |= isHandmade(marks.get(lane)) ? 1 << lane : 0;
        }
        return lanes;
    }

    /** Whether a fingerprint names a bot that infects devices, and not a tool that somebody runs. */
    public boolean isBot(String family) {
        return bots.contains(family);
    }

    /** Judges by all evidence there is. */
    public DeviceJudgement judge(List<? extends Evidence> evidence) {
        List<DeviceRule> met =
                rules.stream().filter(rule -> rule.holds(evidence)).toList();
        Map<DeviceKind, Integer> points = new EnumMap<>(DeviceKind.class);
        met.forEach(rule -> rule.points().forEach((kind, more) -> points.merge(kind, more, Integer::sum)));
        List<Ranked> ranking = points.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> new Ranked(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingInt(Ranked::points).reversed().thenComparing(Ranked::kind))
                .toList();
        int best = ranking.isEmpty() ? 0 : ranking.getFirst().points();
        List<DeviceKind> kinds = ranking.stream()
                .filter(each -> each.points() == best)
                .map(Ranked::kind)
                .toList();
        if (best < LEAST_POINTS || kinds.size() > MOST_TOLD) {
            return new DeviceJudgement(List.of(), Confidence.NONE, ranking, met);
        }
        return new DeviceJudgement(kinds, confidence(kinds, best, met), ranking, met);
    }

    private static Confidence confidence(List<DeviceKind> kinds, int best, List<DeviceRule> met) {
        DeviceKind foremost = kinds.getFirst();
        boolean attacks = met.stream().anyMatch(rule -> !rule.ofSystem() && speaksFor(rule, foremost));
        boolean system = met.stream().anyMatch(rule -> rule.ofSystem() && speaksFor(rule, foremost));
        return kinds.size() == 1 && best >= MEDIUM_POINTS && attacks && system ? Confidence.MEDIUM : Confidence.LOW;
    }

    private static boolean speaksFor(DeviceRule rule, DeviceKind kind) {
        return rule.points().getOrDefault(kind, 0) > 0;
    }
}
