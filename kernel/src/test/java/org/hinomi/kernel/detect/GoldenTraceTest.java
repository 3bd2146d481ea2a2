package org.hinomi.kernel.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowMinutes;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.observe.PacketPath;
import org.hinomi.kernel.synthetic.Profile;
import org.hinomi.kernel.synthetic.Traffic;
import org.hinomi.kernel.synthetic.TrafficPlan;
import org.junit.jupiter.api.Test;

/**
 * Made-up traffic of which every runner must find the same: the lines of {@code scan-events.txt}, which are
 * {@link Detection#line} of every revision, ordered by id and revision. {@code -Dtest.baseline=write} writes them anew.
 */
class GoldenTraceTest {
    /** The plan of the trace: stream {@code golden}, dark addresses {@link TrafficPlan#USUAL_DARKNET}. */
    private static final TrafficPlan PLAN = new TrafficPlan(
            Profile.MIXED,
            20_260_101,
            1_767_225_600L * 1_000_000_000L,
            Duration.ofHours(2).toNanos(),
            TrafficPlan.USUAL_DARKNET,
            10_000);

    private static final Path BASELINE = Path.of("src/test/resources/org/hinomi/kernel/detect/scan-events.txt");

    private static FingerprintCatalogue catalogue() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                GoldenTraceTest.class.getResourceAsStream("/org/hinomi/kernel/fingerprints.txt"))) {
            return FingerprintCatalogue.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void theTraceGivesTheDetectionsOfTheBaseline() throws IOException {
        FingerprintCatalogue catalogue = catalogue();
        List<String> rules =
                catalogue.packetRules().stream().map(Fingerprint::name).toList();
        PrefixSet dark = TrafficPlan.USUAL_DARKNET;
        List<Detection> found = new ArrayList<>();
        KeyedEngine<ScanState> engine = new KeyedEngine<>(
                new ScanEvents(Map.of(), rules), (stream, minute) -> dark.v4Size(), Probes.ROOMY, found::add);
        FlowRow row = new FlowRow();
        FlowMinutes minutes = new FlowMinutes(1 << 20, batch -> {
            for (int i = 0; i < batch.size(); i++) {
                batch.read(i, row);
                engine.add("golden", row);
            }
            engine.advance("golden", KeyedEngine.watermark(batch.time()));
        });
        new Traffic(PLAN)
                .emitAll(new PacketPath(dark, catalogue, minutes, (n, header, m, bytes, offset, c, linkType) -> {}));
        minutes.close();
        engine.end("golden");
        assertThat(engine.late() + engine.overflowed() + engine.evicted()).isZero();
        List<String> lines = Probes.lines(found);
        if ("write".equals(System.getProperty("test.baseline"))) {
            Files.createDirectories(BASELINE.getParent());
            Files.write(BASELINE, lines);
        }
        assertThat(lines).hasSizeGreaterThan(100).isEqualTo(Files.readAllLines(BASELINE));
    }
}
