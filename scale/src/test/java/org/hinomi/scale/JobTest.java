package org.hinomi.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.hinomi.kernel.detect.Detection;
import org.hinomi.kernel.synthetic.Profile;
import org.hinomi.scale.result.DetectionRow;
import org.hinomi.wire.flowfile.AvroBatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job in a small cluster, on batches of two sensors, among which are such that come twice and such that can't be
 * read: what it finds is what the runner in one process finds.
 */
@ExtendWith(Rig.Closing.class)
class JobTest {
    private static final Path BASELINE =
            Path.of("../kernel/src/test/resources/org/hinomi/kernel/detect/scan-events.txt");

    @TempDir
    static Path folder;

    private static final GoldenTrace GOLDEN = GoldenTrace.golden();
    private static final GoldenTrace SILVER =
            new GoldenTrace("silver", Profile.BACKSCATTER, 20_260_102, 10_000, Duration.ofMinutes(20));
    private static Results results;
    private static JobID job;

    @BeforeAll
    static void theJobGetsAllBatches() throws Exception {
        Rig.topic("flowtuples", 2);
        JobSettings settings = Rig.settings("flowtuples", Rig.database("job"), folder);
        new Outside(settings, sentence -> {}).await();
        results = new Results(settings.results());
        job = Rig.submit(settings, 2);
        Rig.send("flowtuples", GOLDEN.batches(0, 60));
        Rig.send("flowtuples", broken());
        Rig.send("flowtuples", GOLDEN.batches(50, 70));
        Rig.send("flowtuples", SILVER.batches(0, SILVER.minutes.size()));
        Rig.send("flowtuples", GOLDEN.batches(70, GOLDEN.minutes.size()));
        Rig.send("flowtuples", List.of(Map.entry("golden", GOLDEN.end()), Map.entry("silver", SILVER.end())));
    }

    @AfterAll
    static void theJobEnds() throws Exception {
        Rig.cancel(job);
    }

    private static List<Map.Entry<String, byte[]>> broken() {
        byte[] cut = GOLDEN.batch(61);
        cut[cut.length / 2] ^= 0x55;
        byte[] newer = AvroBatch.encode(
                Map.of("hinomi.version", "2".getBytes(StandardCharsets.US_ASCII)),
                GoldenTrace.CATALOGUE,
                "golden",
                List.of());
        return List.of(
                Map.entry("golden", "no batch".getBytes(StandardCharsets.US_ASCII)),
                Map.entry("golden", cut),
                Map.entry("golden", newer),
                Map.entry("silver", GOLDEN.batch(62)));
    }

    private static <T> Map<String, T> both(Map<String, T> one, Map<String, T> other) {
        Map<String, T> both = new TreeMap<>(one);
        both.putAll(other);
        return both;
    }

    @Test
    void detectionsAreThoseOfTheEmbeddedRunner() throws Exception {
        List<String> lines = GOLDEN.detections().stream()
                .filter(found -> found.detector().equals("scan"))
                .map(Detection::line)
                .toList();
        assertThat(lines).as("the trace is the kernel's").isEqualTo(Files.readAllLines(BASELINE));
        Map<String, DetectionRow> expected = both(GOLDEN.rows(), SILVER.rows());
        assertThat(expected).hasSizeGreaterThan(50);
        assertThat(expected.values()).extracting(DetectionRow::detector).contains("scan", "dos", "port_surge");
        Results.await(expected, results::detections);
    }

    @Test
    void sumsAreThoseOfTheEmbeddedRunner() throws Exception {
        Map<String, String> expected = both(GOLDEN.sums(), SILVER.sums());
        assertThat(expected).hasSizeGreaterThan(500);
        Results.await(expected, results::sums);
    }

    @Test
    void whatCanNotBeReadIsCountedAndNotedAndTheRestGoesOn() throws Exception {
        int read = GOLDEN.minutes.size() + SILVER.minutes.size();
        Map<String, Long> expected = new TreeMap<>(
                Map.of("batches", read + 10L + 2, "parts", (long) read, "duplicate_parts", 10L, "refused_damaged", 2L));
        long forgotten = GOLDEN.forgotten() + SILVER.forgotten();
        if (forgotten > 0) {
            expected.put("forgotten_events", forgotten);
        }
        expected.put("refused_newer_version", 1L);
        expected.put("refused_wrong_sensor", 1L);
        expected.put("tuples", GOLDEN.tuples() + SILVER.tuples());
        Results.await(expected, () -> {
            Map<String, Long> counts = results.counts();
            counts.remove("packets");
            return counts;
        });
        assertThat(results.refused())
                .containsEntry(
                        "newer_version",
                        "The batch has version 2; this job knows 1. Upgrade the job before its sensors. golden")
                .containsEntry("wrong_sensor", "The batch is of another sensor than silver. silver")
                .containsKey("damaged");
    }

    @Test
    void everyTupleIsInTheParquetFilesOnce() throws Exception {
        Results.await(GOLDEN.tuples() + SILVER.tuples(), () -> ParquetFolder.tuples(folder));
        try (Stream<Path> hours = Files.list(folder.resolve("golden"))) {
            assertThat(hours.map(hour -> hour.getFileName().toString()))
                    .containsExactlyInAnyOrder("2026-01-01T00", "2026-01-01T01");
        }
    }
}
