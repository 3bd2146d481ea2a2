package org.hinomi.observatory.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.kernel.packet.PacketDecoder;
import org.hinomi.kernel.packet.PacketHeader;
import org.hinomi.kernel.packet.SkipReason;
import org.hinomi.observatory.TestData;
import org.hinomi.observatory.capture.TsharkOracle.Verdict;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every public capture, packet by packet, against tshark. Two differences are allowed: bytes that lie or are cut are
 * refused here while tshark shows what it could guess (few in all), and link layers that are not read here.
 */
@Tag("conformance")
class CaptureConformanceTest {
    private static final Set<SkipReason> NO_IP = EnumSet.of(SkipReason.NOT_IP, SkipReason.UNKNOWN_LINK_TYPE);
    private static final long MOST_REFUSED = 60;

    /** What we make of a packet: its class, or why it was refused. */
    private sealed interface Ours {
        record Decoded(PacketClass packetClass) implements Ours {}

        record Refused(SkipReason reason) implements Ours {}
    }

    private record Reading(List<Ours> packets, List<String> warnings) {}

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path merged;

    @Test
    void everyPacketGetsTheClassThatTsharkGives() throws IOException {
        Path folder = TestData.folder("captures");
        TsharkOracle.require();
        Map<Path, Long> counts = TsharkOracle.packets(captures(folder));
        Map<Path, Reading> readings = new TreeMap<>();
        counts.keySet().forEach(file -> read(file).ifPresent(reading -> readings.put(file, reading)));
        List<String> differences = new ArrayList<>();
        readings.forEach((file, ours) -> {
            long packets = counts.getOrDefault(file, 0L);
            if (ours.packets.size() != packets) {
                differences.add(
                        file + ": " + ours.packets.size() + " packets, capinfos " + packets + " " + ours.warnings);
            }
        });
        assertThat(differences).isEmpty();
        List<Path> known = readings.entrySet().stream()
                .filter(reading -> isKnown(reading.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        Map<Path, List<Verdict>> verdicts = TsharkOracle.verdicts(known, counts, merged);
        long refused = 0;
        for (Map.Entry<Path, Reading> ours : readings.entrySet()) {
            List<Verdict> theirs = verdicts.getOrDefault(ours.getKey(), List.of());
            refused += compare(ours.getKey(), ours.getValue(), theirs, differences);
        }
        assertThat(differences).isEmpty();
        assertThat(readings).hasSizeGreaterThan(600);
        assertThat(refused).as("packets refused here and shown by tshark").isLessThan(MOST_REFUSED);
    }

    private static boolean isKnown(Reading ours) {
        return !ours.packets.stream().allMatch(p -> p.equals(new Ours.Refused(SkipReason.UNKNOWN_LINK_TYPE)));
    }

    private static long compare(Path file, Reading ours, List<Verdict> theirs, List<String> differences) {
        long refused = 0;
        for (int i = 0; i < Math.min(theirs.size(), ours.packets.size()); i++) {
            Ours our = ours.packets.get(i);
            if (our instanceof Ours.Refused(SkipReason reason) && !NO_IP.contains(reason)) {
                refused += theirs.get(i) instanceof Verdict.Ip ? 1 : 0;
            } else if (!agree(our, theirs.get(i))) {
                differences.add(file + ": packet " + (i + 1) + " " + our + ", tshark " + theirs.get(i));
            }
        }
        return refused;
    }

    private static boolean agree(Ours ours, Verdict theirs) {
        if (theirs instanceof Verdict.Data) {
            return true;
        }
        return switch (ours) {
            case Ours.Decoded(PacketClass packetClass) ->
                theirs instanceof Verdict.Ip(boolean known, Optional<PacketClass> expected)
                        && expected.orElse(packetClass) == packetClass;
            case Ours.Refused(SkipReason reason) ->
                !(theirs instanceof Verdict.Ip(boolean known, var expected) && known);
        };
    }

    private static List<Path> captures(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(f -> !f.getFileName().toString().equals("MANIFEST.tsv"))
                    .sorted()
                    .toList();
        }
    }

    private static Optional<Reading> read(Path file) {
        try (Capture capture = Capture.open(file.toString())) {
            List<Ours> packets = new ArrayList<>();
            PacketHeader header = new PacketHeader();
            CaptureReport report = capture.read(
                    (nanos, bytes, offset, captured, wire, linkType) -> {
                        SkipReason refused = PacketDecoder.decode(bytes, offset, captured, linkType, header);
                        packets.add(
                                refused != null
                                        ? new Ours.Refused(refused)
                                        : new Ours.Decoded(PacketClass.at(PacketClass.of(
                                                header.protocol, header.tcpFlags, header.laterFragment))));
                    },
                    done -> {});
            return Optional.of(new Reading(packets, report.warnings()));
        } catch (CaptureException e) {
            assertThat(e.getMessage()).contains(file.toString());
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
