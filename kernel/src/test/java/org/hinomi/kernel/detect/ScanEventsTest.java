package org.hinomi.kernel.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hinomi.kernel.detect.Probes.START;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.detect.Probes.Tuple;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.TcpFlags;
import org.junit.jupiter.api.Test;

/** What counts as a scan event, when it is told, and what it tells. */
class ScanEventsTest {
    private static final int SOURCE = 0xcb00_7105;
    private static final int DARKNET = 0xc612_0000;

    private final List<Tuple> tuples = new ArrayList<>();

    private void probes(int count, int port, long minute) {
        for (int i = 0; i < count; i++) {
            tuples.add(Probes.kept(Probes.syn(SOURCE, DARKNET + i, port, minute)));
        }
    }

    private List<Detection> found() {
        return Probes.run(Probes.scans(Map.of()), tuples);
    }

    private static String field(Detection detection, String name) {
        return detection.field(name).map(FieldValue::text).orElse("-");
    }

    @Test
    void tenDarkAddressesInAMinuteAreAnEventAndNineAreNot() {
        probes(9, 23, START);
        assertThat(found()).isEmpty();
        probes(10, 23, START);
        List<Detection> found = found();
        assertThat(found).extracting(Detection::ended).containsExactly(false, true);
        Detection last = found.getLast();
        assertThat(last.key()).isEqualTo("203.0.113.5 tcp_syn scan 23");
        assertThat(last.first()).isEqualTo(START);
        assertThat(last.last()).isEqualTo(START + 60);
        assertThat(last.revision()).isEqualTo(1);
        assertThat(field(last, "destinations")).isEqualTo("10");
        assertThat(field(last, "packets")).isEqualTo("19");
        assertThat(field(last, "bytes")).isEqualTo("760");
        assertThat(field(last, "destination_networks")).isEqualTo("1");
        assertThat(field(last, "aggressive")).isEqualTo("no");
        assertThat(found).extracting(Detection::id).containsOnly(last.id());
    }

    @Test
    void aRateBelowTenPacketsASecondToAllOfIpv4IsNoEvent() {
        Map<String, Long> fast = Map.of("least_rate", 20_000L);
        probes(10, 23, START);
        assertThat(Probes.run(Probes.scans(fast), tuples)).isEmpty();
        probes(10, 23, START);
        assertThat(Probes.run(Probes.scans(fast), tuples)).hasSize(2);
        assertThat(field(found().getLast(), "rate")).isEqualTo("21845");
    }

    @Test
    void aPauseOfMoreThan624SecondsEndsAnEvent() {
        probes(10, 23, START);
        probes(10, 23, START + 600);
        assertThat(found().getLast().last()).isEqualTo(START + 660);
        probes(10, 23, START + 1260);
        List<Detection> found = found();
        assertThat(found.stream().map(Detection::id).distinct()).hasSize(2);
        assertThat(found.getLast().first()).isEqualTo(START + 1260);
    }

    @Test
    void anEventThatGoesOnIsToldAgainAtMostEveryFiveMinutes() {
        for (int minute = 0; minute < 60; minute++) {
            probes(12, 23, START + minute * 60L);
        }
        List<Detection> found = found();
        assertThat(found).hasSize(14);
        assertThat(found).extracting(Detection::revision).isSorted();
        assertThat(found.getFirst().reported()).isEqualTo(START + 60);
        assertThat(found.get(1).reported()).isEqualTo(START + 360);
        assertThat(field(found.getLast(), "packets")).isEqualTo("720");
    }

    @Test
    void reachingATenthOfTheDarkAddressesIsAggressive() {
        probes(6700, 445, START);
        Detection last = found().getLast();
        assertThat(field(last, "aggressive")).isEqualTo("yes");
        assertThat(field(last, "estimated")).isEqualTo("yes");
        assertThat(Long.parseLong(field(last, "destinations"))).isBetween(6300L, 7100L);
        assertThat(Long.parseLong(field(last, "destination_networks"))).isBetween(25L, 28L);
        assertThat(field(last, "dark_addresses")).isEqualTo("65536");
    }

    @Test
    void anEventOfVeryManyPacketsIsAggressiveByThem() {
        FlowRow row = Probes.syn(SOURCE, DARKNET, 23, START);
        row.packetCnt = 99_989;
        tuples.add(Probes.kept(row));
        probes(11, 23, START + 60);
        Detection found = found().getLast();
        assertThat(field(found, "aggressive")).isEqualTo("yes");
        assertThat(field(found, "aggressive_by")).isEqualTo("packets");
        assertThat(field(found, "coverage")).isEqualTo("167");
    }

    @Test
    void theErrorOfARateComesFromFewPacketsAndFromNotKnowingSeconds() {
        probes(25, 23, START);
        assertThat(field(found().getLast(), "rate_error"))
                .as("25 packets: 20 %; one minute: 41 %")
                .isEqualTo("45");
        for (int minute = 1; minute < 100; minute++) {
            probes(25, 23, START + minute * 60L);
        }
        assertThat(field(found().getLast(), "rate_error")).isEqualTo("2");
    }

    @Test
    void aWalkThroughTheAddressesIsTold() {
        for (int i = 0; i < 200; i++) {
            tuples.add(Probes.kept(Probes.syn(SOURCE, DARKNET + i, 23, START + i / 20 * 60L)));
        }
        assertThat(field(found().getLast(), "order")).isEqualTo("sequential");
    }

    @Test
    void aToolIsNamedWhenAllSynPacketsMatchAndCountedWhenSomeDo() {
        for (int i = 0; i < 12; i++) {
            FlowRow row = Probes.syn(SOURCE, DARKNET + i, 23, START);
            row.matchAll(i == 0 ? 1 : 3);
            tuples.add(Probes.kept(row));
        }
        Detection last = found().getLast();
        assertThat(field(last, "tools")).isEqualTo("mirai");
        assertThat(field(last, "matches")).isEqualTo("mirai:12,zmap:11");
        assertThat(field(last, "syns")).isEqualTo("12");
    }

    @Test
    void backscatterIsToldByTheVictimsPort() {
        for (int i = 0; i < 12; i++) {
            FlowRow row = Probes.syn(SOURCE, DARKNET + i, 1024 + i, START);
            row.tcpFlags = TcpFlags.RST | TcpFlags.ACK;
            row.srcPort = 80;
            tuples.add(Probes.kept(row));
        }
        assertThat(found().getLast().key()).isEqualTo("203.0.113.5 tcp_reset backscatter 80");
    }

    @Test
    void pingsAreOneEventByTheirType() {
        for (int i = 0; i < 12; i++) {
            FlowRow row = Probes.syn(SOURCE, DARKNET + i, 0, START);
            row.protocol = IpProtocol.ICMP;
            row.srcPort = 8;
            row.tcpFlags = 0;
            tuples.add(Probes.kept(row));
        }
        assertThat(found().getLast().key()).isEqualTo("203.0.113.5 icmp scan 8");
    }

    @Test
    void whereDarkAddressesAreUnknownNoRateIsAskedFor() {
        probes(10, 23, START);
        List<Detection> found = new ArrayList<>();
        KeyedEngine<ScanState> engine =
                new KeyedEngine<>(Probes.scans(Map.of()), (stream, minute) -> 0, Probes.ROOMY, found::add);
        Probes.feed(engine, tuples);
        engine.end("tokyo");
        assertThat(found).hasSize(2);
        assertThat(found.getLast().field("rate")).isEmpty();
        assertThat(found.getLast().field("coverage")).isEmpty();
    }

    @Test
    void streamsAreNotMixed() {
        List<Detection> found = new ArrayList<>();
        KeyedEngine<ScanState> engine = Probes.engine(Probes.scans(Map.of()), found::add);
        for (int i = 0; i < 18; i++) {
            engine.add(i % 2 == 0 ? "tokyo" : "osaka", Probes.syn(SOURCE, DARKNET + i, 23, START));
        }
        engine.end("tokyo");
        engine.end("osaka");
        assertThat(found).isEmpty();
    }

    @Test
    void aParameterThatIsNotOneOrOutOfBoundsIsRefused() {
        assertThatThrownBy(() -> Probes.scans(Map.of("quiet", 5L)))
                .hasMessageStartingWith("there is no parameter 'quiet'; there are quiet_seconds,");
        assertThatThrownBy(() -> Probes.scans(Map.of("quiet_seconds", 5L)))
                .hasMessage("quiet_seconds must be 60 to 86400, not 5");
    }

    @Test
    void everyFieldThatIsToldIsDeclared() {
        probes(10, 23, START);
        List<String> declared = Probes.scans(Map.of()).declaration().fields().stream()
                .map(FieldMeaning::name)
                .filter(name -> !name.startsWith("researcher_"))
                .toList();
        assertThat(found().getLast().fields()).extracting(Detection.Field::name).isEqualTo(declared);
    }
}
