package org.hinomi.kernel.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.TcpFlags;
import org.junit.jupiter.api.Test;

/** What is made of the tuples of a day. */
class SourceDaysTest {
    private static final long DAY = 20_454;
    private static final int DARK = 0xc612_0000;
    private static final List<Fingerprint> RULES = List.of(new Fingerprint(
            "mirai", "Mirai", Fingerprint.Scope.PACKET, "tcp.seq == ip.dst", "all", "-", 1e-9, 3, false));

    private final SourceDays days = new SourceDays(DAY, 100, 1 << 16, RULES);
    private final FlowRow row = new FlowRow();

    private void syn(int source, int minute, int destination, int port) {
        row.clear();
        row.time = DAY * 86_400 + minute * 60L;
        row.srcLo = IpAddress.V4_PREFIX | source;
        row.dstLo = IpAddress.V4_PREFIX | Integer.toUnsignedLong(DARK + destination);
        row.dstPort = port;
        row.protocol = IpProtocol.TCP;
        row.tcpFlags = TcpFlags.SYN;
        row.ttl = 50;
        row.ipLen = 40;
        row.tcpSynWinLen = 1024;
        row.packetCnt = 2;
        days.add(row);
    }

    @Test
    void aSourcesDayHoldsPortsHoursMarksAndFields() {
        for (int i = 0; i < 60; i++) {
            row.clear();
            syn(1, i, i * 31, i % 3 == 0 ? 2323 : 23);
        }
        row.matchAll(1);
        for (int i = 0; i < 5; i++) {
            row.time += 3600;
            days.add(row);
        }
        SourceDay day = days.list(Origin.UNKNOWN).getFirst();
        assertThat(day.packets()).isEqualTo(130);
        assertThat(day.ports()).containsExactly(new PortPackets(6, 23, 90), new PortPackets(6, 2323, 40));
        assertThat(day.ports().getFirst().service()).isEqualTo("tcp/23");
        assertThat(day.hours().subList(0, 7)).containsExactly(120, 2, 2, 2, 2, 2, 0);
        assertThat(day.families()).containsExactly(java.util.Map.entry("mirai", 10L));
        assertThat(day.destinations()).isBetween(57, 63);
        assertThat(day.window()).isEqualTo(new Trait(1024, 1));
        assertThat(day.first()).isEqualTo(DAY * 86_400);
        assertThat(day.last()).isEqualTo(DAY * 86_400 + 59 * 60 + 5 * 3600 + 60);
    }

    @Test
    void answersAndOtherDaysDoNotCount() {
        syn(1, -1, 1, 80);
        syn(1, 1440, 1, 80);
        syn(1, 0, 1, 80);
        row.tcpFlags = TcpFlags.SYN | TcpFlags.ACK;
        days.add(row);
        assertThat(days.list(Origin.UNKNOWN)).extracting(SourceDay::packets).containsExactly(2L);
    }

    @Test
    void manyPortsKeepTheForemost() {
        for (int i = 0; i < 2_000; i++) {
            syn(1, i % 1440, i, i % 2 == 0 ? 443 : 1000 + i);
        }
        SourceDay day = days.list(Origin.UNKNOWN).getFirst();
        assertThat(day.ports()).hasSize(SourceDay.MOST_PORTS);
        assertThat(day.ports().getFirst()).isEqualTo(new PortPackets(6, 443, 2_000));
    }

    @Test
    void aFloodOfSourcesLeavesThoseWithMostPackets() {
        for (int i = 0; i < 20; i++) {
            syn(7, i, i, 23);
        }
        for (int i = 0; i < 5_000; i++) {
            syn(1000 + i, 30, i, 80);
        }
        List<SourceDay> list = days.list(Origin.UNKNOWN);
        assertThat(list).hasSize(100);
        assertThat(list.getFirst().packets()).isEqualTo(40);
        assertThat(days.dropped()).isEqualTo(4_901);
    }

    @Test
    void nothingIsMadeOfNothing() {
        assertThat(days.list(Origin.UNKNOWN)).isEmpty();
    }
}
