package org.hinomi.kernel.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.LongStream;
import org.hinomi.kernel.Seeds;
import org.hinomi.kernel.flow.Packets.Key;
import org.hinomi.kernel.flow.Packets.Value;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.PacketHeader;
import org.junit.jupiter.api.Test;

class FlowMinutesTest {
    private static final long MINUTE = 60_000_000_000L;

    /** A part of a minute as it was given. */
    private record Part(long time, boolean saturated, long packets, int tuples) {}

    private final List<Part> parts = new ArrayList<>();
    private final FlowRow row = new FlowRow();
    private final PacketHeader header = new PacketHeader();

    private final FlowSink toParts = batch -> {
        long packets = 0;
        for (int i = 0; i < batch.size(); i++) {
            batch.read(i, row);
            assertThat(row.time).isEqualTo(batch.time());
            packets += row.packetCnt;
        }
        parts.add(new Part(batch.time(), batch.saturated(), packets, batch.size()));
    };

    private void packet(FlowMinutes minutes, double minute, int source) {
        header.srcLo = 0xffff_0a00_0000L + source;
        header.dstLo = 0xffff_c612_0001L;
        header.protocol = IpProtocol.UDP;
        minutes.add((long) (minute * MINUTE), header, 0);
    }

    private List<Long> times() {
        return parts.stream().map(Part::time).toList();
    }

    @Test
    void aMinuteClosesWhenAPacketIsThreeMinutesAhead() {
        FlowMinutes minutes = new FlowMinutes(1000, toParts);
        packet(minutes, 10.0, 1);
        packet(minutes, 11.5, 1);
        packet(minutes, 12.99, 1);
        assertThat(parts).isEmpty();

        packet(minutes, 13.0, 1);
        assertThat(times()).containsExactly(600L);
        packet(minutes, 20, 1);
        assertThat(times()).containsExactly(600L, 660L, 720L, 780L);
        minutes.close();
        assertThat(times()).endsWith(1200L).hasSize(5);
    }

    @Test
    void aLatePacketIsCountedInItsOwnMinuteWhileThatIsOpen() {
        FlowMinutes minutes = new FlowMinutes(1000, toParts);
        packet(minutes, 12.5, 1);
        packet(minutes, 10.1, 2);
        packet(minutes, 11.1, 3);
        minutes.close();

        assertThat(parts)
                .containsExactly(new Part(600, false, 1, 1), new Part(660, false, 1, 1), new Part(720, false, 1, 1));
        assertThat(minutes.stepsBack()).isZero();
    }

    @Test
    void aPacketOlderThanAllOpenMinutesIsAStepBackAndIsCounted() {
        FlowMinutes minutes = new FlowMinutes(1000, toParts);
        packet(minutes, 100, 1);
        packet(minutes, 97, 1);
        packet(minutes, 98, 1);
        packet(minutes, 100, 1);
        minutes.close();

        assertThat(times()).containsExactly(6000L, 5820L, 5880L, 6000L);
        assertThat(minutes.stepsBack()).isEqualTo(1);
    }

    @Test
    void aFullMinuteIsGivenInPartsThatAreMarked() {
        FlowMinutes minutes = new FlowMinutes(100, toParts);
        for (int source = 0; source < 250; source++) {
            packet(minutes, 5, source);
        }
        minutes.close();

        assertThat(parts.stream().map(Part::saturated)).containsExactly(true, true, false);
        assertThat(parts.stream().mapToInt(Part::tuples)).containsExactly(100, 100, 50);
        assertThat(minutes.saturatedParts()).isEqualTo(2);
        assertThat(minutes.tuples()).isEqualTo(250);
    }

    @Test
    void manyPacketsOfFewTuplesFillNoTable() {
        FlowMinutes minutes = new FlowMinutes(3, toParts);
        for (int i = 0; i < 1000; i++) {
            packet(minutes, 5, i % 2);
        }
        minutes.close();

        assertThat(parts).containsExactly(new Part(300, false, 1000, 2));
        assertThat(minutes.saturatedParts()).isZero();
    }

    @Test
    void timeMovesOnWithoutPackets() {
        FlowMinutes minutes = new FlowMinutes(100, toParts);
        minutes.advanceTo(5 * MINUTE);
        packet(minutes, 10, 1);
        minutes.advanceTo(12 * MINUTE + MINUTE - 1);
        assertThat(parts).isEmpty();
        minutes.advanceTo(13 * MINUTE);
        assertThat(times()).containsExactly(600L);
        minutes.advanceTo(3 * MINUTE);
        minutes.close();
        assertThat(parts).hasSize(1);
    }

    @Test
    void timesBefore1970HaveMinutesToo() {
        FlowMinutes minutes = new FlowMinutes(100, toParts);
        packet(minutes, -0.5, 1);
        packet(minutes, 0.5, 1);
        minutes.close();
        assertThat(times()).containsExactly(-60L, 0L);
    }

    @Test
    void tuplesAreThoseOfAPlainMap() {
        Seeds.check(40, random -> tuplesAreExact(random, 3000, i -> i / 1000));
    }

    @Test
    void tuplesAreThoseOfAPlainMapInAMinuteOfManyAndAfterIt() {
        Seeds.check(3, random -> tuplesAreExact(random, 40_000, i -> i < 30_000 ? 0 : i / 250));
    }

    private void tuplesAreExact(Random random, int count, IntUnaryOperator minuteOf) {
        Packets packets = new Packets();
        Map<Key, Value> found = new HashMap<>();
        FlowMinutes minutes = new FlowMinutes(1 << 16, batch -> take(batch, found, true));
        int variety = 1 << random.nextInt(16);
        for (int i = 0; i < count; i++) {
            long minute = minuteOf.applyAsInt(i);
            packets.next(random, minute * 60, variety);
            minutes.add(minute * MINUTE + random.nextLong(MINUTE), packets.header, packets.matches);
        }
        minutes.close();

        assertThat(found.keySet()).isEqualTo(packets.expected.keySet());
        found.forEach((key, value) -> same(key, packets.expected, value));
        assertThat(minutes.tuples()).isEqualTo(found.size());
    }

    private static void same(Key key, Map<Key, Value> all, Value found) {
        Value expected = java.util.Objects.requireNonNull(all.get(key));
        if (!found.all().equals(expected.all())) {
            assertThat(found.all()).as(key.toString()).isEqualTo(expected.all());
        }
    }

    @Test
    void noPacketIsLostWhateverTheTimesAndHoweverFullTheTable() {
        Seeds.check(60, random -> {
            Packets packets = new Packets();
            Map<Key, Value> found = new HashMap<>();
            FlowMinutes minutes = new FlowMinutes(1 + random.nextInt(400), batch -> take(batch, found, false));
            long nanos = 1_000 * MINUTE;
            for (int i = 0; i < 5000; i++) {
                nanos += switch (random.nextInt(200)) {
                    case 0 -> -random.nextLong(20 * MINUTE);
                    case 1 -> random.nextLong(20 * MINUTE);
                    default -> random.nextLong(MINUTE / 50) - MINUTE / 150;
                };
                packets.next(random, Math.floorDiv(nanos, MINUTE) * 60, 300);
                minutes.add(nanos, packets.header, packets.matches);
            }
            minutes.close();

            assertThat(found.keySet()).isEqualTo(packets.expected.keySet());
            found.forEach((key, value) -> {
                Value expected = java.util.Objects.requireNonNull(packets.expected.get(key));
                if (value.packets != expected.packets || !Arrays.equals(value.matches, expected.matches)) {
                    assertThat(value.all()).as(key.toString()).isEqualTo(expected.all());
                }
            });
        });
    }

    private void take(FlowBatch batch, Map<Key, Value> found, boolean once) {
        boolean v6Seen = false;
        for (int i = 0; i < batch.size(); i++) {
            batch.read(i, row);
            Key key = Packets.key(row);
            boolean v4 = Packets.isV4(key);
            Value value = found.get(key);
            if (v4 && v6Seen || once && value != null) {
                assertThat(key).as("IPv4 is first, and each tuple once").isNull();
            }
            v6Seen |= !v4;
            if (value == null) {
                value = new Value();
                value.firstSeq = row.firstSeq;
                value.firstIpId = row.firstIpId;
                value.synLen = row.tcpSynLen;
                value.window = row.tcpSynWinLen;
                value.oddFragment = row.oddFragmentField;
                found.put(key, value);
            }
            value.packets += row.packetCnt;
            for (int rule = 0; rule < FlowRow.MOST_RULES; rule++) {
                value.matches[rule] += row.matches(rule);
            }
        }
    }

    @Test
    void matchesStopAtTheMostALaneHolds() {
        FlowMinutes minutes = new FlowMinutes(100, batch -> {
            batch.read(0, row);
            parts.add(new Part(row.matches(0), false, row.packetCnt, row.matches(1)));
        });
        LongStream.range(0, 70_000).forEach(i -> {
            header.protocol = IpProtocol.UDP;
            minutes.add(i, header, i == 0 ? 3 : 1);
        });
        minutes.close();

        assertThat(parts).containsExactly(new Part(65_535, false, 70_000, 1));
    }

    @Test
    void theRecordOfARowHoldsWhatTheRowHolds() {
        Packets packets = new Packets();
        List<FlowTuple> tuples = new ArrayList<>();
        FlowMinutes minutes = new FlowMinutes(100, batch -> {
            batch.read(0, row);
            tuples.add(FlowTuple.of(row));
        });
        packets.next(new java.util.Random(3), 60, 4);
        minutes.add(MINUTE, packets.header, 1);
        minutes.close();

        FlowTuple tuple = tuples.getFirst();
        assertThat(tuple.time()).isEqualTo(60);
        assertThat(tuple.packetCnt()).isEqualTo(1);
        assertThat(tuple.srcIp().lo()).isEqualTo(packets.header.srcLo);
        assertThat(tuple.dstIp().lo()).isEqualTo(packets.header.dstLo);
        assertThat(tuple.ipLen()).isEqualTo(packets.header.ipLength);
        row.clear();
        assertThat(FlowTuple.of(row).packetCnt()).isZero();
        assertThat(row.matches(0)).isZero();
    }
}
