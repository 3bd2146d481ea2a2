package org.hinomi.observatory.telescope.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.observatory.telescope.uplink.Waiting.Entry;
import org.hinomi.wire.batch.Lost;
import org.hinomi.wire.batch.SensorReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final long ROOM = 1 << 30;
    private static final SensorReport REPORT = new SensorReport(
            "test", 1, "running", "", 0, 0, 0, 100, 0, 0, 0, 0, 0, 0, Map.of(), 0, 0, null, null, List.of());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private record Minute(long time, int size) implements FlowBatch {
        @Override
        public boolean saturated() {
            return false;
        }

        @Override
        public void read(int index, FlowRow row) {
            row.clear();
            row.time = time;
            row.srcLo = index * 0x9e3779b97f4a7c15L;
            row.packetCnt = 2;
        }
    }

    private Spool spool(String incarnation, long bytes, boolean keepOldest) {
        return new Spool(folder, "osaka", incarnation, bytes, keepOldest);
    }

    private static void keep(Spool spool, long minute, int tuples) {
        spool.minute(new Minute(minute * 60, tuples), () -> REPORT);
    }

    private static List<Long> minutes(List<Entry> entries) {
        return entries.stream().map(entry -> entry.name().minute() / 60).toList();
    }

    @Test
    void minutesComeOutInTheOrderTheyWentInEarlierRunsFirst() {
        try (Spool first = spool("1", ROOM, false)) {
            keep(first, 3, 10);
            keep(first, 2, 10);
        }
        try (Spool second = spool("2", ROOM, false)) {
            keep(second, 4, 10);
            List<Entry> earlier = second.take(10);
            assertThat(minutes(earlier)).containsExactly(3L, 2L);
            assertThat(earlier).allMatch(entry -> entry.incarnation().equals("1"));
            assertThat(second.over()).isEmpty();
            second.sent(earlier);
            assertThat(second.over()).containsExactly("1");
            second.forget("1");
            assertThat(second.over()).isEmpty();
            assertThat(minutes(second.take(10))).containsExactly(4L);
        }
    }

    @Test
    void aFullSpoolDropsItsOldestMinutesAndTellsOfThem() {
        try (Spool spool = spool("1", 30_000, false)) {
            for (int minute = 1; minute <= 20; minute++) {
                keep(spool, minute, 500);
            }
            List<Entry> left = spool.take(100);
            assertThat(left.stream().mapToLong(Entry::bytes).sum()).isLessThanOrEqualTo(30_000);
            long oldest = minutes(left).getFirst();
            assertThat(oldest).isGreaterThan(1);
            assertThat(minutes(left).getLast()).isEqualTo(20);
            SensorReport report = spool.complete("1", REPORT, Set.of());
            assertThat(report.spoolDrops()).isEqualTo((oldest - 1) * 1000);
            assertThat(report.lost()).containsExactly(new Lost(60, oldest * 60, "lost in the sensor's full spool"));
            assertThat(report.waitingParts()).isEqualTo(left.size());
        }
    }

    @Test
    void aFullSpoolThatKeepsItsOldestMinutesDropsTheNewOnes() {
        try (Spool spool = spool("1", 30_000, true)) {
            for (int minute = 1; minute <= 20; minute++) {
                keep(spool, minute, 500);
            }
            assertThat(minutes(spool.take(100)).getFirst()).isEqualTo(1);
            assertThat(spool.complete("1", REPORT, Set.of()).lost()).hasSize(1).allMatch(lost -> lost.to() == 21 * 60);
        }
    }

    @Test
    void whatIsOnItsWayIsNotDropped() {
        try (Spool spool = spool("1", 30_000, false)) {
            keep(spool, 1, 500);
            List<Entry> onTheWay = spool.take(1);
            for (int minute = 2; minute <= 20; minute++) {
                keep(spool, minute, 500);
            }
            assertThat(spool.read(onTheWay.getFirst())).isPresent();
            spool.sent(onTheWay);
            assertThat(spool.complete("1", REPORT, Set.of()).lost()).noneMatch(lost -> lost.from() == 60);
        }
    }

    @Test
    void aMinuteThatCantBeWrittenIsCountedAndTheNextIsKept() throws Exception {
        try (Spool spool = spool("1", ROOM, false)) {
            keep(spool, 1, 10);
            Path hour = Files.createFile(folder.resolve("segments/1/3600"));
            keep(spool, 60, 10);
            keep(spool, 61, 10);
            Files.delete(hour);
            keep(spool, 62, 10);
            assertThat(minutes(spool.take(10))).containsExactly(1L, 62L);
            SensorReport report = spool.complete("1", REPORT, Set.of());
            assertThat(report.ownDrops()).isEqualTo(40);
            assertThat(report.lost())
                    .containsExactly(new Lost(3600, 3720, "could not be written to the sensor's spool"));
        }
    }

    @Test
    void whatTheTowerRefusesIsKeptApartAndToldEvenByTheNextRun() throws Exception {
        try (Spool spool = spool("1", ROOM, false)) {
            keep(spool, 1, 10);
            keep(spool, 2, 10);
            spool.refused(spool.take(1).getFirst(), "it is damaged");
            assertThat(minutes(spool.take(10))).containsExactly(2L);
            spool.save(REPORT);
        }
        try (Stream<Path> files = Files.list(folder.resolve("refused"))) {
            assertThat(files).hasSize(1);
        }
        try (Spool next = spool("2", ROOM, false)) {
            SensorReport report = next.complete("1", next.earlier("1").orElseThrow(), Set.of());
            assertThat(report.refusedParts()).isEqualTo(1);
            assertThat(report.upTo()).isEqualTo(120);
            SensorReport last = next.complete("1", next.earlier("1").orElseThrow(), Set.copyOf(next.take(1)));
            assertThat(last.upTo()).isEqualTo(180);
            assertThat(last.state()).isEqualTo("stopped");
        }
    }

    @Test
    void allThatLiesBeforeTheFirstMinuteThatWaitsHasBeenSent() {
        try (Spool spool = spool("1", ROOM, false)) {
            keep(spool, 5, 10);
            keep(spool, 6, 10);
            assertThat(spool.complete("1", REPORT, Set.of()).upTo()).isEqualTo(300);
            List<Entry> first = spool.take(1);
            assertThat(spool.complete("1", REPORT, Set.copyOf(first)).upTo()).isEqualTo(360);
            spool.sent(spool.take(2));
            assertThat(spool.complete("1", REPORT, Set.of()).upTo()).isEqualTo(420);
        }
    }
}
