package org.hinomi.kernel.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hinomi.kernel.detect.Probes.DARK;
import static org.hinomi.kernel.detect.Probes.START;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.detect.Probes.Tuple;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.TcpFlags;
import org.junit.jupiter.api.Test;

/** What counts as an attack, when it is told, and what it tells. */
class BackscatterAttacksTest {
    private static final int VICTIM = 0xcb00_7107;
    private static final int SYN_ACK = TcpFlags.SYN | TcpFlags.ACK;

    private final List<Tuple> tuples = new ArrayList<>();

    private static FlowRow answer(int flags, int port, int index, long minute) {
        FlowRow row = Probes.syn(VICTIM, 0xc612_0000 + index, 50_000 + index % 1000, minute);
        row.tcpFlags = flags;
        row.srcPort = port;
        return row;
    }

    private void answers(int count, int flags, int port, long minute) {
        for (int i = 0; i < count; i++) {
            tuples.add(Probes.kept(answer(flags, port, i, minute)));
        }
    }

    private List<Detection> found() {
        return found(Map.of());
    }

    private List<Detection> found(Map<String, Long> parameters) {
        return Probes.run(new BackscatterAttacks(parameters), tuples);
    }

    private static String field(Detection detection, String name) {
        return detection.field(name).map(FieldValue::text).orElse("-");
    }

    @Test
    void answersOverTwoMinutesWithThirtyInOneAreAnAttackWhoseVictimIsNamed() {
        answers(30, SYN_ACK, 443, START);
        answers(10, SYN_ACK, 443, START + 60);
        answers(5, SYN_ACK, 80, START + 60);
        List<Detection> found = found();
        assertThat(found).extracting(Detection::ended).containsExactly(false, true);
        Detection last = found.getLast();
        assertThat(last.detector()).isEqualTo("dos");
        assertThat(last.key()).isEqualTo("203.0.113.7");
        assertThat(last.first()).isEqualTo(START);
        assertThat(last.last()).isEqualTo(START + 120);
        assertThat(field(last, "source")).isEqualTo("203.0.113.7");
        assertThat(field(last, "attack")).isEqualTo("syn_flood");
        assertThat(field(last, "traffic")).isEqualTo("tcp_syn_ack");
        assertThat(field(last, "port")).isEqualTo("443");
        assertThat(field(last, "ports")).isEqualTo("tcp/443:40,tcp/80:5");
        assertThat(field(last, "packets")).isEqualTo("45");
        assertThat(field(last, "bytes")).isEqualTo("1800");
        assertThat(field(last, "destinations")).isEqualTo("30");
        assertThat(field(last, "minutes")).isEqualTo("2");
        assertThat(field(last, "peak")).isEqualTo("30");
        assertThat(found).extracting(Detection::id).containsOnly(last.id());
    }

    @Test
    void lessThanEachThresholdIsNone() {
        answers(40, SYN_ACK, 443, START);
        assertThat(found()).as("one minute").isEmpty();
        tuples.clear();
        answers(29, SYN_ACK, 443, START);
        answers(29, SYN_ACK, 443, START + 60);
        assertThat(found()).as("29 in the busiest minute").isEmpty();
        tuples.clear();
        answers(12, SYN_ACK, 443, START);
        answers(12, SYN_ACK, 443, START + 60);
        assertThat(found(Map.of("least_peak", 1L))).as("24 packets").isEmpty();
        answers(1, SYN_ACK, 443, START + 60);
        assertThat(found(Map.of("least_peak", 1L))).as("25 packets").isNotEmpty();
    }

    @Test
    void whatAsksIsNoAnswer() {
        answers(100, TcpFlags.SYN, 443, START);
        answers(100, TcpFlags.SYN, 443, START + 60);
        List<Detection> found = new ArrayList<>();
        KeyedEngine<AttackState> engine = Probes.engine(new BackscatterAttacks(Map.of()), found::add);
        Probes.feed(engine, tuples);
        assertThat(engine.keys()).isZero();
        engine.end("tokyo");
        assertThat(found).isEmpty();
    }

    @Test
    void theRateIsThatOfTheBusiestMinuteScaledToAllAddressesWithItsError() {
        answers(600, TcpFlags.RST | TcpFlags.ACK, 25, START);
        answers(100, TcpFlags.RST, 25, START + 60);
        Detection last = found().getLast();
        assertThat(field(last, "rate")).isEqualTo(Long.toString(600L * 65_536 / 60));
        assertThat(DARK).isEqualTo(65_536);
        assertThat(field(last, "rate_error")).isEqualTo("4");
        assertThat(field(last, "attack")).isEqualTo("tcp_reset");
        assertThat(field(last, "traffic")).isEqualTo("tcp_reset");
    }

    @Test
    void pingsErrorsAndQueriesAreToldApartAndNoMajorityIsMixed() {
        icmp(40, 0);
        assertThat(field(found().getLast(), "attack")).isEqualTo("ping_flood");
        assertThat(field(found().getLast(), "port")).isEqualTo("0");
        tuples.clear();
        icmp(40, 3);
        assertThat(field(found().getLast(), "attack")).isEqualTo("icmp_error");
        icmp(40, 0);
        assertThat(field(found().getLast(), "attack")).isEqualTo("mixed");
        tuples.clear();
        for (int i = 0; i < 80; i++) {
            FlowRow row = answer(0, 53, i, START + i / 40 * 60);
            row.protocol = IpProtocol.UDP;
            tuples.add(Probes.kept(row));
        }
        assertThat(field(found().getLast(), "attack")).isEqualTo("dns");
        assertThat(field(found().getLast(), "ports")).isEqualTo("udp/53:80");
    }

    private void icmp(int count, int type) {
        for (int minute = 0; minute < 2; minute++) {
            for (int i = 0; i < count; i++) {
                FlowRow row = answer(0, type, i, START + minute * 60L);
                row.protocol = IpProtocol.ICMP;
                row.dstPort = 0;
                tuples.add(Probes.kept(row));
            }
        }
        tuples.sort(java.util.Comparator.comparingLong(Tuple::minute));
    }

    @Test
    void afterFiveQuietMinutesItIsOverAndTheNextIsAnother() {
        answers(40, SYN_ACK, 443, START);
        answers(40, SYN_ACK, 443, START + 300);
        assertThat(found().getLast().last()).isEqualTo(START + 360);
        answers(40, SYN_ACK, 443, START + 300 + 420);
        answers(40, SYN_ACK, 443, START + 300 + 480);
        List<Detection> found = found();
        assertThat(found.stream().map(Detection::id).distinct()).hasSize(2);
        assertThat(found.getLast().first()).isEqualTo(START + 720);
        assertThat(field(found.getLast(), "packets")).isEqualTo("80");
    }

    @Test
    void manyPortsTakeNoMoreRoomThanEight() {
        for (int minute = 0; minute < 3; minute++) {
            answers(200, SYN_ACK, 443, START + minute * 60L);
            for (int port = 1000; port < 1500; port++) {
                answers(1, SYN_ACK, port, START + minute * 60L);
            }
        }
        Detection last = found().getLast();
        assertThat(field(last, "port")).isEqualTo("443");
        assertThat(field(last, "ports").split(",")).hasSize(8);
    }

    @Test
    void forIpv6AndWhereDarkAddressesAreUnknownThereIsNoRate() {
        answers(40, SYN_ACK, 443, START);
        answers(40, SYN_ACK, 443, START + 60);
        List<Detection> found = new ArrayList<>();
        KeyedEngine<AttackState> engine =
                new KeyedEngine<>(new BackscatterAttacks(Map.of()), (stream, minute) -> 0, Probes.ROOMY, found::add);
        Probes.feed(engine, tuples);
        engine.end("tokyo");
        assertThat(found.getLast().field("rate")).isEmpty();
        assertThat(found.getLast().field("dark_addresses")).isEmpty();
    }
}
