package org.hinomi.kernel.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.datasketches.hll.HllSketch;
import org.hinomi.kernel.Seeds;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowBlock;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.TcpFlags;
import org.junit.jupiter.api.Test;

/** However tuples are ordered and divided, they add up to the same. */
class HourTallyTest {
    private static final long HOUR = 1_780_000_000L / 3600 * 3600;
    private static final FingerprintCatalogue CATALOGUE = FingerprintCatalogue.parse("""
            name: mirai
            label: Mirai
            packet: tcp.seq == ip.dst
            generation: all
            reference: test
            chance: 2.4e-10
            needs: 1
            """);

    private static FlowRow some(Random random, int sources) {
        FlowRow row = new FlowRow();
        row.time = HOUR;
        row.srcLo = IpAddress.V4_PREFIX | random.nextInt(sources);
        row.dstLo = IpAddress.V4_PREFIX | random.nextInt(500);
        row.dstPort = random.nextInt(5);
        row.protocol = random.nextInt(3) == 0 ? IpProtocol.UDP : IpProtocol.TCP;
        row.tcpFlags = TcpFlags.SYN;
        row.packetCnt = 1 + random.nextInt(3);
        if (random.nextBoolean()) {
            row.matchAll(1);
        }
        return row;
    }

    private static FlowBlock traffic(Random random) {
        FlowBlock block = new FlowBlock(HOUR);
        int sources = 1 + random.nextInt(random.nextBoolean() ? 30 : 20_000);
        for (int i = 0; i < 6000; i++) {
            block.add(some(random, sources));
        }
        return block;
    }

    private static HourTally hour() {
        return new HourTally("tokyo", HOUR, CATALOGUE, (protocol, port) -> port == 1);
    }

    private static HourTally copied(HourTally from) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            from.write(new DataOutputStream(bytes));
            HourTally to = hour();
            to.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(TallyRow row) {
        return row.packets() + " " + row.tuples() + " " + row.synOrUdp() + " " + row.toIot() + " "
                + Arrays.toString(row.classes()) + Arrays.toString(row.kinds()) + " "
                + HllSketch.heapify(row.sources()).getEstimate() + " "
                + (row.destinations().length == 0
                        ? "none"
                        : HllSketch.heapify(row.destinations()).getEstimate());
    }

    private static Map<String, String> lines(List<TallyRow> rows) {
        Map<String, String> lines = new TreeMap<>();
        rows.forEach(row -> lines.put(row.dimension() + "/" + row.key(), line(row)));
        return lines;
    }

    private static List<Integer> shuffled(Random random, FlowBlock block) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < block.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        return order;
    }

    private static Map<String, String> whole(FlowBlock block) {
        HourTally hour = hour();
        FlowRow row = new FlowRow();
        for (int i = 0; i < block.size(); i++) {
            block.read(i, row);
            hour.add(row, "JP", row.srcLo % 3);
        }
        return lines(hour.rows());
    }

    @Test
    void partsDrainedNowAndThenAddUpToTheWholeWhateverTheOrder() {
        Seeds.check(10, random -> {
            FlowBlock block = traffic(random);
            List<HourTally> parts = new ArrayList<>(List.of(hour(), hour(), hour()));
            List<TallyRow> drained = new ArrayList<>();
            FlowRow row = new FlowRow();
            for (int index : shuffled(random, block)) {
                block.read(index, row);
                int part = (int) (row.srcLo % parts.size());
                parts.get(part).add(row, "JP", row.srcLo % 3);
                if (random.nextInt(500) == 0) {
                    drained.addAll(parts.get(part).drain(random.nextBoolean()));
                    parts.set(part, copied(parts.get(part)));
                }
            }
            parts.forEach(part -> drained.addAll(part.drain(true)));
            Collections.shuffle(drained, random);
            Map<String, Tally> sums = new TreeMap<>();
            drained.forEach(each -> sums.computeIfAbsent(each.dimension() + "/" + each.key(), k -> new Tally())
                    .add(each));
            Map<String, String> merged = new TreeMap<>();
            sums.forEach((key, tally) -> merged.put(key, line(tally.row("tokyo", 3600, HOUR, "", ""))));
            assertThat(merged).isEqualTo(whole(block)).containsKey("family/mirai");
        });
    }

    @Test
    void aSourceIsJudgedByAllItsMatchesNotByTheirOrder() {
        FingerprintCatalogue rare = FingerprintCatalogue.parse("""
                name: often
                label: Often
                packet: ip.id == 54321
                generation: all
                reference: test
                chance: 0.02
                needs: 2
                """);
        FlowRow row = some(new Random(1), 1);
        row.protocol = IpProtocol.TCP;
        row.packetCnt = 4;
        row.matchAll(1);
        FlowRow few = some(new Random(1), 1);
        few.protocol = IpProtocol.TCP;
        few.packetCnt = 60;
        few.match(0, 1);
        HourTally hour = new HourTally("tokyo", HOUR, rare, (protocol, port) -> false);
        hour.add(row, "JP", 1);
        assertThat(sources(hour)).isEqualTo(1);
        hour.add(few, "JP", 1);
        assertThat(sources(hour))
                .as("5 of 64 packets, where 25.6 could be by chance")
                .isZero();
    }

    private static double sources(HourTally hour) {
        return hour.rows().stream()
                .filter(row -> row.dimension().equals("family"))
                .mapToDouble(row -> Math.rint(HllSketch.heapify(row.sources()).getEstimate()))
                .sum();
    }
}
