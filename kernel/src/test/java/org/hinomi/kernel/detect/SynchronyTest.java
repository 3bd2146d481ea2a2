package org.hinomi.kernel.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hinomi.kernel.detect.OutbreakMeasure.Outcome;
import org.hinomi.kernel.detect.Outbreaks.Sort;
import org.junit.jupiter.api.Test;

/** Which groups are told, what is told of them, and how early; and that a flood does not make it grow. */
class SynchronyTest {
    private static String field(Detection detection, String name) {
        return detection.field(name).map(FieldValue::text).orElse("-");
    }

    @Test
    void sourcesThatBeginAndPauseTogetherAreOneGroup() {
        for (KeyStage stage : List.of(KeyStage.PORT, KeyStage.ALL)) {
            List<Detection> found = Probes.run(Probes.synchrony(stage), Probes.gathering(new Random(1)));
            assertThat(found)
                    .extracting(Detection::id)
                    .containsOnly(found.getFirst().id());
            Detection last = found.getLast();
            assertThat(last.ended()).isTrue();
            assertThat(last.key()).isEqualTo(stage == KeyStage.PORT ? "tcp/23" : "all");
            assertThat(field(last, "port")).isEqualTo("23");
            assertThat(field(last, "methods")).isEqualTo("nmf,glasso");
            assertThat(field(last, "sources")).isEqualTo("9");
            assertThat(field(last, "members")).contains("11.0.1.0", "11.0.9.0");
            assertThat(field(last, "families")).isEqualTo("mirai:9");
            assertThat(field(last, "ports")).isEqualTo("tcp/23:9");
            assertThat(field(last, "density")).isEqualTo("100");
            assertThat(last.first()).isEqualTo(Probes.START + 240 * 60L);
            assertThat(found.getFirst().reported()).isLessThan(last.first() + 3600);
        }
    }

    @Test
    void beforeItHasLearnedItSaysNothing() {
        assertThat(Probes.run(new Synchrony(KeyStage.PORT, Map.of(), Probes.RULES), Probes.gathering(new Random(2))))
                .isEmpty();
    }

    @Test
    void eachMethodAloneFindsItToo() {
        for (long method = 1; method <= 2; method++) {
            Map<String, Long> given = Map.of("learn_days", 0L, "method", method);
            List<Detection> found =
                    Probes.run(new Synchrony(KeyStage.PORT, given, Probes.RULES), Probes.gathering(new Random(3)));
            assertThat(found).isNotEmpty();
            assertThat(field(found.getFirst(), "methods")).isEqualTo(method == 1 ? "nmf" : "glasso");
        }
    }

    @Test
    void outbreaksOnQuietPortsAreFoundEarlyAndTheBackgroundIsNot() {
        Outbreaks truth = new Outbreaks(3, 6, 4);
        Outcome found = OutbreakMeasure.of(truth, List.of(new Synchrony(KeyStage.PORT, Map.of(), Probes.RULES)))
                .getFirst();
        assertThat(found.found()).isGreaterThanOrEqualTo(0.75);
        assertThat(found.early(truth.outbreaks, Sort.values())).isGreaterThanOrEqualTo(0.25);
        assertThat(found.falseAlarms()).isLessThanOrEqualTo(2);
    }

    @Test
    void aFloodOfSourcesIsASampleOfBoundedSize() {
        List<Detection> found = new ArrayList<>();
        KeyedEngine<SyncState> engine = Probes.engine(Probes.synchrony(KeyStage.ALL), found::add);
        Random random = new Random(4);
        for (int minute = 0; minute < 20; minute++) {
            for (int i = 0; i < 5000; i++) {
                engine.add("tokyo", Probes.syn(random.nextInt(), 0xc612_0000, 23, Probes.START + minute * 60L));
            }
            engine.advance("tokyo", Probes.START + minute * 60L);
            assertThat(engine.bytes()).isLessThan(500_000);
        }
        assertThat(engine.keys()).isEqualTo(1);
    }
}
