package org.hinomi.observatory.store.flowfile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.TcpFlags;
import org.hinomi.observatory.telescope.KernelData;

/** Flow tuples to write and what was read of them. */
final class Tuples {
    static final FingerprintCatalogue RULES = KernelData.fingerprints();

    static final Origin JAPAN = new Origin() {
        @Override
        public int country(long hi, long lo) {
            return (lo & 1) == 0 ? 0 : 'J' << 8 | 'P';
        }

        @Override
        public long asn(long hi, long lo) {
            return (lo & 1) == 0 ? 0 : 4_200_000_000L;
        }
    };

    private Tuples() {}

    /** Any tuples, the same each time for a seed; a part of them IPv6. */
    static List<FlowRow> any(long seed, int count, boolean ipv6) {
        SplittableRandom random = new SplittableRandom(seed);
        List<FlowRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            FlowRow row = new FlowRow();
            row.time = 1_700_000_000L / 60 * 60 + i / 4 * 60;
            boolean six = ipv6 && random.nextInt(3) == 0;
            row.srcHi = six ? 0x2001_0db8_0000_0000L : 0;
            row.srcLo = six ? random.nextLong() : IpAddress.V4_PREFIX | random.nextInt() & 0xffff_ffffL;
            row.dstHi = six ? 0x2001_0db8_0000_0001L : 0;
            row.dstLo = six ? random.nextLong() : IpAddress.V4_PREFIX | random.nextInt() & 0xffff_ffffL;
            row.srcPort = random.nextInt(1 << 16);
            row.dstPort = random.nextInt(1 << 16);
            row.protocol = random.nextBoolean() ? 6 : random.nextInt(256);
            row.ttl = random.nextInt(256);
            row.tcpFlags = row.protocol == 6 ? random.nextBoolean() ? TcpFlags.SYN : random.nextInt(256) : 0;
            row.ipLen = random.nextInt(1 << 16);
            row.tcpSynLen = row.tcpFlags == TcpFlags.SYN ? 20 + 4 * random.nextInt(11) : 0;
            row.tcpSynWinLen = row.tcpFlags == TcpFlags.SYN ? random.nextInt(1 << 16) : 0;
            row.packetCnt = random.nextBoolean() ? 1 : random.nextLong(1, 1L << 32);
            row.firstSeq = random.nextLong(1L << 32);
            row.firstIpId = six ? 0 : random.nextInt(1 << 16);
            row.laterFragment = random.nextInt(9) == 0;
            row.oddFragmentField = random.nextInt(9) == 0;
            for (int lane = 0; lane < RULES.packetRules().size(); lane++) {
                row.match(lane, random.nextBoolean() ? 0 : random.nextInt(1, 1 << 16));
            }
            rows.add(row);
        }
        return rows;
    }

    static List<String> write(Path file, FlowFormat format, List<FlowRow> rows) {
        try (FlowFileWriter writer = FlowFileWriter.create(file, format, RULES, JAPAN, "tower")) {
            rows.forEach(writer::tuple);
            return writer.finish();
        }
    }

    /** What was read, as text, with the report. */
    record Read(List<String> rows, FlowFileReport report) {}

    static Read read(Path file) {
        List<String> rows = new ArrayList<>();
        try (FlowFileReader reader = FlowFileReader.open(file, RULES).orElseThrow()) {
            FlowFileReport report = reader.read(row -> rows.add(text(row)), bytes -> {});
            return new Read(rows, report);
        }
    }

    static List<String> texts(List<FlowRow> rows) {
        return rows.stream().map(Tuples::text).toList();
    }

    static String text(FlowRow row) {
        StringBuilder text =
                new StringBuilder(org.hinomi.kernel.flow.FlowTuple.of(row).toString());
        text.append(' ').append(row.oddFragmentField);
        for (int lane = 0; lane < FlowRow.MOST_RULES; lane++) {
            text.append(' ').append(row.matches(lane));
        }
        return text.toString();
    }
}
