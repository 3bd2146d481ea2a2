package org.hinomi.observatory.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.kernel.packet.PacketDecoder;
import org.hinomi.kernel.packet.PacketHeader;
import org.hinomi.kernel.packet.SkipReason;
import org.hinomi.observatory.TestData;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("conformance")
class CaptureConformanceTest {
    private record Reading(
            long packets, Map<PacketClass, Long> classes, Map<SkipReason, Long> skipped, List<String> warnings) {}

    @Test
    void everyCaptureGivesTheCountsThatTsharkGives() throws IOException {
        Path folder = TestData.folder("captures");
        TsharkOracle.require();
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (Path file : captures(folder)) {
            Optional<Reading> ours = read(file);
            Optional<Long> packets = TsharkOracle.packets(file);
            if (ours.isEmpty() || packets.isEmpty()) {
                continue;
            }
            compared++;
            compare(folder.relativize(file), ours.get(), packets.get(), TsharkOracle.verdict(file), differences);
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(600);
    }

    private static void compare(
            Path name, Reading ours, long packets, TsharkOracle.Verdict theirs, List<String> differences) {
        if (ours.packets != packets) {
            differences.add(name + ": " + ours.packets + " packets, capinfos " + packets + " " + ours.warnings);
            return;
        }
        if (ours.skipped.containsKey(SkipReason.UNKNOWN_LINK_TYPE)) {
            return;
        }
        if (!ours.classes.equals(theirs.classes())) {
            differences.add(name + ": " + ours.classes + " skipped " + ours.skipped + ", tshark " + theirs);
        }
    }

    private static List<Path> captures(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(f -> !f.getFileName().toString().equals("MANIFEST.tsv"))
                    .sorted()
                    .toList();
        }
    }

    private static Optional<Reading> read(Path file) throws IOException {
        try (Capture capture = Capture.open(file.toString())) {
            Map<PacketClass, Long> classes = new EnumMap<>(PacketClass.class);
            Map<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
            PacketHeader header = new PacketHeader();
            CaptureReport report = capture.read(
                    (nanos, bytes, offset, captured, wire, linkType) -> {
                        SkipReason refused = PacketDecoder.decode(bytes, offset, captured, linkType, header);
                        if (refused != null) {
                            skipped.merge(refused, 1L, Long::sum);
                        } else {
                            int of = PacketClass.of(header.protocol, header.tcpFlags, header.laterFragment);
                            classes.merge(PacketClass.at(of), 1L, Long::sum);
                        }
                    },
                    done -> {});
            return Optional.of(new Reading(report.packets(), classes, skipped, report.warnings()));
        } catch (CaptureException e) {
            assertThat(e.getMessage()).contains(file.toString());
            return Optional.empty();
        }
    }
}
