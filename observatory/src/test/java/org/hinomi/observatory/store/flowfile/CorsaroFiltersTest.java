package org.hinomi.observatory.store.flowfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.TcpFlags;
import org.hinomi.wire.flowfile.CorsaroFilters;
import org.junit.jupiter.api.Test;

class CorsaroFiltersTest {
    private static FlowRow syn(Consumer<FlowRow> change) {
        FlowRow row = new FlowRow();
        row.srcLo = 0xffff_0a00_0001L;
        row.dstLo = 0xffff_c612_0001L;
        row.srcPort = 40_000;
        row.dstPort = 23;
        row.protocol = IpProtocol.TCP;
        row.tcpFlags = TcpFlags.SYN;
        row.ttl = 50;
        row.tcpSynLen = 20;
        row.tcpSynWinLen = 1024;
        row.packetCnt = 1;
        change.accept(row);
        return row;
    }

    private static boolean spoofed(Consumer<FlowRow> change) {
        return CorsaroFilters.spoofed(syn(change));
    }

    @Test
    void anOrdinarySynIsNeither() {
        assertThat(spoofed(row -> {})).isFalse();
        assertThat(CorsaroFilters.masscan(syn(row -> {}))).isFalse();
    }

    @Test
    void aHighTtlIsSpoofedUnlessItIsMasscanOrIcmp() {
        assertThat(CorsaroFilters.masscan(syn(row -> row.ttl = 200))).isTrue();
        assertThat(spoofed(row -> row.ttl = 255)).isFalse();
        assertThat(spoofed(row -> {
                    row.ttl = 255;
                    row.tcpSynWinLen = 65_535;
                }))
                .isTrue();
        assertThat(spoofed(row -> {
                    row.ttl = 255;
                    row.protocol = IpProtocol.ICMP;
                }))
                .isFalse();
        assertThat(spoofed(row -> row.ttl = 199)).isFalse();
    }

    @Test
    void oddAddressesPortsAndFragmentsAreSpoofed() {
        assertThat(spoofed(row -> row.srcLo = 0xffff_0a00_0000L)).isTrue();
        assertThat(spoofed(row -> row.srcLo = 0xffff_0a00_00ffL)).isTrue();
        assertThat(spoofed(row -> row.srcLo = row.dstLo)).isTrue();
        assertThat(spoofed(row -> row.oddFragmentField = true)).isTrue();
        assertThat(spoofed(row -> row.dstPort = 0)).isTrue();
        assertThat(spoofed(row -> row.srcPort = 0)).isTrue();
        assertThat(spoofed(row -> {
                    row.protocol = IpProtocol.UDP;
                    row.dstPort = 80;
                }))
                .isTrue();
        assertThat(spoofed(row -> row.dstPort = 80)).isFalse();
    }

    @Test
    void unusualProtocolsAndFlagsAreSpoofed() {
        assertThat(spoofed(row -> row.protocol = 47)).isTrue();
        assertThat(spoofed(row -> row.protocol = 41)).isFalse();
        assertThat(spoofed(row -> row.tcpFlags = 0)).isTrue();
        assertThat(spoofed(row -> row.tcpFlags = TcpFlags.RST | TcpFlags.ACK)).isTrue();
        assertThat(spoofed(row -> row.tcpFlags = TcpFlags.RST)).isFalse();
        assertThat(spoofed(row -> row.tcpFlags = TcpFlags.SYN | TcpFlags.ACK)).isFalse();
        assertThat(spoofed(row -> row.tcpFlags = TcpFlags.SYN | 0xc0)).isFalse();
    }
}
