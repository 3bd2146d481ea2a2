package org.hinomi.kernel.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.hinomi.kernel.alert.Condition.Is;
import org.hinomi.kernel.alert.Condition.OneOf;
import org.hinomi.kernel.alert.Condition.Within;
import org.hinomi.kernel.detect.Declaration;
import org.hinomi.kernel.detect.DetectorCatalogue;
import org.hinomi.kernel.detect.FieldMeaning;
import org.junit.jupiter.api.Test;

class AlertRulesTest {
    @Test
    void theMostSevereRuleThatADetectionMeetsCounts() {
        AlertRules rules = AlertRules.standard();
        assertThat(rules.judge("dos", Map.of("rate", 9_999L))).isEmpty();
        assertThat(rules.judge("dos", Map.of("rate", 10_000))).hasValue(Severity.MEDIUM);
        assertThat(rules.judge("dos", Map.of("rate", 100_000L))).hasValue(Severity.HIGH);
        assertThat(rules.judge("scan", Map.of("aggressive", true))).hasValue(Severity.MEDIUM);
        assertThat(rules.judge("scan", Map.of("aggressive", false))).isEmpty();
        assertThat(rules.judge("own", Map.of("grade", "possible"))).isEmpty();
        assertThat(rules.judge("own", Map.of("grade", "strong"))).hasValue(Severity.HIGH);
        assertThat(rules.judge("ports", Map.of("distinct_ports", 1000L))).hasValue(Severity.LOW);
        assertThat(rules.judge("family", Map.of("family", "mirai"))).isEmpty();
        assertThat(rules.judge("sync", Map.of())).hasValue(Severity.HIGH);
        assertThat(rules.judge("nobody", Map.of())).isEmpty();
    }

    @Test
    void whatIsGivenReplacesTheRulesOfItsDetectorOnly() {
        AlertRules rules = AlertRules.of(Map.of(
                "dos", List.of(),
                "scan", List.of(new AlertRule(Severity.LOW, Map.of("tools", new OneOf(List.of("mirai")))))));
        assertThat(rules.judge("dos", Map.of("rate", 1_000_000L))).isEmpty();
        assertThat(rules.judge("scan", Map.of("aggressive", true, "tools", List.of("zmap"))))
                .isEmpty();
        assertThat(rules.judge("scan", Map.of("tools", List.of("zmap", "mirai"))))
                .hasValue(Severity.LOW);
        assertThat(rules.judge("own", Map.of("grade", "probable"))).hasValue(Severity.HIGH);
    }

    @Test
    void aRuleAsksForAllOfItsConditions() {
        AlertRule rule = new AlertRule(
                Severity.HIGH,
                Map.of("aggressive", new Is(true), "port", new Within(23, 23), "ports", new OneOf(List.of("tcp/23"))));
        assertThat(rule.holds(Map.of("aggressive", true, "port", 23, "ports", Map.of("tcp/23", 5))))
                .isTrue();
        assertThat(rule.holds(Map.of("aggressive", true, "port", 24, "ports", Map.of("tcp/23", 5))))
                .isFalse();
        assertThat(rule.holds(Map.of("aggressive", "true", "port", "23", "ports", 5)))
                .isFalse();
        assertThat(rule.holds(Map.of())).isFalse();
    }

    /** Detectors that are not there yet have their rule waiting; those that are must have its fields. */
    @Test
    void theRulesBuiltInAskOnlyForFieldsThatTheirDetectorDeclares() {
        assertThat(DetectorCatalogue.declarations())
                .filteredOn(detector -> AlertRules.standard().of(detector.id()).isEmpty())
                .as("what names who sends is no alert by itself; all others have a rule")
                .extracting(Declaration::id)
                .containsExactly("family");
        for (Declaration detector : DetectorCatalogue.declarations()) {
            for (AlertRule rule : AlertRules.standard().of(detector.id())) {
                rule.when()
                        .forEach((name, condition) -> assertThat(detector.fields().stream()
                                        .filter(field -> field.name().equals(name))
                                        .map(FieldMeaning::unit)
                                        .filter(condition::suits))
                                .as(detector.id() + " " + name)
                                .hasSize(1));
            }
        }
    }
}
