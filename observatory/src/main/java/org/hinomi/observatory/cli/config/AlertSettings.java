package org.hinomi.observatory.cli.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hinomi.kernel.alert.AlertRule;
import org.hinomi.kernel.alert.AlertRules;
import org.hinomi.kernel.alert.Condition;
import org.hinomi.kernel.alert.Severity;
import org.hinomi.kernel.detect.Declaration;
import org.hinomi.kernel.detect.DetectorCatalogue;
import org.hinomi.kernel.detect.FieldMeaning;

/**
 * Which detections are alerts.
 *
 * @param keep the most alerts that are kept
 * @param rules the rules, given or built in
 */
public record AlertSettings(int keep, AlertRules rules) {
    private static final int USUAL_KEEP = 100_000;
    private static final String BOUNDS = "a number takes 'at_least', 'at_most' or both";

    /** The section of a file. */
    static AlertSettings read(ConfigNode root) {
        return root.node("alerts")
                .map(node -> {
                    node.only("keep", "rules");
                    return new AlertSettings(
                            node.whole("keep", 1000, 1_000_000).orElse(USUAL_KEEP),
                            node.node("rules").map(AlertSettings::rules).orElse(AlertRules.standard()));
                })
                .orElse(new AlertSettings(USUAL_KEEP, AlertRules.standard()));
    }

    private static AlertRules rules(ConfigNode node) {
        Map<String, List<AlertRule>> given = new TreeMap<>();
        node.only(DetectorCatalogue.declarations().stream().map(Declaration::id).toArray(String[]::new));
        for (Declaration detector : DetectorCatalogue.declarations()) {
            if (node.has(detector.id())) {
                List<AlertRule> rules = new ArrayList<>();
                node.nodes(detector.id()).forEach(rule -> rules.add(rule(detector, rule)));
                given.put(detector.id(), rules);
            }
        }
        return AlertRules.of(given);
    }

    private static AlertRule rule(Declaration detector, ConfigNode node) {
        node.only("severity", "when");
        String severity =
                node.text("severity").orElseThrow(() -> node.missing("severity", "a rule says low, medium or high"));
        Map<String, Condition> when = new LinkedHashMap<>();
        node.node("when").ifPresent(asked -> {
            asked.only(detector.fields().stream().map(FieldMeaning::name).toArray(String[]::new));
            for (FieldMeaning field : detector.fields()) {
                if (asked.has(field.name())) {
                    when.put(field.name(), condition(field, asked));
                }
            }
        });
        return new AlertRule(
                Severity.of(severity)
                        .orElseThrow(() -> node.unusable("severity", "'" + severity + "' is not low, medium or high")),
                when);
    }

    private static Condition condition(FieldMeaning field, ConfigNode asked) {
        String name = field.name();
        if (new Condition.Is(true).suits(field.unit())) {
            return new Condition.Is(asked.flag(name).orElse(false));
        }
        if (new Condition.OneOf(List.of()).suits(field.unit())) {
            return new Condition.OneOf(asked.oneOrMore(name));
        }
        ConfigNode bounds = asked.node(name).orElseThrow(() -> asked.missing(name, BOUNDS));
        bounds.only("at_least", "at_most");
        if (!bounds.has("at_least") && !bounds.has("at_most")) {
            throw asked.missing(name, BOUNDS);
        }
        return new Condition.Within(
                bounds.whole("at_least", 0, Integer.MAX_VALUE)
                        .map(Integer::longValue)
                        .orElse(0L),
                bounds.whole("at_most", 0, Integer.MAX_VALUE)
                        .map(Integer::longValue)
                        .orElse(Long.MAX_VALUE));
    }
}
