package org.hinomi.observatory.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.hinomi.observatory.trace.CaptureBytes;
import org.hinomi.observatory.trace.PacketBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture cut at every byte: what is whole is read, the rest is told of. */
class CaptureCutTest {
    private static final byte[] PACKET = PacketBytes.v4(
            "203.0.113.5", "198.18.1.2", 6, 50, 1, 0, PacketBytes.tcp(40_000, 23, 99, 2, 1024, "020405b4"));

    @TempDir
    Path folder;

    private record Reading(long packets, List<String> warnings) {}

    private Reading read(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("cut"), bytes);
        List<Long> times = new ArrayList<>();
        try (Capture capture = Capture.open(file.toString())) {
            CaptureReport report =
                    capture.read((nanos, segment, offset, captured, wire, linkType) -> times.add(nanos), done -> {});
            assertThat(report.packets()).isEqualTo(times.size());
            return new Reading(report.packets(), report.warnings());
        }
    }

    private static CaptureBytes pcap(int packets) {
        CaptureBytes file = CaptureBytes.pcap(101);
        for (int i = 0; i < packets; i++) {
            file.packet(i, PACKET);
        }
        return file;
    }

    @Test
    void everyCutOfAPcapFileGivesItsWholeRecords() throws IOException {
        byte[] whole = pcap(3).bytes();
        int record = 16 + PACKET.length;
        for (int length = 0; length <= whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length < 24) {
                assertThatThrownBy(() -> read(cut))
                        .isInstanceOf(CaptureException.class)
                        .hasMessageContaining(length == 0 ? "is empty" : "is not a capture");
                continue;
            }
            Reading reading = read(cut);
            assertThat(reading.packets).isEqualTo((length - 24) / record);
            if ((length - 24) % record == 0) {
                assertThat(reading.warnings).isEmpty();
            } else {
                long start = 24 + reading.packets * record;
                assertThat(reading.warnings)
                        .singleElement()
                        .asString()
                        .endsWith("the file ends in the middle of a record, at byte " + start);
            }
        }
    }

    @Test
    void everyCutOfAPcapngFileGivesItsWholeBlocks() throws IOException {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            CaptureBytes file = CaptureBytes.pcapng(order).section().network(101, 0, "");
            List<Integer> ends = new ArrayList<>(List.of(28, file.bytes().length));
            for (int i = 0; i < 3; i++) {
                ends.add(file.enhanced(0, i, PACKET).bytes().length);
            }
            byte[] whole = file.bytes();
            for (int length = 12; length <= whole.length; length++) {
                Reading reading = read(Arrays.copyOf(whole, length));
                int cutAt = length;
                long blocks = ends.stream().filter(end -> end <= cutAt).count();
                assertThat(reading.packets).as("%d bytes", length).isEqualTo(Math.max(0, blocks - 2));
                assertThat(reading.warnings.isEmpty()).as("%d bytes", length).isEqualTo(ends.contains(length));
            }
        }
    }

    @Test
    void everyCutOfACompressedFileGivesPacketsAndAWarning() throws IOException {
        byte[] plain = pcap(12).bytes();
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(plain);
        }
        assertThat(mostOfCuts(gzip.toByteArray()))
                .as("what comes before the damage is read")
                .isEqualTo(12);
        // Zstandard gives a block of up to 128 KiB as a whole.
        assertThat(mostOfCuts(com.github.luben.zstd.Zstd.compress(plain))).isZero();
    }

    private long mostOfCuts(byte[] whole) throws IOException {
        long most = 0;
        assertThat(read(whole)).isEqualTo(new Reading(12, List.of()));
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            try {
                Reading reading = read(cut);
                assertThat(reading.packets).as("%d bytes", length).isBetween(0L, 12L);
                most = Math.max(most, reading.packets);
                // The last bytes of gzip are a checksum: all packets may be there without it.
                assertThat(reading.warnings)
                        .as("%d of %d bytes", length, whole.length)
                        .isNotEmpty();
            } catch (CaptureException e) {
                assertThat(e).hasMessageContaining("cut");
            }
        }
        return most;
    }

    @Test
    void damageInTheMiddleEndsTheReadingWithItsPlace() throws IOException {
        byte[] bytes = pcap(3).bytes();
        int second = 24 + 16 + PACKET.length;
        bytes[second + 11] = 0x7f;
        Reading reading = read(bytes);

        assertThat(reading.packets).isEqualTo(1);
        assertThat(reading.warnings)
                .singleElement()
                .asString()
                .contains("a record claims", "more than any packet has", "at byte " + second, "was not read");
    }
}
