package org.hinomi.kernel.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.data.Percentage;
import org.hinomi.kernel.Seeds;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowMinutes;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.flow.Packets;
import org.hinomi.kernel.observe.PacketPath;
import org.hinomi.kernel.observe.PacketWitness;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.kernel.packet.PacketHeader;
import org.hinomi.kernel.packet.SkipReason;
import org.hinomi.kernel.packet.TcpFlags;
import org.hinomi.kernel.synthetic.Profile;
import org.hinomi.kernel.synthetic.Traffic;
import org.hinomi.kernel.synthetic.TrafficPlan;
import org.hinomi.kernel.synthetic.Truth;
import org.junit.jupiter.api.Test;

class RollupTest {
    private static final PortTest IOT = (protocol, port) -> port == 23 || port == 2323;
    private static final long NEW_YEAR = 1_767_225_600_000_000_000L;

    private static FingerprintCatalogue catalogue() {
        try (var stream = FingerprintCatalogue.class.getResourceAsStream("/org/hinomi/kernel/fingerprints.txt")) {
            return FingerprintCatalogue.parse(
                    new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int rule(FingerprintCatalogue catalogue, String name) {
        return catalogue.all().stream().map(Fingerprint::name).toList().indexOf(name);
    }

    private static FlowRow syn(int source, long seq) {
        FlowRow row = new FlowRow();
        row.srcLo = IpAddress.V4_PREFIX | source;
        row.dstLo = IpAddress.V4_PREFIX | 0xc6120000L + seq % 1000;
        row.srcPort = 40_000;
        row.dstPort = 23;
        row.protocol = IpProtocol.TCP;
        row.tcpFlags = TcpFlags.SYN;
        row.tcpSynLen = 20;
        row.packetCnt = 1;
        row.firstSeq = seq;
        return row;
    }

    @Test
    void madeUpTrafficRollsUpToItsTruth() {
        Rollup rollup = new Rollup(catalogue(), IOT, 1 << 20);
        FlowMinutes minutes = new FlowMinutes(1 << 16, rollup);
        PacketPath path = new PacketPath(TrafficPlan.USUAL_DARKNET, catalogue(), minutes, PacketWitness.NONE);
        Traffic traffic = new Traffic(
                new TrafficPlan(Profile.MIXED, 21, NEW_YEAR, 3_600_000_000_000L, TrafficPlan.USUAL_DARKNET, 300_000));
        traffic.emitAll(path);
        minutes.close();
        Truth truth = traffic.truth();

        assertThat(path.packets()).isEqualTo(300_000);
        assertThat(rollup.sourceCount()).isEqualTo(truth.sources());
        assertThat(rollup.totals().packets()).isEqualTo(300_000);
        truth.classes()
                .forEach((packetClass, count) ->
                        assertThat(rollup.totals().packets(packetClass)).isEqualTo(count));
        truth.kinds()
                .forEach((kind, count) ->
                        assertThat(rollup.totals().packets(kind)).isEqualTo(count));
        truth.matches().forEach((rule, count) -> {
            long found = rollup.matching(rule(catalogue(), rule.id()));
            assertThat(found).as(rule.id()).isBetween(count - 2, count + 40);
        });
        Map<Long, Long> packets = new HashMap<>();
        truth.forEachSource(source -> packets.put(source.address().lo(), source.packets()));
        for (int index = 0; index < rollup.sources().size(); index++) {
            assertThat(rollup.sources().packets(index))
                    .isEqualTo(packets.get(rollup.sources().lo(index)));
        }
    }

    @Test
    void sharesOfIotPortsCountSynAndUdpAlone() {
        Rollup rollup = new Rollup(catalogue(), IOT, 100);
        rollup.add(syn(1, 5));
        FlowRow answer = syn(2, 6);
        answer.tcpFlags = TcpFlags.SYN | TcpFlags.ACK;
        rollup.add(answer);
        FlowRow datagram = syn(3, 7);
        datagram.protocol = IpProtocol.UDP;
        datagram.dstPort = 53;
        rollup.add(datagram);

        assertThat(rollup.totals().synOrUdp()).isEqualTo(2);
        assertThat(rollup.totals().toIotPorts()).isEqualTo(1);
        assertThat(rollup.totals().packets(PacketClass.TCP_SYN_ACK)).isEqualTo(1);
        assertThat(rollup.totals().packets(Kind.BACKSCATTER)).isEqualTo(1);
        assertThat(rollup.totals().tuples()).isEqualTo(3);
    }

    @Test
    void aRuleOverASourceNeedsAnotherSequenceNumberAndTheSameValue() {
        FingerprintCatalogue catalogue = catalogue();
        Rollup rollup = new Rollup(catalogue, IOT, 100);
        int nmap = rule(catalogue, "nmap");
        for (long half = 1; half <= 5; half++) {
            rollup.add(syn(1, half << 16 | half ^ 0xbeef));
            rollup.add(syn(2, 0x1111_2222));
        }

        assertThat(rollup.matching(nmap)).isEqualTo(4);
        assertThat(rollup.named(0, nmap)).isTrue();
        assertThat(rollup.named(1, nmap)).isFalse();
    }

    @Test
    void packedTuplesAddUpToWhatTheSameTuplesOneByOneDo() {
        FingerprintCatalogue catalogue = catalogue();
        Seeds.check(20, random -> {
            int mostSources = random.nextBoolean() ? 1 << 16 : 40;
            Rollup packed = new Rollup(catalogue, IOT, mostSources);
            Rollup oneByOne = new Rollup(catalogue, IOT, mostSources);
            FlowRow row = new FlowRow();
            FlowMinutes minutes = new FlowMinutes(1 << random.nextInt(4, 16), batch -> {
                assertThat(batch.packed()).isBetween(0, batch.size());
                packed.minute(batch);
                for (int i = 0; i < batch.size(); i++) {
                    batch.read(i, row);
                    oneByOne.add(row);
                }
            });
            Packets packets = new Packets();
            for (int i = 0; i < 5000; i++) {
                long second = random.nextInt(4) * 60L;
                packets.next(random, second, random.nextInt(2, 200));
                boolean syn = (packets.header.tcpFlags & TcpFlags.CLASS_BITS) == TcpFlags.SYN;
                minutes.add(second * 1_000_000_000L, packets.header, syn ? packets.matches : 0);
            }
            minutes.close();

            assertThat(figures(packed, catalogue)).isEqualTo(figures(oneByOne, catalogue));
        });
    }

    private static List<Object> figures(Rollup rollup, FingerprintCatalogue catalogue) {
        List<Object> figures = new ArrayList<>();
        for (PacketClass packetClass : PacketClass.values()) {
            figures.add(rollup.totals().packets(packetClass));
        }
        for (Kind kind : Kind.values()) {
            figures.add(rollup.totals().packets(kind));
        }
        for (int rule = 0; rule < catalogue.all().size(); rule++) {
            figures.add(rollup.matching(rule));
        }
        figures.add(Arrays.toString(rollup.named()));
        figures.add(rollup.totals().tuples());
        figures.add(rollup.totals().toIotPorts());
        figures.add(rollup.sourceCount());
        figures.add(rollup.destinations().count());
        figures.add(rollup.ports().top(1000));
        SourceTable sources = rollup.sources();
        for (int index = 0; index < sources.size(); index++) {
            figures.add(List.of(sources.hi(index), sources.lo(index), sources.packets(index), sources.syns(index)));
            for (int lane = 0; lane < SourceTable.MATCH_LANES; lane++) {
                figures.add(sources.matches(index, lane));
            }
        }
        return figures;
    }

    @Test
    void sourcesBeyondTheBoundAreEstimatedAndStillCounted() {
        Rollup rollup = new Rollup(catalogue(), IOT, 1000);
        for (int source = 0; source < 20_000; source++) {
            rollup.add(syn(0x0b000000 + source, source));
        }

        assertThat(rollup.sourcesEstimated()).isTrue();
        assertThat(rollup.sourceCount()).isCloseTo(20_000, Percentage.withPercentage(8));
        assertThat(rollup.sources().size()).isEqualTo(1000);
        assertThat(rollup.totals().packets()).isEqualTo(20_000);
        assertThat(rollup.ports().top(1).getFirst().packets()).isEqualTo(20_000);
    }

    @Test
    void aSpoofedFloodFillsNoMoreThanItsBoundAndLosesNoCount() {
        int packets = 200_000;
        int mostTuples = 4096;
        int mostSources = 1000;
        Rollup rollup = new Rollup(catalogue(), IOT, mostSources);
        List<Integer> sizes = new ArrayList<>();
        FlowMinutes minutes = new FlowMinutes(mostTuples, batch -> {
            sizes.add(batch.saturated() ? batch.size() : 0);
            rollup.minute(batch);
        });
        PacketHeader header = new PacketHeader();
        header.protocol = IpProtocol.TCP;
        header.tcpFlags = TcpFlags.SYN;
        header.tcpHeaderLength = 20;
        for (int i = 0; i < packets; i++) {
            header.srcLo = IpAddress.V4_PREFIX | Integer.toUnsignedLong(i * 0x9e37_79b1);
            header.dstLo = IpAddress.V4_PREFIX | 0xc612_0000L | i & 0xff;
            header.dstPort = i % 4 == 0 ? 23 : 80;
            header.seq = i;
            minutes.add(NEW_YEAR + i, header, 0);
        }
        minutes.close();

        assertThat(sizes).contains(mostTuples).allMatch(size -> size <= mostTuples);
        assertThat(minutes.saturatedParts()).isEqualTo(packets / mostTuples);
        assertThat(rollup.sources().size()).isEqualTo(mostSources);
        assertThat(rollup.totals().packets(PacketClass.TCP_SYN)).isEqualTo(packets);
        assertThat(rollup.totals().toIotPorts()).isEqualTo(packets / 4);
        assertThat(rollup.ports().top(2).stream().map(PortTable.PortCount::packets))
                .containsExactly(150_000L, 50_000L);
        assertThat(rollup.sourceCount()).isCloseTo(packets, Percentage.withPercentage(8));
    }

    @Test
    void ipv6SourcesWithEqualLowerHalvesAreTwo() {
        Rollup rollup = new Rollup(catalogue(), IOT, 10_000);
        for (int i = 0; i < 6000; i++) {
            FlowRow row = syn(0, 1);
            row.srcHi = 0x2001_0db8_0000_0000L + i;
            row.srcLo = i % 2;
            rollup.add(row);
            rollup.add(row);
        }

        assertThat(rollup.sourceCount()).isEqualTo(6000);
        assertThat(rollup.sources().hi(5999)).isEqualTo(0x2001_0db8_0000_0000L + 5999);
        assertThat(rollup.sources().packets(5999)).isEqualTo(2);
    }

    @Test
    void whatTheInputCannotTellIsSaid() {
        Rollup rollup = new Rollup(catalogue(), IOT, 100);
        rollup.add(syn(1, 1));
        assertThat(rollup.totals().withoutFingerprints()).isFalse();
        rollup.add(syn(1, -1));
        assertThat(rollup.totals().withoutFingerprints()).isTrue();
    }

    @Test
    void countsOfASourceStopAtTheirMost() {
        SourceTable table = new SourceTable(10);
        int index = table.index(SourceTable.hash(0, 7), 0, 7);
        for (int i = 0; i < 3; i++) {
            table.addMatches(index, 3, 40_000);
            table.addMatches(index, 15, 7);
            table.addPackets(index, 1L << 37, PortTable.NO_PORT);
        }
        assertThat(table.matches(index, 3)).isEqualTo(65_535);
        assertThat(table.matches(index, 2)).isZero();
        assertThat(table.matches(index, 15)).isEqualTo(21);
        assertThat(table.packets(index)).isEqualTo(3L << 37);
    }

    @Test
    void aPacketPathSaysWhyItRefused() {
        FlowMinutes minutes = new FlowMinutes(100, batch -> {});
        PacketPath path = new PacketPath(
                org.hinomi.kernel.address.PrefixSet.of(
                        List.of(org.hinomi.kernel.address.Prefix.parse("198.18.0.0/17"))),
                catalogue(),
                minutes,
                PacketWitness.NONE);
        Traffic traffic = new Traffic(
                new TrafficPlan(Profile.SCAN, 2, NEW_YEAR, 3_600_000_000_000L, TrafficPlan.USUAL_DARKNET, 1000));
        traffic.emitAll((nanos, bytes, offset, captured, wire, linkType) ->
                path.frame(nanos, bytes, offset, nanos % 2000 == 0 ? 30 : captured, wire, linkType));

        long outside = path.skipped(SkipReason.OUTSIDE);
        long cut = path.skipped(SkipReason.TRUNCATED_IP);
        minutes.close();
        assertThat(outside).isBetween(150L, 350L);
        assertThat(cut).isBetween(400L, 600L);
        assertThat(path.packets()).isEqualTo(1000);
        assertThat(path.firstNanos()).isLessThan(path.lastNanos());
    }
}
