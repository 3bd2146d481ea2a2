package org.hinomi.observatory.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hinomi.kernel.packet.LinkType;
import org.hinomi.observatory.capture.PcapWriter.Resolution;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcapWriterTest {
    private static final long NANOS = 1_767_225_600_123_456_789L;
    private static final MemorySegment FRAME = MemorySegment.ofArray(new byte[] {9, 8, 7, 6, 5, 4});

    @TempDir
    Path folder;

    private record Packet(long nanos, List<Byte> bytes, int wire, int linkType) {}

    private static List<Packet> read(Path file) throws IOException {
        List<Packet> packets = new ArrayList<>();
        try (Capture capture = Capture.open(file.toString())) {
            CaptureReport report = capture.read(
                    (nanos, bytes, offset, captured, wire, linkType) -> {
                        List<Byte> copy = new ArrayList<>();
                        for (byte b : bytes.asSlice(offset, captured).toArray(ValueLayout.JAVA_BYTE)) {
                            copy.add(b);
                        }
                        packets.add(new Packet(nanos, copy, wire, linkType));
                    },
                    done -> {});
            assertThat(report.warnings()).isEmpty();
        }
        return packets;
    }

    @ParameterizedTest
    @CsvSource({"a.pcap", "a.pcap.gz", "a.pcap.zst"})
    void whatIsWrittenIsReadBack(String name) throws IOException {
        Path file = folder.resolve(name);
        try (PcapWriter writer = PcapWriter.create(file, LinkType.RAW, Resolution.NANOSECONDS)) {
            writer.frame(NANOS, FRAME, 1, 4, 1500, LinkType.RAW);
            writer.frame(NANOS + 1, FRAME, 0, 0, 0, LinkType.RAW);
            assertThat(file).doesNotExist();
            writer.finish();
        }

        assertThat(read(file))
                .containsExactly(
                        new Packet(NANOS, List.of((byte) 8, (byte) 7, (byte) 6, (byte) 5), 1500, LinkType.RAW),
                        new Packet(NANOS + 1, List.of(), 0, LinkType.RAW));
        assertThat(folder.resolve(name + ".part")).doesNotExist();
    }

    @Test
    void microsecondsAreCutNotRounded() throws IOException {
        Path file = folder.resolve("a.pcap");
        try (PcapWriter writer = PcapWriter.create(file, LinkType.RAW, Resolution.MICROSECONDS)) {
            writer.frame(NANOS, FRAME, 0, 6, 6, LinkType.RAW);
            writer.finish();
        }

        assertThat(read(file).getFirst().nanos()).isEqualTo(NANOS / 1000 * 1000);
    }

    @Test
    void moreThanTheBufferIsWritten() throws IOException {
        Path file = folder.resolve("a.pcap");
        MemorySegment large = MemorySegment.ofArray(new byte[200_000]);
        try (PcapWriter writer = PcapWriter.create(file, LinkType.RAW, Resolution.MICROSECONDS)) {
            for (int i = 0; i < 20; i++) {
                writer.frame(NANOS + i * 1000L, large, 0, 200_000, 200_000, LinkType.RAW);
            }
            assertThat(writer.bytes()).isEqualTo(24 + 20 * 200_016);
            writer.finish();
        }

        assertThat(read(file)).hasSize(20);
    }

    @Test
    void aFileThatWasNotFinishedIsNotThereAndTheOneBeforeStays() throws IOException {
        Path file = Files.writeString(folder.resolve("a.pcap"), "before");
        try (PcapWriter writer = PcapWriter.create(file, LinkType.RAW, Resolution.MICROSECONDS)) {
            writer.frame(NANOS, FRAME, 0, 6, 6, LinkType.RAW);
        }

        assertThat(file).hasContent("before");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void whatThePcapFormatCannotHoldIsRefused() {
        try (PcapWriter writer = PcapWriter.create(folder.resolve("a"), LinkType.RAW, Resolution.MICROSECONDS)) {
            assertThatThrownBy(() -> writer.frame(NANOS, FRAME, 0, 6, 6, LinkType.ETHERNET))
                    .hasMessageContaining("link type 1");
            assertThatThrownBy(() -> writer.frame(-1, FRAME, 0, 6, 6, LinkType.RAW))
                    .hasMessageContaining("second -1");
            assertThatThrownBy(() -> writer.frame(Long.MAX_VALUE, FRAME, 0, 6, 6, LinkType.RAW))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void deviceFilesAreNotReplaced() throws IOException {
        // A link, so that a broken check would replace the link and not the machine's device.
        Path device = Files.createSymbolicLink(folder.resolve("device"), Path.of("/dev/null"));
        Assumptions.assumeTrue(Files.exists(device));

        assertThatThrownBy(() -> PcapWriter.create(device, LinkType.RAW, Resolution.MICROSECONDS))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("not an ordinary file");
        assertThat(device).isSymbolicLink();
        Files.delete(device);
    }
}
