package org.hinomi.kernel.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hinomi.kernel.detect.Probes.START;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever comes, an engine stays as small as it was told to, and counts what it let go. */
class BoundsTest {
    private static final int DARKNET = 0xc612_0000;

    private final List<Detection> found = new ArrayList<>();

    private KeyedEngine<ScanState> engine(long bytes, int tuples) {
        return new KeyedEngine<>(
                Probes.scans(Map.of()), Probes.REFERENCE, new KeyedEngine.Bounds(bytes, tuples), found::add);
    }

    @Test
    void aSourceThatProbesEveryPortIsOneStateOfBoundedSize() {
        KeyedEngine<ScanState> engine = engine(1 << 28, 1 << 20);
        for (int minute = 0; minute < 8; minute++) {
            for (int port = 0; port < 65_536; port += 8) {
                engine.add("tokyo", Probes.syn(1, DARKNET + port, port + minute, START + minute * 60L));
            }
            engine.advance("tokyo", START + minute * 60L + 60);
            assertThat(engine.bytes()).isLessThan(100_000);
        }
        assertThat(engine.keys()).isEqualTo(1);
        assertThat(engine.forgotten()).isBetween(65_536L - 256, 65_536L);
        assertThat(found).isEmpty();
    }

    @Test
    void aFloodOfForgedSourcesPushesOutThoseNotSeenForLongest() {
        KeyedEngine<ScanState> engine = engine(1_000_000, 1 << 20);
        for (int i = 0; i < 50; i++) {
            engine.add("tokyo", Probes.syn(7, DARKNET + i, 23, START));
        }
        for (int source = 1000; source < 101_000; source++) {
            engine.add("tokyo", Probes.syn(source, DARKNET, 23, START + 60));
        }
        engine.advance("tokyo", START + 120);
        assertThat(engine.bytes()).isLessThanOrEqualTo(1_000_000);
        assertThat(engine.evicted()).isEqualTo(100_001 - engine.keys());
        assertThat(found).hasSize(2);
        assertThat(found.getLast().ended()).isTrue();
        assertThat(found.getLast().field("cut")).contains(new FieldValue.Flag(true));
    }

    @Test
    void aMinuteHoldsSoManyTuplesAndNoMore() {
        KeyedEngine<ScanState> engine = engine(1 << 20, 100);
        for (int i = 0; i < 150; i++) {
            engine.add("tokyo", Probes.syn(i, DARKNET, 23, START));
        }
        assertThat(engine.overflowed()).isEqualTo(50);
    }

    @Test
    void aTupleOfAMinuteThatIsDoneIsLateAndCounted() {
        KeyedEngine<ScanState> engine = engine(1 << 20, 100);
        engine.advance("tokyo", START + 60);
        assertThat(engine.add("tokyo", Probes.syn(1, DARKNET, 23, START))).isFalse();
        assertThat(engine.add("osaka", Probes.syn(1, DARKNET, 23, START))).isTrue();
        assertThat(engine.late()).isEqualTo(1);
    }

    @Test
    void aStreamThatIsDroppedLeavesNothing() {
        KeyedEngine<ScanState> engine = engine(1 << 20, 100);
        engine.add("tokyo", Probes.syn(1, DARKNET, 23, START));
        engine.advance("tokyo", START + 60);
        assertThat(engine.keys()).isEqualTo(1);
        engine.drop("tokyo");
        assertThat(engine.keys()).isZero();
        assertThat(engine.bytes()).isZero();
    }
}
