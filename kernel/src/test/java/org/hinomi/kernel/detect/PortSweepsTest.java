package org.hinomi.kernel.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hinomi.kernel.detect.Probes.START;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hinomi.kernel.detect.Probes.Tuple;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.TcpFlags;
import org.junit.jupiter.api.Test;

/** Who tries many ports, when it is told, and what it looks like. */
class PortSweepsTest {
    private static final int SOURCE = 0xcb00_7109;
    private static final long MIDNIGHT = START / 86_400 * 86_400 + 86_400;

    private final List<Tuple> tuples = new ArrayList<>();

    private FlowRow probe(int destination, int port, long minute) {
        return Probes.syn(SOURCE, 0xc612_0000 + destination, port, minute);
    }

    private void sweep(int ports, int destinations, long minute) {
        for (int i = 0; i < Math.max(ports, destinations); i++) {
            tuples.add(Probes.kept(probe(i % destinations, 1 + i % ports, minute)));
        }
    }

    private List<Detection> found() {
        return Probes.run(new PortSweeps(Map.of()), tuples);
    }

    private static String field(Detection detection, String name) {
        return detection.field(name).map(FieldValue::text).orElse("-");
    }

    @Test
    void aHundredPortsOfOneAddressAreAVerticalSweepAndNinetyNineAreNone() {
        sweep(99, 1, START);
        assertThat(found()).isEmpty();
        tuples.add(Probes.kept(probe(0, 8080, START + 600)));
        List<Detection> found = found();
        assertThat(found).extracting(Detection::ended).containsExactly(false, true);
        assertThat(found.getLast().key()).isEqualTo("203.0.113.9");
        assertThat(found.getLast().first()).isEqualTo(START);
        assertThat(found.getFirst().reported())
                .as("told at the end of its minute")
                .isEqualTo(START + 660);
        assertThat(field(found.getLast(), "distinct_ports")).isEqualTo("100");
        assertThat(field(found.getLast(), "destinations")).isEqualTo("1");
        assertThat(field(found.getLast(), "shape")).isEqualTo("vertical");
        assertThat(field(found.getLast(), "traffic")).isEqualTo("tcp_syn");
    }

    @Test
    void theSamePortOfTcpAndOfUdpAreTwo() {
        sweep(60, 1, START);
        for (int port = 1; port <= 60; port++) {
            FlowRow row = probe(0, port, START);
            row.protocol = IpProtocol.UDP;
            row.tcpFlags = 0;
            row.packetCnt = 2;
            tuples.add(Probes.kept(row));
        }
        assertThat(field(found().getLast(), "distinct_ports")).isEqualTo("120");
        assertThat(field(found().getLast(), "traffic")).isEqualTo("udp");
    }

    @Test
    void manyAddressesAndFewerPortsAreHorizontal() {
        sweep(100, 128, START);
        assertThat(field(found().getLast(), "shape")).isEqualTo("both");
        sweep(100, 500, START + 60);
        assertThat(field(found().getLast(), "shape")).isEqualTo("horizontal");
    }

    @Test
    void anHourOfQuietAndMidnightEndASweep() {
        sweep(150, 1, MIDNIGHT - 7200);
        sweep(150, 1, MIDNIGHT - 3540);
        sweep(150, 1, MIDNIGHT - 60);
        sweep(150, 1, MIDNIGHT);
        List<Detection> ended = found().stream().filter(Detection::ended).toList();
        assertThat(ended).extracting(Detection::first).containsExactly(MIDNIGHT - 7200, MIDNIGHT - 3540, MIDNIGHT);
        assertThat(ended).extracting(Detection::last).containsExactly(MIDNIGHT - 7140, MIDNIGHT, MIDNIGHT + 60);
    }

    @Test
    void answersOfVictimsAreNoSweep() {
        for (int port = 1; port <= 300; port++) {
            FlowRow row = probe(0, port, START);
            row.tcpFlags = TcpFlags.SYN | TcpFlags.ACK;
            tuples.add(Probes.kept(row));
        }
        assertThat(found()).isEmpty();
    }

    @Test
    void everyFieldThatIsToldIsDeclared() {
        sweep(300, 300, START);
        assertThat(found().getLast().fields().stream().map(Detection.Field::name))
                .containsExactlyElementsOf(SweepDeclaration.DECLARATION.fields().stream()
                        .map(FieldMeaning::name)
                        .filter(name -> !name.startsWith("researcher_"))
                        .collect(Collectors.toList()));
    }
}
