package org.hinomi.kernel.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.address.Owner;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowMinutes;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.observe.PacketPath;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.synthetic.Profile;
import org.hinomi.kernel.synthetic.SourceTruth;
import org.hinomi.kernel.synthetic.Traffic;
import org.hinomi.kernel.synthetic.TrafficPlan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Made-up traffic of ten days whose truth is known, as if all of its sources were one organisation's. */
class OwnTruthTest {
    private static final Owner EVERYBODY = new Owner("everybody", "Everybody");

    private static final Reference REFERENCE = new Reference() {
        @Override
        public long darkAddresses(String stream, long minute) {
            return TrafficPlan.USUAL_DARKNET.v4Size();
        }

        @Override
        public @Nullable Owner owner(long hi, long lo, long minute) {
            return EVERYBODY;
        }
    };

    /** The highest grade that each source got. */
    private static Map<String, OwnGrade> grades(Traffic traffic, FingerprintCatalogue catalogue) {
        Map<String, OwnGrade> best = new HashMap<>();
        OwnMachines detector = new OwnMachines(
                Map.of(),
                catalogue.packetRules().stream().map(Fingerprint::name).toList(),
                Probes.DEVICES);
        KeyedEngine<OwnState> engine = new KeyedEngine<>(detector, REFERENCE, Probes.ROOMY, detection -> {
            String grade = detection.field("grade").orElseThrow().text();
            OwnGrade found = OwnGrade.valueOf(grade.toUpperCase(java.util.Locale.ROOT));
            best.merge(detection.key().split(" ")[0], found, (a, b) -> a.compareTo(b) > 0 ? a : b);
        });
        PrefixSet dark = TrafficPlan.USUAL_DARKNET;
        FlowRow row = new FlowRow();
        FlowMinutes minutes = new FlowMinutes(1 << 20, batch -> {
            for (int i = 0; i < batch.size(); i++) {
                batch.read(i, row);
                engine.add("golden", row);
            }
            engine.advance("golden", KeyedEngine.watermark(batch.time()));
        });
        traffic.emitAll(new PacketPath(dark, catalogue, minutes, (n, header, m, bytes, offset, c, linkType) -> {}));
        minutes.close();
        engine.end("golden");
        return best;
    }

    /** Wrong settings and peers of file sharing are no scans, though each of their packets is one of a scan's kind. */
    private static boolean scans(SourceTruth source) {
        return source.kind() == Kind.SCAN && !List.of("misconfigured", "peers").contains(source.family());
    }

    @Test
    void whoScansWithFivePacketsIsProbableAndWhoIsAttackedOrSetUpWronglyIsNot() throws IOException {
        Traffic traffic = new Traffic(new TrafficPlan(
                Profile.DAY,
                20_260_401,
                1_767_225_600L * 1_000_000_000L,
                Duration.ofDays(10).toNanos(),
                TrafficPlan.USUAL_DARKNET,
                25_000));
        Map<String, OwnGrade> best = grades(traffic, GoldenTraceTest.catalogue());
        List<String> missed = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        int[] scanners = new int[1];
        traffic.truth().forEachSource(source -> {
            OwnGrade grade = best.getOrDefault(source.address().toString(), OwnGrade.UNPROVEN);
            boolean told = grade.compareTo(OwnGrade.PROBABLE) >= 0;
            if (scans(source) && source.packets() >= 5) {
                scanners[0]++;
                if (!told) {
                    missed.add(source.toString());
                }
            } else if (told
                    && (source.kind() == Kind.BACKSCATTER || source.family().equals("misconfigured"))) {
                wrong.add(source.toString());
            }
        });
        assertThat(wrong).isEmpty();
        assertThat(scanners[0]).isGreaterThan(400);
        assertThat(missed).hasSizeLessThanOrEqualTo(scanners[0] / 100);
    }
}
