package org.hinomi.kernel.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.hinomi.kernel.Seeds;
import org.hinomi.kernel.detect.Probes.Tuple;
import org.hinomi.kernel.flow.FlowBlock;
import org.hinomi.kernel.flow.FlowRow;
import org.junit.jupiter.api.Test;

/** However tuples are ordered, split, or interrupted, the same is found. */
class TwoRunnersTest {
    private static final Map<String, Long> FEW = Map.of("most_open_events", 20L, "report_seconds", 120L);

    @Test
    void theOrderInsideTheLatenessMakesNoDifference() {
        Seeds.check(20, random -> {
            List<Tuple> tuples = Probes.traffic(random, 120);
            List<String> expected = Probes.lines(Probes.run(Probes.scans(FEW), tuples));
            assertThat(expected).isNotEmpty();
            assertThat(Probes.lines(Probes.run(Probes.scans(FEW), disturbed(random, tuples))))
                    .isEqualTo(expected);
        });
    }

    /** Puts tuples into another order, none behind one that is more than the allowed lateness newer. */
    private static List<Tuple> disturbed(Random random, List<Tuple> tuples) {
        Map<Tuple, Long> at = new HashMap<>();
        tuples.forEach(tuple -> at.put(tuple, tuple.minute() * 1000 + random.nextInt(120_001)));
        List<Tuple> other = new ArrayList<>(tuples);
        Collections.shuffle(other, random);
        other.sort(java.util.Comparator.comparingLong(at::get));
        return other;
    }

    @Test
    void partitionsFindTheSameAsOneEngine() {
        Seeds.check(10, random -> {
            List<Tuple> tuples = Probes.traffic(random, 120);
            List<Detection> found = new ArrayList<>();
            List<KeyedEngine<ScanState>> engines = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                engines.add(Probes.engine(Probes.scans(FEW), found::add));
            }
            FlowRow row = new FlowRow();
            for (Tuple tuple : tuples) {
                tuple.read(row);
                int to = KeyedEngine.partition(KeyStage.SOURCE, row, Probes.REFERENCE, engines.size());
                engines.get(to).add("tokyo", row);
                engines.forEach(e -> e.advance("tokyo", KeyedEngine.watermark(tuple.minute())));
            }
            engines.forEach(engine -> engine.end("tokyo"));
            assertThat(Probes.lines(found)).isEqualTo(Probes.lines(Probes.run(Probes.scans(FEW), tuples)));
        });
    }

    /** What a stream processor does: a cell and the pending minutes are the state of each key, and no more is known. */
    @Test
    void aCellForEachKeyFindsTheSameAsOneEngine() {
        Seeds.check(10, random -> {
            List<Tuple> tuples = Probes.traffic(random, 120);
            List<Detection> found = new ArrayList<>();
            DetectorRuntime<ScanState> runtime = new DetectorRuntime<>(Probes.scans(FEW), Probes.REFERENCE, found::add);
            Map<String, List<Tuple>> keys = new TreeMap<>();
            FlowRow row = new FlowRow();
            for (Tuple tuple : tuples) {
                tuple.read(row);
                keys.computeIfAbsent(row.srcHi + " " + row.srcLo, k -> new ArrayList<>())
                        .add(tuple);
            }
            keys.values().forEach(of -> oneKey(runtime, disturbed(random, of)));
            assertThat(Probes.lines(found)).isEqualTo(Probes.lines(Probes.run(Probes.scans(FEW), tuples)));
        });
    }

    private static void oneKey(DetectorRuntime<ScanState> runtime, List<Tuple> tuples) {
        FlowRow row = new FlowRow();
        tuples.getFirst().read(row);
        KeyedCell<ScanState> cell = new KeyedCell<>(runtime.detector(), "tokyo", row.srcHi, row.srcLo);
        TreeMap<Long, FlowBlock> pending = new TreeMap<>();
        long newest = Long.MIN_VALUE;
        for (Tuple tuple : tuples) {
            tuple.read(row);
            pending.computeIfAbsent(row.time, FlowBlock::new).add(row);
            newest = Math.max(newest, row.time);
            while (pending.firstKey() < KeyedEngine.watermark(newest)) {
                runtime.minute(cell, pending.pollFirstEntry().getValue());
            }
            runtime.wake(cell, KeyedEngine.watermark(newest));
            cell = copied(runtime.detector(), cell);
        }
        for (FlowBlock block : pending.values()) {
            runtime.minute(cell, block);
        }
        runtime.wake(cell, KeyedEngine.END);
        assertThat(cell.isEmpty()).isTrue();
    }

    private static KeyedCell<ScanState> copied(Detector<ScanState> detector, KeyedCell<ScanState> cell) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            cell.write(new DataOutputStream(bytes));
            return KeyedCell.read(detector, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anEngineWrittenAndReadAgainAtAnyPointGoesOnAsIfNothingHadBeen() {
        Seeds.check(20, random -> {
            List<Tuple> tuples = Probes.traffic(random, 120);
            List<Detection> found = new ArrayList<>();
            KeyedEngine<ScanState> engine = Probes.engine(Probes.scans(FEW), found::add);
            for (int from = 0; from < tuples.size(); ) {
                int to = Math.min(tuples.size(), from + 1 + random.nextInt(tuples.size() / 3));
                Probes.feed(engine, tuples.subList(from, to));
                engine = copied(engine, Probes.engine(Probes.scans(FEW), found::add));
                from = to;
            }
            engine.end("tokyo");
            assertThat(engine.keys()).isZero();
            assertThat(engine.bytes()).isZero();
            assertThat(Probes.lines(found)).isEqualTo(Probes.lines(Probes.run(Probes.scans(FEW), tuples)));
        });
    }

    private static KeyedEngine<ScanState> copied(KeyedEngine<ScanState> from, KeyedEngine<ScanState> to) {
        try {
            to.read(new DataInputStream(new ByteArrayInputStream(bytes(from))));
            assertThat(to.bytes()).isEqualTo(from.bytes());
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(KeyedEngine<ScanState> engine) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        engine.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Test
    void aReplayFromASnapshotGivesTheSameRevisionsAgain() {
        Seeds.check(10, random -> {
            List<Tuple> tuples = Probes.traffic(random, 90);
            int at = random.nextInt(tuples.size());
            List<Detection> once = new ArrayList<>();
            KeyedEngine<ScanState> engine = Probes.engine(Probes.scans(FEW), once::add);
            Probes.feed(engine, tuples.subList(0, at));
            List<Detection> again = new ArrayList<>(once);
            KeyedEngine<ScanState> second = copied(engine, Probes.engine(Probes.scans(FEW), again::add));
            Probes.feed(engine, tuples.subList(at, tuples.size()));
            Probes.feed(second, tuples.subList(at, tuples.size()));
            assertThat(Probes.lines(again)).isEqualTo(Probes.lines(once));
        });
    }

    @Test
    void aSnapshotOfOtherSettingsIsRefused() throws IOException {
        byte[] bytes = bytes(Probes.engine(Probes.scans(FEW), detection -> {}));
        KeyedEngine<ScanState> other = Probes.engine(Probes.scans(Map.of()), detection -> {});
        assertThatThrownBy(() -> other.read(new DataInputStream(new ByteArrayInputStream(bytes))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("written for scan/1");
    }
}
