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
import java.util.function.Function;
import org.hinomi.kernel.Seeds;
import org.hinomi.kernel.detect.Probes.Tuple;
import org.hinomi.kernel.flow.FlowBlock;
import org.hinomi.kernel.flow.FlowRow;
import org.junit.jupiter.api.Test;

/** However tuples are ordered, split, or interrupted, the same is found. */
class TwoRunnersTest {
    private static final Map<String, Long> FEW = Map.of("most_open_events", 20L, "report_seconds", 120L);

    /** A detector, and traffic in which it finds something. */
    private record Case<S extends KeyState>(Detector<S> detector, Function<Random, List<Tuple>> traffic) {}

    private static final List<Case<?>> CASES = List.of(
            new Case<>(Probes.scans(FEW), random -> Probes.traffic(random, 120)),
            new Case<>(Probes.attacks(), random -> Probes.traffic(random, 120)),
            new Case<>(
                    new FamilyVerdicts(Map.of("quiet_seconds", 600L), Probes.FINGERPRINTS, Probes.DEVICES),
                    random -> Probes.traffic(random, 120)),
            new Case<>(
                    new PortSweeps(Map.of("least_ports", 2L, "quiet_seconds", 300L)),
                    random -> Probes.traffic(random, 120)),
            new Case<>(
                    Probes.own(Map.of(
                            "report_seconds", 120L,
                            "quiet_seconds", 3600L,
                            "memory_seconds", 7200L,
                            "strong_packets", 10L)),
                    random -> Probes.traffic(random, 120)),
            new Case<>(Probes.surges(SurgeDimension.PORT), Probes::days),
            new Case<>(Probes.surges(SurgeDimension.COUNTRY), Probes::days),
            new Case<>(Probes.surges(SurgeDimension.NETWORK), Probes::days),
            new Case<>(Probes.synchrony(KeyStage.PORT), Probes::gathering),
            new Case<>(Probes.synchrony(KeyStage.ALL), Probes::gathering));

    @Test
    void theOrderInsideTheLatenessMakesNoDifference() {
        Seeds.check(20, random -> CASES.forEach(each -> order(random, each)));
    }

    private static <S extends KeyState> void order(Random random, Case<S> of) {
        Detector<S> detector = of.detector();
        List<Tuple> tuples = of.traffic().apply(random);
        List<String> expected = Probes.lines(Probes.run(detector, tuples));
        assertThat(expected).isNotEmpty();
        assertThat(Probes.lines(Probes.run(detector, disturbed(random, tuples))))
                .isEqualTo(expected);
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
        Seeds.check(10, random -> CASES.forEach(each -> partitions(random, each)));
    }

    private static <S extends KeyState> void partitions(Random random, Case<S> of) {
        Detector<S> detector = of.detector();
        List<Tuple> tuples = of.traffic().apply(random);
        List<Detection> found = new ArrayList<>();
        List<KeyedEngine<S>> engines = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            engines.add(Probes.engine(detector, found::add));
        }
        FlowRow row = new FlowRow();
        for (Tuple tuple : tuples) {
            tuple.read(row);
            int to = KeyedEngine.partition(detector.declaration().stage(), row, Probes.REFERENCE, engines.size());
            engines.forEach(e -> e.begin("tokyo", tuple.minute()));
            engines.get(to).add("tokyo", row);
            engines.forEach(e -> e.advance("tokyo", KeyedEngine.watermark(tuple.minute())));
        }
        engines.forEach(engine -> engine.end("tokyo"));
        assertThat(Probes.lines(found)).isEqualTo(Probes.lines(Probes.run(detector, tuples)));
    }

    /** What a stream processor does: a cell and the pending minutes are the state of each key, and no more is known. */
    @Test
    void aCellForEachKeyFindsTheSameAsOneEngine() {
        Seeds.check(10, random -> CASES.forEach(each -> cells(random, each)));
    }

    private static <S extends KeyState> void cells(Random random, Case<S> of) {
        Detector<S> detector = of.detector();
        List<Tuple> tuples = of.traffic().apply(random);
        List<Detection> found = new ArrayList<>();
        DetectorRuntime<S> runtime = new DetectorRuntime<>(detector, Probes.REFERENCE, found::add);
        Map<String, List<Tuple>> keys = new TreeMap<>();
        KeyStage stage = detector.declaration().stage();
        FlowRow row = new FlowRow();
        for (Tuple tuple : tuples) {
            tuple.read(row);
            String key = stage.hi(row) + " " + stage.lo(row, Probes.REFERENCE);
            keys.computeIfAbsent(key, k -> new ArrayList<>()).add(tuple);
        }
        runtime.observedSince(tuples.getFirst().minute());
        keys.values().forEach(one -> oneKey(runtime, disturbed(random, one)));
        assertThat(Probes.lines(found)).isEqualTo(Probes.lines(Probes.run(detector, tuples)));
    }

    private static <S extends KeyState> void oneKey(DetectorRuntime<S> runtime, List<Tuple> tuples) {
        FlowRow row = new FlowRow();
        tuples.getFirst().read(row);
        KeyedCell<S> cell = new KeyedCell<>(
                runtime.detector(),
                "tokyo",
                runtime.detector().declaration().stage().hi(row),
                runtime.detector().declaration().stage().lo(row, Probes.REFERENCE));
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

    private static <S extends KeyState> KeyedCell<S> copied(Detector<S> detector, KeyedCell<S> cell) {
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
        Seeds.check(20, random -> CASES.forEach(each -> writtenAndRead(random, each)));
    }

    private static <S extends KeyState> void writtenAndRead(Random random, Case<S> of) {
        Detector<S> detector = of.detector();
        List<Tuple> tuples = of.traffic().apply(random);
        List<Detection> found = new ArrayList<>();
        KeyedEngine<S> engine = Probes.engine(detector, found::add);
        for (int from = 0; from < tuples.size(); ) {
            int to = Math.min(tuples.size(), from + 1 + random.nextInt(tuples.size() / 3));
            Probes.feed(engine, tuples.subList(from, to));
            engine = copied(engine, Probes.engine(detector, found::add));
            from = to;
        }
        engine.end("tokyo");
        assertThat(engine.keys()).isZero();
        assertThat(engine.bytes()).isZero();
        assertThat(Probes.lines(found)).isEqualTo(Probes.lines(Probes.run(detector, tuples)));
    }

    private static <S extends KeyState> KeyedEngine<S> copied(KeyedEngine<S> from, KeyedEngine<S> to) {
        try {
            to.read(new DataInputStream(new ByteArrayInputStream(bytes(from))));
            assertThat(to.bytes()).isEqualTo(from.bytes());
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(KeyedEngine<?> engine) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        engine.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Test
    void aReplayFromASnapshotGivesTheSameRevisionsAgain() {
        Seeds.check(10, random -> CASES.forEach(each -> replayed(random, each)));
    }

    private static <S extends KeyState> void replayed(Random random, Case<S> of) {
        Detector<S> detector = of.detector();
        List<Tuple> tuples = of.traffic().apply(random);
        int at = random.nextInt(tuples.size());
        List<Detection> once = new ArrayList<>();
        KeyedEngine<S> engine = Probes.engine(detector, once::add);
        Probes.feed(engine, tuples.subList(0, at));
        List<Detection> again = new ArrayList<>(once);
        KeyedEngine<S> second = copied(engine, Probes.engine(detector, again::add));
        Probes.feed(engine, tuples.subList(at, tuples.size()));
        Probes.feed(second, tuples.subList(at, tuples.size()));
        assertThat(Probes.lines(again)).isEqualTo(Probes.lines(once));
    }

    @Test
    void aSnapshotOfOtherSettingsIsRefused() throws IOException {
        byte[] bytes = bytes(Probes.engine(Probes.scans(FEW), detection -> {}));
        KeyedEngine<ScanState> other = Probes.engine(Probes.scans(Map.of()), detection -> {});
        assertThatThrownBy(() -> other.read(new DataInputStream(new ByteArrayInputStream(bytes))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("written for scan/3");
    }
}
