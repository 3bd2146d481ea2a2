package org.hinomi.kernel.alert;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rules by which detections become alerts. Of several rules that a detection meets the most severe counts; what
 * meets none is stored and shown, but asks nobody to look.
 */
public final class AlertRules {
    private static final Map<String, List<AlertRule>> STANDARD = Map.of(
            "scan", List.of(rule(Severity.MEDIUM, "aggressive", new Condition.Is(true))),
            "ports", List.of(rule(Severity.LOW, "distinct_ports", new Condition.Within(1000, Long.MAX_VALUE))),
            "dos",
                    List.of(
                            rule(Severity.MEDIUM, "rate", new Condition.Within(10_000, Long.MAX_VALUE)),
                            rule(Severity.HIGH, "rate", new Condition.Within(100_000, Long.MAX_VALUE))),
            "own", List.of(rule(Severity.HIGH, "grade", new Condition.OneOf(List.of("probable", "strong")))),
            "port_surge", List.of(new AlertRule(Severity.MEDIUM, Map.of())),
            "country_surge", List.of(new AlertRule(Severity.LOW, Map.of())),
            "network_surge", List.of(new AlertRule(Severity.LOW, Map.of())),
            "sync", List.of(new AlertRule(Severity.HIGH, Map.of())),
            "port_sync", List.of(new AlertRule(Severity.HIGH, Map.of())));

    private final Map<String, List<AlertRule>> rules;

    private AlertRules(Map<String, List<AlertRule>> rules) {
        this.rules = rules;
    }

    private static AlertRule rule(Severity severity, String field, Condition condition) {
        return new AlertRule(severity, Map.of(field, condition));
    }

    /** The rules built in. */
    public static AlertRules standard() {
        return of(Map.of());
    }

    /** The rules built in, but for detectors that have others given: an empty list makes no alerts of a detector's. */
    public static AlertRules of(Map<String, List<AlertRule>> given) {
        Map<String, List<AlertRule>> rules = new TreeMap<>(STANDARD);
        given.forEach((detector, own) -> rules.put(detector, List.copyOf(own)));
        return new AlertRules(rules);
    }

    /** The rules of a detector. */
    public List<AlertRule> of(String detector) {
        return rules.getOrDefault(detector, List.of());
    }

    /** How severe an alert a detection is, by its fields; empty when it is none. */
    public Optional<Severity> judge(String detector, Map<String, ?> fields) {
        return of(detector).stream()
                .filter(rule -> rule.holds(fields))
                .map(AlertRule::severity)
                .max(Comparator.naturalOrder());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AlertRules others && rules.equals(others.rules);
    }

    @Override
    public int hashCode() {
        return rules.hashCode();
    }
}
