package org.hinomi.kernel.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.alert.AlertRule;
import org.hinomi.kernel.alert.Condition;
import org.hinomi.kernel.alert.Severity;
import org.hinomi.kernel.device.DeviceCatalogue;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.research.ResearchMatch;
import org.hinomi.kernel.research.Researcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Detections of sources tell whether the source is a researcher's that is known. */
class ResearchFieldsTest {
    private static final int KNOWN = 0xc000_0201;
    private static final int OTHER = 0xcb00_7105;

    private static final Reference REFERENCE = new Reference() {
        @Override
        public long darkAddresses(String stream, long minute) {
            return Probes.DARK;
        }

        @Override
        public @Nullable ResearchMatch researcher(long hi, long lo, long minute) {
            return (int) lo == KNOWN
                    ? new ResearchMatch(new Researcher("Survey", "https://survey.example/"), "prefix 192.0.2.0/24")
                    : null;
        }
    };

    private static <S extends KeyState> List<Detection> found(Detector<S> detector, int source) {
        List<Detection> found = new ArrayList<>();
        KeyedEngine<S> engine = new KeyedEngine<>(detector, REFERENCE, Probes.ROOMY, found::add);
        for (int i = 0; i < 200; i++) {
            FlowRow row = Probes.syn(source, 0xc612_0000 + i, 1000 + i % 150, Probes.START);
            row.dstPort = detector instanceof PortSweeps ? 1000 + i : 80;
            row.matchAll(1);
            engine.add("tokyo", row);
        }
        engine.end("tokyo");
        return found;
    }

    private static String text(Detection of, String field) {
        return of.field(field).map(FieldValue::text).orElse("-");
    }

    @Test
    void scansVerdictsAndSweepsTellWhoseSourceItIs() {
        List<Detector<?>> detectors = List.of(
                Probes.scans(Map.of()),
                new FamilyVerdicts(Map.of(), Probes.FINGERPRINTS, DeviceCatalogue.EMPTY),
                new PortSweeps(Map.of()));
        for (Detector<?> detector : detectors) {
            Detection known = found(detector, KNOWN).getLast();
            assertThat(text(known, "researcher"))
                    .as(detector.declaration().id())
                    .isEqualTo("yes");
            assertThat(text(known, "researcher_name")).isEqualTo("Survey");
            assertThat(text(known, "researcher_reference")).isEqualTo("https://survey.example/");
            assertThat(text(known, "researcher_matched_by")).isEqualTo("prefix 192.0.2.0/24");
            Detection other = found(detector, OTHER).getLast();
            assertThat(text(other, "researcher")).isEqualTo("no");
            assertThat(text(other, "researcher_name")).isEqualTo("-");
            assertThat(detector.declaration().tells("researcher")).isTrue();
        }
    }

    @Test
    void aRuleCanLeaveResearchersOut() {
        AlertRule rule = new AlertRule(Severity.LOW, Map.of("researcher", new Condition.Is(false)));
        assertThat(rule.holds(Map.of("researcher", false))).isTrue();
        assertThat(rule.holds(Map.of("researcher", true))).isFalse();
    }
}
