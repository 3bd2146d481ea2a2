package org.hinomi.scale;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.datasketches.hll.HllSketch;
import org.hinomi.kernel.detect.Detection;
import org.hinomi.kernel.detect.Detector;
import org.hinomi.kernel.detect.KeyState;
import org.hinomi.kernel.detect.KeyedEngine;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowBlock;
import org.hinomi.kernel.flow.FlowMinutes;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.observe.PacketPath;
import org.hinomi.kernel.synthetic.Profile;
import org.hinomi.kernel.synthetic.Traffic;
import org.hinomi.kernel.synthetic.TrafficPlan;
import org.hinomi.kernel.tally.HourTally;
import org.hinomi.kernel.tally.Tally;
import org.hinomi.kernel.tally.TallyRow;
import org.hinomi.scale.result.DetectionRow;
import org.hinomi.wire.batch.BatchHeader;
import org.hinomi.wire.batch.Batches;
import org.hinomi.wire.batch.Part;
import org.hinomi.wire.batch.SensorReport;

/** The kernel's golden trace as batches, and what the runner in one process finds in it. */
final class GoldenTrace {
    static final long START = 1_767_225_600L;
    static final FingerprintCatalogue CATALOGUE = Rig.knowledge().catalogue();

    final String sensor;
    final List<FlowBlock> minutes = new ArrayList<>();

    /** The trace under the name of a sensor; {@code golden} with 10,000 packets in two hours is the kernel's own. */
    GoldenTrace(String sensor, Profile profile, long seed, int packets, Duration duration) {
        this.sensor = sensor;
        TrafficPlan plan = new TrafficPlan(
                Profile.MIXED, seed, START * 1_000_000_000L, duration.toNanos(), TrafficPlan.USUAL_DARKNET, packets);
        FlowRow row = new FlowRow();
        FlowMinutes closing = new FlowMinutes(1 << 20, batch -> {
            FlowBlock block = new FlowBlock(batch.time());
            for (int i = 0; i < batch.size(); i++) {
                batch.read(i, row);
                block.add(row);
            }
            minutes.add(block);
        });
        new Traffic(plan)
                .emitAll(new PacketPath(
                        TrafficPlan.USUAL_DARKNET,
                        CATALOGUE,
                        closing,
                        (n, header, m, bytes, offset, c, linkType) -> {}));
        closing.close();
    }

    static GoldenTrace golden() {
        return new GoldenTrace("golden", Profile.MIXED, 20_260_101, 10_000, Duration.ofHours(2));
    }

    static long packets(FlowBlock block) {
        FlowRow row = new FlowRow();
        long packets = 0;
        for (int i = 0; i < block.size(); i++) {
            block.read(i, row);
            packets += row.packetCnt;
        }
        return packets;
    }

    long tuples() {
        return minutes.stream().mapToLong(FlowBlock::size).sum();
    }

    static SensorReport report(long upTo) {
        return new SensorReport(
                "test", 0, "running", "", START, upTo, -1, 0, 0, 0, 0, 0, 0, 0, Map.of(), 0, 0, null, null, List.of());
    }

    byte[] batch(int minute) {
        FlowBlock block = minutes.get(minute);
        Part part = new Part(minute + 1, block.time(), block.size(), packets(block), false);
        BatchHeader header = new BatchHeader(sensor, "0a", List.of(part), report(block.time()));
        return Batches.encode(header, CATALOGUE, List.of(block));
    }

    /** What a sensor says when nothing came for longer than any detector waits: all is over. */
    byte[] end() {
        long upTo = minutes.getLast().time() + Duration.ofHours(30).toSeconds();
        return Batches.encode(new BatchHeader(sensor, "0a", List.of(), report(upTo)), CATALOGUE, List.of());
    }

    List<Map.Entry<String, byte[]>> batches(int from, int to) {
        List<Map.Entry<String, byte[]>> batches = new ArrayList<>();
        for (int minute = from; minute < to; minute++) {
            batches.add(Map.entry(sensor, batch(minute)));
        }
        return batches;
    }

    /** Every revision of every detection. */
    List<Detection> detections() {
        List<Detection> found = new ArrayList<>();
        for (Detector<?> detector : Rig.knowledge().detectors()) {
            var unused = run(detector, found::add);
        }
        found.sort(Comparator.comparing(Detection::id).thenComparingInt(Detection::revision));
        return found;
    }

    /** How many events the detectors had to forget. */
    long forgotten() {
        return Rig.knowledge().detectors().stream()
                .mapToLong(detector -> run(detector, found -> {}))
                .sum();
    }

    private <S extends KeyState> long run(Detector<S> detector, Consumer<Detection> found) {
        KeyedEngine<S> engine = new KeyedEngine<>(
                detector, Rig.knowledge().reference(), new KeyedEngine.Bounds(1 << 28, 1 << 20), found);
        FlowRow row = new FlowRow();
        for (FlowBlock block : minutes) {
            for (int i = 0; i < block.size(); i++) {
                block.read(i, row);
                engine.add(sensor, row);
            }
            engine.advance(sensor, KeyedEngine.watermark(block.time()));
        }
        engine.end(sensor);
        return engine.forgotten();
    }

    /** The newest revision of each detection, by id, as the table has it. */
    Map<String, DetectionRow> rows() {
        Map<String, DetectionRow> rows = new TreeMap<>();
        detections().forEach(detection -> rows.put(detection.id(), DetectionRow.of(detection)));
        return rows;
    }

    /** The sums, by key, as lines. */
    Map<String, String> sums() {
        Map<Long, HourTally> hours = new TreeMap<>();
        Map<Long, Tally> sums = new TreeMap<>();
        FlowRow row = new FlowRow();
        for (FlowBlock block : minutes) {
            for (int i = 0; i < block.size(); i++) {
                block.read(i, row);
                hours.computeIfAbsent(
                                row.time / 3600 * 3600,
                                hour -> new HourTally(
                                        sensor, hour, CATALOGUE, Rig.knowledge().iotPorts()))
                        .add(row, "??", 0);
                Tally minute = sums.computeIfAbsent(row.time, time -> new Tally());
                minute.add(row, Rig.knowledge().iotPorts());
                minute.destination(row);
            }
        }
        Map<String, String> lines = new TreeMap<>();
        hours.values().forEach(hour -> hour.rows().forEach(each -> lines.put(key(each), line(each))));
        sums.forEach((time, tally) -> {
            TallyRow each = tally.row(sensor, 60, time, "all", "");
            lines.put(key(each), line(each));
        });
        return lines;
    }

    static String key(TallyRow row) {
        return row.sensor() + " " + row.step() + " " + row.time() + " " + row.dimension() + " " + row.key();
    }

    static String line(TallyRow row) {
        return row.packets() + " " + row.tuples() + " " + row.synOrUdp() + " " + row.toIot() + " "
                + Arrays.toString(row.classes()) + Arrays.toString(row.kinds()) + " "
                + HllSketch.heapify(row.sources()).getEstimate() + " "
                + (row.destinations().length == 0
                        ? "none"
                        : HllSketch.heapify(row.destinations()).getEstimate());
    }
}
