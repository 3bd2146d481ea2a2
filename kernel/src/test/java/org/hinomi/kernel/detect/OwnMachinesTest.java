package org.hinomi.kernel.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hinomi.kernel.detect.Probes.START;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hinomi.kernel.address.Owner;
import org.hinomi.kernel.detect.Probes.Tuple;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.TcpFlags;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What machines of an organisation look like from dark addresses, and what only looks like them. */
class OwnMachinesTest {
    private static final int CITY = 0x1400_0000;
    private static final int DARKNET = 0xc612_0000;
    private static final long HOUR = 3600;
    private static final long DAY = 86_400;
    private static final Reference REFERENCE = reference("city");

    private final List<Tuple> tuples = new ArrayList<>();

    /** Addresses 20.0.0.0/8 are an organisation's. */
    private static Reference reference(String id) {
        return new Reference() {
            @Override
            public long darkAddresses(String stream, long minute) {
                return 65_536;
            }

            @Override
            public @Nullable Owner owner(long hi, long lo, long minute) {
                boolean before = minute < START + 10 * DAY;
                return (int) lo >>> 24 == 20 ? new Owner(before ? "city" : id, "City") : null;
            }
        };
    }

    private FlowRow syn(int destination, int port, long second) {
        FlowRow row = Probes.syn(CITY + 1, DARKNET + destination, port, START + second / 60 * 60);
        row.tcpSynWinLen = 1024 + destination;
        return row;
    }

    private void add(FlowRow row) {
        tuples.add(Probes.kept(row));
    }

    private List<Detection> found(Reference reference) {
        List<Detection> found = new ArrayList<>();
        KeyedEngine<OwnState> engine = new KeyedEngine<>(Probes.own(Map.of()), reference, Probes.ROOMY, found::add);
        tuples.sort(Comparator.comparingLong(Tuple::minute));
        Probes.feed(engine, tuples);
        engine.end("tokyo");
        assertThat(engine.keys()).isZero();
        return found;
    }

    private Detection last() {
        return found(REFERENCE).getLast();
    }

    private static String field(Detection detection, String name) {
        return detection.field(name).map(FieldValue::text).orElse("(none)");
    }

    private static List<String> grades(List<Detection> found) {
        return found.stream().map(each -> field(each, "grade")).toList();
    }

    @Test
    void onePacketIsUnprovenAndNobodyElsesMachineIsLookedAt() {
        add(syn(1, 23, 0));
        add(Probes.syn(0x1500_0001, DARKNET, 23, START));
        List<Detection> found = found(REFERENCE);
        assertThat(found).extracting(Detection::ended).containsExactly(false, true);
        assertThat(field(found.getFirst(), "source")).isEqualTo("20.0.0.1");
        assertThat(field(found.getFirst(), "organisation")).isEqualTo("city");
        assertThat(grades(found)).containsOnly("unproven");
        assertThat(field(found.getFirst(), "cause")).isEqualTo("unclear");
        assertThat(found.getLast().last()).isEqualTo(START + 60);
    }

    @Test
    void aMachineThatScansOnceAnHourIsProbableWithItsFifthPacketAndIsToldAtOnce() {
        for (int i = 0; i < 6; i++) {
            add(syn(i * 77, 23, i * HOUR));
        }
        List<Detection> found = found(REFERENCE);
        Detection raised = found.stream()
                .filter(each -> field(each, "grade").equals("probable"))
                .findFirst()
                .orElseThrow();
        assertThat(field(raised, "packets")).isEqualTo("5");
        assertThat(raised.reported()).isEqualTo(raised.last());
        assertThat(field(raised, "evidence")).isEqualTo("packets,minutes,spread,ttl,alike,timing");
        assertThat(field(raised, "cause")).isEqualTo("scan");
        assertThat(found.stream().map(Detection::id).distinct()).hasSize(1);
        assertThat(found.getLast().reported()).isEqualTo(found.getLast().last() + DAY);
    }

    @Test
    void aBurstOfFivePacketsWithinAMinuteIsProbable() {
        for (int i = 0; i < 5; i++) {
            add(syn(i * 77, 23, 0));
        }
        assertThat(field(last(), "evidence")).isEqualTo("packets,spread,ttl,alike,timing");
        assertThat(field(last(), "grade")).isEqualTo("probable");
    }

    @Test
    void aFamilysFingerprintMakesThreePacketsProbableAndBareSynsDoNot() {
        for (int i = 0; i < 3; i++) {
            FlowRow row = syn(i * 77, 23, i * 600L);
            row.matchAll(0b101);
            add(row);
        }
        assertThat(field(last(), "evidence")).isEqualTo("minutes,spread,tool,ttl,alike,timing");
        assertThat(field(last(), "grade")).isEqualTo("probable");
        assertThat(field(last(), "tools")).isEqualTo("mirai,bare_syn");
        tuples.clear();
        for (int i = 0; i < 3; i++) {
            FlowRow row = syn(i * 77, 23, i * 600L);
            row.matchAll(0b100);
            add(row);
        }
        assertThat(field(last(), "grade")).isEqualTo("possible");
    }

    @Test
    void manyPacketsOverManyMinutesAreStrong() {
        for (int i = 0; i < 60; i++) {
            add(syn(i * 77, 23, i * 60L));
        }
        List<Detection> found = found(REFERENCE);
        assertThat(grades(found)).containsSubsequence("unproven", "possible", "probable", "strong");
        assertThat(found).hasSizeLessThan(12);
    }

    @Test
    void aTtlDrawnForEachPacketSpeaksForForgingHoweverMany() {
        for (int i = 0; i < 200; i++) {
            FlowRow row = syn(i * 77, 23, i * 60L);
            row.ttl = i * 89 % 256;
            add(row);
        }
        assertThat(field(last(), "grade")).isEqualTo("possible");
        assertThat(field(last(), "against")).isEqualTo("ttl_scattered");
        assertThat(field(last(), "evidence")).doesNotContain("ttl");
    }

    @Test
    void machinesBehindOneAddressHaveAFewTtlsAndOneThatCannotBeIsNoSign() {
        for (int i = 0; i < 12; i++) {
            FlowRow row = syn(i * 77, 23, i * HOUR);
            row.ttl = i % 2 == 0 ? 52 + i % 3 : 116;
            add(row);
        }
        assertThat(field(last(), "evidence")).contains("ttl");
        tuples.clear();
        for (int i = 0; i < 12; i++) {
            FlowRow row = syn(i * 77, 23, i * HOUR);
            row.ttl = 180;
            add(row);
        }
        assertThat(field(last(), "evidence")).isEqualTo("packets,minutes,spread,alike,timing");
    }

    @Test
    void anAnswerToForgedPacketsIsAVictimAndNeverMoreThanUnproven() {
        for (int i = 0; i < 300; i++) {
            FlowRow row = syn(i * 77, 40_000 + i, i * 10L);
            row.tcpFlags = TcpFlags.SYN | TcpFlags.ACK;
            row.srcPort = 443;
            add(row);
        }
        assertThat(grades(found(REFERENCE))).containsOnly("unproven");
        assertThat(field(last(), "cause")).isEqualTo("backscatter");
        assertThat(field(last(), "port")).isEqualTo("443");
    }

    @Test
    void alwaysTheSameAddressAndPortIsAWrongSettingAndSoIsAServiceOnAFewAddresses() {
        for (int i = 0; i < 50; i++) {
            add(syn(5, 8080, i * 300L));
        }
        assertThat(field(last(), "cause")).isEqualTo("misconfiguration");
        assertThat(grades(found(REFERENCE))).doesNotContain("probable", "strong");
        tuples.clear();
        for (int i = 0; i < 50; i++) {
            FlowRow row = syn(i % 3, 514, i * 300L);
            row.protocol = IpProtocol.UDP;
            row.tcpFlags = 0;
            add(row);
        }
        assertThat(field(last(), "cause")).isEqualTo("misconfiguration");
        assertThat(field(last(), "ports")).isEqualTo("udp/514:50");
    }

    @Test
    void whoLooksForPeersThatMovedIsNoScanner() {
        for (int i = 0; i < 200; i++) {
            FlowRow row = syn(i * 17 % 40, 20_000 + i * 23 % 41, i * 300L);
            row.protocol = IpProtocol.UDP;
            row.tcpFlags = 0;
            add(row);
        }
        assertThat(field(last(), "cause")).isEqualTo("misconfiguration");
        assertThat(grades(found(REFERENCE))).doesNotContain("probable", "strong");
    }

    @Test
    void dataWithoutAConnectionIsUnclear() {
        for (int i = 0; i < 50; i++) {
            FlowRow row = syn(i * 77, 443, i * 60L);
            row.tcpFlags = TcpFlags.PSH | TcpFlags.ACK;
            add(row);
        }
        assertThat(field(last(), "cause")).isEqualTo("unclear");
        assertThat(field(last(), "grade")).isEqualTo("possible");
    }

    @Test
    void afterADayOfQuietTheNextPacketIsAnotherDetectionThatRemembersTheWeekBefore() {
        add(syn(1, 23, 0));
        add(syn(2, 23, DAY));
        add(syn(3, 23, 2 * DAY + 120));
        add(syn(4, 23, 10 * DAY));
        List<Detection> found = found(REFERENCE);
        assertThat(found.stream().map(Detection::id).distinct()).hasSize(3);
        assertThat(found.get(2).ended()).isTrue();
        assertThat(found).extracting(each -> field(each, "packets")).containsExactly("1", "2", "2", "3", "3", "1", "1");
        assertThat(field(found.get(3), "hours")).isEqualTo("48");
        assertThat(found.get(3).first()).isEqualTo(START + 2 * DAY + 120);
    }

    @Test
    void aSlowMachineIsProbableWhenItsPacketsAreAlikeAndUnrelatedOnesAreNot() {
        for (int i = 0; i < 5; i++) {
            add(syn(i * 77, 23, i * DAY * 3 / 2));
        }
        assertThat(field(last(), "evidence")).isEqualTo("packets,minutes,spread,ttl,alike");
        assertThat(field(last(), "grade")).isEqualTo("probable");
        tuples.clear();
        for (int i = 0; i < 5; i++) {
            add(syn(i * 77, 23 + i * 911, i * DAY * 3 / 2));
        }
        assertThat(field(last(), "against")).isEqualTo("unrelated");
        assertThat(field(last(), "grade")).isEqualTo("possible");
    }

    @Test
    void whenAMachineComesToAnotherOrganisationItBeginsAnew() {
        add(syn(1, 23, 10 * DAY - 60));
        add(syn(2, 23, 10 * DAY));
        List<Detection> found = found(reference("school"));
        assertThat(found)
                .extracting(each -> field(each, "organisation") + (each.ended() ? " ended" : ""))
                .containsExactly("city", "city ended", "school", "school ended");
    }

    /** A packet a day on each of 1,024 addresses, for two weeks: a dozen and more come to one of them. */
    @Test
    void forgedSourcesNeverBecomeProbable() {
        Random random = new Random(20_260_301);
        List<Detection> found = new ArrayList<>();
        KeyedEngine<OwnState> engine = new KeyedEngine<>(Probes.own(Map.of()), REFERENCE, Probes.ROOMY, found::add);
        for (int i = 0; i < 15_000; i++) {
            FlowRow row = Probes.syn(
                    CITY | random.nextInt(1024),
                    DARKNET | random.nextInt(65_536),
                    random.nextInt(3) == 0 ? 23 : random.nextInt(65_536),
                    START + i * 4 / 3 * 60L);
            row.ttl = random.nextInt(256);
            row.tcpSynWinLen = random.nextInt(65_536);
            engine.add("tokyo", row);
            engine.advance("tokyo", KeyedEngine.watermark(row.time));
        }
        engine.end("tokyo");
        assertThat(found.stream().mapToLong(each -> Long.parseLong(field(each, "packets"))))
                .anyMatch(packets -> packets >= 12);
        assertThat(new java.util.TreeSet<>(grades(found))).containsExactly("possible", "unproven");
    }
}
