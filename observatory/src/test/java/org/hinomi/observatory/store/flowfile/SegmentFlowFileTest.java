package org.hinomi.observatory.store.flowfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.wire.flowfile.FlowFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentFlowFileTest {
    private static final FlowFormat SEGMENTS = new FlowFormat.Segments();

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadAgainInItsOrderIpv6Included() {
        Path file = folder.resolve("day.flows");
        List<FlowRow> rows = Tuples.any(1, 20_000, true);
        assertThat(Tuples.write(file, SEGMENTS, rows)).isEmpty();
        Tuples.Read read = Tuples.read(file);
        assertThat(read.report().warnings()).isEmpty();
        assertThat(read.rows()).isEqualTo(Tuples.texts(rows));
        assertThat(folder.toFile().list()).containsExactly("day.flows");
    }

    @Test
    void anEmptyFileOfTuplesIsAFileOfTuples() {
        Path file = folder.resolve("empty.flows");
        Tuples.write(file, SEGMENTS, List.of());
        assertThat(Tuples.read(file).report()).isEqualTo(new FlowFileReport(0, List.of()));
    }

    @Test
    void aFileCutAnywhereGivesWhatIsWholeAndSaysWhereItEnds() throws IOException {
        Path file = folder.resolve("sound.flows");
        Tuples.write(file, SEGMENTS, Tuples.any(2, 20, true));
        List<String> all = Tuples.read(file).rows();
        byte[] sound = Files.readAllBytes(file);
        Path cut = folder.resolve("cut.flows");
        int warned = 0;
        for (int length = 4; length < sound.length; length++) {
            Files.write(cut, Arrays.copyOf(sound, length));
            try {
                Tuples.Read read = Tuples.read(cut);
                assertThat(read.rows()).isEqualTo(all.subList(0, read.rows().size()));
                warned += read.report().warnings().stream()
                        .filter(warning -> warning.matches(".*cut.flows: the segment at byte \\d+ is damaged: "
                                + "the file ends in it; what is after it was not read"))
                        .count();
            } catch (FlowFileException e) {
                assertThat(e).hasMessageContaining("cut.flows can't be read: ");
            }
        }
        assertThat(warned).isPositive();
    }

    @Test
    void aChangedByteNeverGivesATupleThatWasNotThere() throws IOException {
        Path file = folder.resolve("sound.flows");
        Tuples.write(file, SEGMENTS, Tuples.any(3, 40, true));
        List<String> all = Tuples.read(file).rows();
        byte[] sound = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(4);
        Path changed = folder.resolve("changed.flows");
        for (int round = 0; round < 300; round++) {
            byte[] bytes = sound.clone();
            bytes[random.nextInt(4, bytes.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(changed, bytes);
            try {
                Tuples.Read read = Tuples.read(changed);
                assertThat(read.rows()).isEqualTo(all.subList(0, read.rows().size()));
                assertThat(read.report().warnings()).hasSize(1);
            } catch (FlowFileException e) {
                assertThat(e).hasMessageContaining("changed.flows can't be read: ");
            }
        }
    }

    @Test
    void matchCountsAreTakenByTheNamesOfTheRules() throws IOException {
        List<FlowRow> rows = Tuples.any(5, 10, false);
        Path file = folder.resolve("other.flows");
        Tuples.write(file, SEGMENTS, rows);
        byte[] bytes = Files.readAllBytes(file);
        SegmentPreamble preamble = new SegmentPreamble("tower", List.of("zmap", "gone", "mirai"));
        byte[] head = preamble.bytes().array();
        int was = new SegmentPreamble(
                        "tower",
                        Tuples.RULES.packetRules().stream()
                                .map(rule -> rule.name())
                                .toList())
                .bytes()
                .remaining();
        byte[] other = Arrays.copyOf(head, head.length + bytes.length - was);
        System.arraycopy(bytes, was, other, head.length, bytes.length - was);
        Files.write(file, other);

        List<String> names =
                Tuples.RULES.packetRules().stream().map(rule -> rule.name()).toList();
        try (FlowFileReader reader = FlowFileReader.open(file, Tuples.RULES).orElseThrow()) {
            int[] index = {0};
            FlowFileReport report = reader.read(
                    row -> {
                        FlowRow written = rows.get(index[0]++);
                        assertThat(row.matches(names.indexOf("zmap"))).isEqualTo(written.matches(0));
                        assertThat(row.matches(names.indexOf("mirai"))).isEqualTo(written.matches(2));
                        assertThat(row.matches(names.indexOf("masscan"))).isZero();
                    },
                    bytesRead -> {});
            assertThat(report.tuples()).isEqualTo(rows.size());
            assertThat(report.warnings())
                    .singleElement()
                    .asString()
                    .contains("it was written without the fingerprint rules")
                    .contains("masscan");
        }
    }

    @Test
    void aFileOfANewerReleaseIsToldApartFromADamagedOne() throws IOException {
        Path file = folder.resolve("newer.flows");
        Tuples.write(file, SEGMENTS, List.of());
        byte[] bytes = Files.readAllBytes(file);
        bytes[7] = '2';
        Files.write(file, bytes);
        assertThatThrownBy(() -> Tuples.read(file))
                .isInstanceOf(FlowFileException.class)
                .hasMessageContaining("newer.flows can't be read: it is of a newer format");
    }
}
