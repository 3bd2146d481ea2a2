package org.hinomi.kernel.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hinomi.kernel.Seeds;
import org.hinomi.kernel.detect.Probes.Tuple;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.TcpFlags;
import org.junit.jupiter.api.Test;

/** What is a surge and what is only the time of day, when it begins and ends, and what is told. */
class SurgesTest {
    /** A midnight. */
    private static final long START = 1_780_012_800;

    private static final int DAY = 86_400;

    private final List<Tuple> tuples = new ArrayList<>();

    private static String field(Detection detection, String name) {
        return detection.field(name).map(FieldValue::text).orElse("-");
    }

    /** Sources an hour that follow the time of day, most at 20 o'clock, none of them twice. */
    private void rhythm(Random random, int days, double usual) {
        for (int minute = 0; minute < days * 1440; minute += 5) {
            double hour = minute / 60.0;
            double rate = usual
                    / 12
                    * (1 + 0.8 * Math.cos((hour - 20) * 2 * Math.PI / 24))
                    * (0.8 + 0.4 * random.nextDouble());
            sources(random, poisson(random, rate), 23, START + minute * 60L);
        }
    }

    private static int poisson(Random random, double mean) {
        double left = Math.exp(-mean);
        int count = 0;
        for (double p = random.nextDouble(); p > left; p *= random.nextDouble()) {
            count++;
        }
        return count;
    }

    private void sources(Random random, int count, int port, long minute) {
        for (int i = 0; i < count; i++) {
            tuples.add(Probes.kept(Probes.syn(0x0b00_0000 + random.nextInt(1 << 28), 0xc612_0001, port, minute)));
        }
    }

    private List<Detection> found(SurgeDimension dimension, Map<String, Long> given) {
        tuples.sort(Comparator.comparingLong(Tuple::minute));
        return Probes.run(new Surges(dimension, given), tuples);
    }

    private List<Detection> found() {
        return found(SurgeDimension.PORT, Map.of());
    }

    @Test
    void theRhythmOfTheDayIsNoSurge() {
        Seeds.check(3, random -> {
            tuples.clear();
            rhythm(random, 7, 60);
            for (SurgeDimension dimension : SurgeDimension.values()) {
                // By the model one false alarm in a thousand days over all keys, and here is one key for a week.
                assertThat(found(dimension, Map.of("false_alarms_a_day", 1L))).isEmpty();
            }
        });
    }

    @Test
    void whatIsUsualAtNoonIsASurgeAtNight() {
        rhythm(new Random(1), 6, 240);
        assertThat(found()).isEmpty();
        sources(new Random(2), 60, 23, START + 5 * DAY + 8 * 3600);
        List<Detection> found = found();
        assertThat(found).extracting(Detection::ended).containsExactly(false, true);
        assertThat(found.getFirst().first()).isEqualTo(START + 5 * DAY + 8 * 3600);
        assertThat(Integer.parseInt(field(found.getFirst(), "expected"))).isBetween(4, 16);
        sources(new Random(2), 30, 23, START + 5 * DAY + 20 * 3600);
        assertThat(found()).hasSize(2);
    }

    @Test
    void aSurgeIsToldOnceHoweverLongAndEndsAfterAnHourAsExpected() {
        rhythm(new Random(3), 6, 60);
        for (int bin = 0; bin < 18; bin++) {
            sources(new Random(bin), 100 + bin, 23, START + 4 * DAY + bin * 600);
        }
        List<Detection> found = found();
        assertThat(found)
                .extracting(Detection::id)
                .containsOnly(found.getFirst().id());
        assertThat(found).extracting(Detection::revision).containsExactly(0, 1, 2, 3, 4);
        Detection last = found.getLast();
        assertThat(last.ended()).isTrue();
        assertThat(last.first()).isEqualTo(START + 4 * DAY);
        assertThat(last.last()).isEqualTo(START + 4 * DAY + 18 * 600);
        assertThat(last.reported()).isEqualTo(last.last() + 3600);
        assertThat(last.key()).isEqualTo("tcp/23");
        assertThat(field(last, "dimension")).isEqualTo("port");
        assertThat(field(last, "what")).isEqualTo("tcp/23");
        assertThat(field(last, "port")).isEqualTo("23");
        assertThat(Integer.parseInt(field(last, "observed"))).isBetween(100, 150);
        assertThat(Integer.parseInt(field(last, "sources"))).isBetween(1850, 2350);
        assertThat(field(last, "new")).isEqualTo("no");
        assertThat(field(last, "settled")).isEqualTo("no");
        assertThat(last.field("countries").orElseThrow()).isInstanceOf(FieldValue.Counts.class);
    }

    @Test
    void aPortNobodyAskedForIsNewWhenTenBlocksDo() {
        rhythm(new Random(4), 5, 60);
        sources(new Random(5), 9, 5555, START + 4 * DAY);
        assertThat(found()).isEmpty();
        sources(new Random(6), 1, 5555, START + 4 * DAY + 60);
        assertThat(found()).isNotEmpty().allSatisfy(each -> {
            assertThat(field(each, "what")).isEqualTo("tcp/5555");
            assertThat(field(each, "new")).isEqualTo("yes");
            assertThat(field(each, "expected")).isEqualTo("0");
            assertThat(field(each, "sources")).isEqualTo("10");
        });
    }

    @Test
    void beforeItHasLearnedItSaysNothing() {
        rhythm(new Random(7), 3, 60);
        sources(new Random(8), 500, 23, START + 3 * DAY - 3600);
        sources(new Random(9), 500, 5555, START + 3 * DAY - 3600);
        assertThat(found()).isEmpty();
        sources(new Random(9), 500, 5556, START + 3 * DAY);
        assertThat(found()).extracting(each -> field(each, "what")).containsOnly("tcp/5556");
    }

    @Test
    void oneLoudSourceOneLoudBlockAndAnswersAreNoSurge() {
        rhythm(new Random(10), 5, 60);
        FlowRow loud = Probes.syn(77, 0xc612_0001, 23, START + 4 * DAY);
        loud.packetCnt = 1_000_000;
        tuples.add(Probes.kept(loud));
        for (int i = 0; i < 256; i++) {
            tuples.add(Probes.kept(Probes.syn(0x0a00_0000 + i, 0xc612_0001, 23, START + 4 * DAY)));
        }
        for (int i = 0; i < 300; i++) {
            FlowRow answer = Probes.syn(0x0a00_0000 + (i << 8), 0xc612_0001, 5555, START + 4 * DAY);
            answer.tcpFlags = TcpFlags.SYN | TcpFlags.ACK;
            tuples.add(Probes.kept(answer));
        }
        assertThat(found()).isEmpty();
    }

    @Test
    void afterAnOutageNothingIsASurprise() {
        rhythm(new Random(11), 7, 240);
        long from = START + 5 * DAY;
        tuples.removeIf(each -> each.minute() >= from && each.minute() < from + DAY);
        assertThat(found()).isEmpty();
    }

    @Test
    void aLevelThatStaysIsUsualAfterThreeDays() {
        rhythm(new Random(12), 11, 30);
        for (int bin = 4 * 144; bin < 11 * 144; bin++) {
            sources(new Random(bin), 30, 23, START + bin * 600L);
        }
        List<Detection> found = found();
        assertThat(found.stream().map(Detection::id).distinct()).hasSize(1);
        assertThat(field(found.getLast(), "settled")).isEqualTo("yes");
        assertThat(found.getLast().last() - found.getLast().first()).isBetween(3L * DAY, 3L * DAY + 1200);
    }

    @Test
    void countriesAndNetworksAreTestedByTheirOwnNumber() {
        rhythm(new Random(13), 5, 60);
        for (int i = 0; i < 200; i++) {
            tuples.add(Probes.kept(Probes.syn(0x0b00_0000 + i * 1536, 0xc612_0001, 8080, START + 4 * DAY)));
        }
        assertThat(found(SurgeDimension.COUNTRY, Map.of())).isNotEmpty().allSatisfy(each -> {
            assertThat(each.key()).isEqualTo("JP");
            assertThat(each.detector()).isEqualTo("country_surge");
        });
        assertThat(found(SurgeDimension.NETWORK, Map.of())).isNotEmpty().allSatisfy(each -> {
            assertThat(each.key()).matches("AS6450[0-2]");
            assertThat(field(each, "network")).isEqualTo(each.key().substring(2));
        });
    }

    @Test
    void whereNothingIsKnownOfPlacesTheirDetectorsAreSilentAndKeepNothing() {
        rhythm(new Random(14), 1, 60);
        KeyedEngine<SurgeState> engine = new KeyedEngine<>(
                new Surges(SurgeDimension.NETWORK, Map.of()), (stream, minute) -> 0, Probes.ROOMY, each -> {});
        Probes.feed(engine, tuples);
        assertThat(engine.keys()).isZero();
    }

    @Test
    void aKeyIsForgottenAWeekAfterItsLastSource() {
        sources(new Random(15), 3, 23, START);
        sources(new Random(16), 3, 80, START + 6 * DAY);
        KeyedEngine<SurgeState> engine = Probes.engine(new Surges(SurgeDimension.PORT, Map.of()), each -> {});
        Probes.feed(engine, tuples);
        engine.advance("tokyo", START + 6 * DAY + 600);
        assertThat(engine.keys()).isEqualTo(2);
        engine.advance("tokyo", START + 7 * DAY + 600);
        assertThat(engine.keys()).isEqualTo(1);
    }
}
