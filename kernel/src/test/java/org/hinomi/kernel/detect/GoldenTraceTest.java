package org.hinomi.kernel.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.address.Owner;
import org.hinomi.kernel.address.OwnerTable;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.device.DeviceCatalogue;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowMinutes;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.observe.PacketPath;
import org.hinomi.kernel.synthetic.Profile;
import org.hinomi.kernel.synthetic.Traffic;
import org.hinomi.kernel.synthetic.TrafficPlan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Made-up traffic of which every runner must find the same: the lines of {@code scan-events.txt}, {@code
 * attacks.txt} and {@code own.txt}, which are {@link Detection#line} of every revision, ordered by id and revision. {@code -Dtest.baseline=write} writes them anew.
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

    static FingerprintCatalogue catalogue() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                GoldenTraceTest.class.getResourceAsStream("/org/hinomi/kernel/fingerprints.txt"))) {
            return FingerprintCatalogue.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** The plan of the trace of attacks, a third of an hour of mostly backscatter; else as {@link #PLAN}. */
    private static final TrafficPlan ATTACKS_PLAN = new TrafficPlan(
            Profile.BACKSCATTER,
            20_260_102,
            1_767_225_600L * 1_000_000_000L,
            Duration.ofMinutes(20).toNanos(),
            TrafficPlan.USUAL_DARKNET,
            10_000);

    private static final Path OWN = BASELINE.resolveSibling("own.txt");

    /** Two organisations, one in the other. */
    private static final OwnerTable OWNERS = new OwnerTable(
            List.of(
                    new OwnerTable.Block(Prefix.parse("64.0.0.0/4"), new Owner("north", "North")),
                    new OwnerTable.Block(Prefix.parse("72.0.0.0/5"), new Owner("south", "South"))),
            Map.of(),
            Origin.UNKNOWN);

    private static final Reference REFERENCE = new Reference() {
        @Override
        public long darkAddresses(String stream, long minute) {
            return TrafficPlan.USUAL_DARKNET.v4Size();
        }

        @Override
        public @Nullable Owner owner(long hi, long lo, long minute) {
            return OWNERS.at(hi, lo);
        }
    };

    private static final DeviceCatalogue DEVICES = devices();

    private static DeviceCatalogue devices() {
        try (InputStream in =
                Objects.requireNonNull(GoldenTraceTest.class.getResourceAsStream("/org/hinomi/kernel/devices.txt"))) {
            return DeviceCatalogue.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final Path ATTACKS = BASELINE.resolveSibling("attacks.txt");
    private static final Path SURGES = BASELINE.resolveSibling("surges.txt");

    @Test
    void theTraceGivesTheDetectionsOfTheBaseline() throws IOException {
        List<String> rules =
                catalogue().packetRules().stream().map(Fingerprint::name).toList();
        List<String> lines = lines(PLAN, new ScanEvents(Map.of(), rules));
        assertThat(lines).hasSizeGreaterThan(100).isEqualTo(baseline(BASELINE, lines));
    }

    @Test
    void theTraceOfAttacksGivesTheDetectionsOfItsBaseline() throws IOException {
        List<String> lines = lines(ATTACKS_PLAN, new BackscatterAttacks(Map.of()));
        assertThat(lines).hasSizeGreaterThan(10).isEqualTo(baseline(ATTACKS, lines));
    }

    @Test
    void theTraceGivesTheMachinesOfOrganisationsOfItsBaseline() throws IOException {
        List<String> rules =
                catalogue().packetRules().stream().map(Fingerprint::name).toList();
        List<String> lines = lines(PLAN, new OwnMachines(Map.of(), rules, DEVICES));
        assertThat(lines).hasSizeGreaterThan(100).isEqualTo(baseline(OWN, lines));
        assertThat(String.join("\n", lines)).contains("grade=probable", "cause=backscatter", "organisation=south");
    }

    /** Two hours are too short to learn from, so nothing is learned and the least is told. */
    @Test
    void theTraceGivesTheSurgesOfItsBaseline() throws IOException {
        Map<String, Long> soon =
                Map.of("learn_days", 0L, "bin_minutes", 1L, "least_sources", 3L, "false_alarms_a_day", 1_000_000L);
        List<String> lines = lines(PLAN, new Surges(SurgeDimension.PORT, soon));
        assertThat(lines).hasSizeGreaterThan(10).isEqualTo(baseline(SURGES, lines));
    }

    private static List<String> baseline(Path file, List<String> lines) throws IOException {
        if ("write".equals(System.getProperty("test.baseline"))) {
            Files.createDirectories(file.getParent());
            Files.write(file, lines);
        }
        return Files.readAllLines(file);
    }

    private static <S extends KeyState> List<String> lines(TrafficPlan plan, Detector<S> detector) throws IOException {
        PrefixSet dark = TrafficPlan.USUAL_DARKNET;
        List<Detection> found = new ArrayList<>();
        KeyedEngine<S> engine = new KeyedEngine<>(detector, REFERENCE, Probes.ROOMY, found::add);
        FlowRow row = new FlowRow();
        FlowMinutes minutes = new FlowMinutes(1 << 20, batch -> {
            for (int i = 0; i < batch.size(); i++) {
                batch.read(i, row);
                engine.add("golden", row);
            }
            engine.advance("golden", KeyedEngine.watermark(batch.time()));
        });
        new Traffic(plan)
                .emitAll(new PacketPath(dark, catalogue(), minutes, (n, header, m, bytes, offset, c, linkType) -> {}));
        minutes.close();
        engine.end("golden");
        assertThat(engine.late() + engine.overflowed() + engine.evicted()).isZero();
        return Probes.lines(found);
    }
}
