package org.hinomi.observatory.telescope.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.flow.FlowSink;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.segment.SegmentLog;
import org.hinomi.observatory.store.warehouse.Warehouse;
import org.hinomi.observatory.telescope.KernelData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderTest {
    private static final long START = 1_767_225_600L;
    private static final int TUPLES = 20;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** A minute with Telnet SYNs of Mirai and some DNS answers. */
    private record Made(long time) implements FlowBatch {
        @Override
        public boolean saturated() {
            return false;
        }

        @Override
        public int size() {
            return TUPLES;
        }

        @Override
        public void read(int index, FlowRow row) {
            row.clear();
            row.time = time;
            row.srcLo = IpAddress.V4_PREFIX | 0x01020300L + index;
            row.dstLo = IpAddress.V4_PREFIX | 0xc6120000L + index;
            boolean syn = index % 4 != 0;
            row.protocol = syn ? 6 : 17;
            row.tcpFlags = syn ? 2 : 0;
            row.srcPort = syn ? 40_000 : 53;
            row.dstPort = syn ? 23 : 5353;
            row.packetCnt = 2;
            if (syn) {
                row.match(0, 2);
            }
        }
    }

    private static final class Tower implements AutoCloseable {
        private final Warehouse warehouse;
        private final Recorder recorder;

        Tower(Path data) {
            warehouse = Warehouse.open(data, 512);
            recorder = new Recorder(
                    new SegmentLog(data.resolve("segments")),
                    warehouse,
                    KernelData.fingerprints(),
                    KernelData.ports(),
                    Origin.UNKNOWN);
            recorder.start();
        }

        void record(String sensor, long from, int minutes) {
            FlowSink sink = recorder.sink(sensor, true);
            for (int i = 0; i < minutes; i++) {
                sink.minute(new Made(from + i * 60L));
            }
            settle();
        }

        void settle() {
            while (!recorder.settled()) {
                Thread.onSpinWait();
            }
        }

        long number(String sql) {
            return warehouse.read(snapshot -> snapshot.one(sql, Map.of(), row -> row.number(1)));
        }

        long minutePackets() {
            return number("SELECT coalesce(sum(packets), 0) FROM rollup WHERE step = 60");
        }

        long hourPackets(String dimension, String key) {
            return number("SELECT coalesce(sum(packets), 0) FROM rollup WHERE step = 3600 AND dimension = '" + dimension
                    + "' AND key = '" + key + "'");
        }

        @Override
        public void close() {
            recorder.close();
            warehouse.close();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static void check(Tower tower, int minutes) {
        long packets = minutes * TUPLES * 2L;
        assertThat(tower.minutePackets()).isEqualTo(packets);
        assertThat(tower.hourPackets("all", "")).isEqualTo(packets);
        assertThat(tower.hourPackets("port", "tcp/23")).isEqualTo(packets * 3 / 4);
        assertThat(tower.hourPackets("port", "udp/5353")).isEqualTo(packets / 4);
        assertThat(tower.hourPackets("country", "??")).isEqualTo(packets);
        assertThat(tower.hourPackets("network", "0")).isEqualTo(packets);
        assertThat(tower.hourPackets(
                        "family",
                        KernelData.fingerprints().packetRules().getFirst().name()))
                .isEqualTo(packets * 3 / 4);
        long archived = tower.number("SELECT coalesce(sum(tuples), 0) FROM archived");
        assertThat(tower.number("SELECT count(*) FROM flow_tuple") + archived).isEqualTo((long) minutes * TUPLES);
    }

    @Test
    void closedHoursAreArchivedAndTheRollUpsCountEachPacketOnce() {
        try (Tower tower = new Tower(folder)) {
            tower.record("tokyo", START, 130);
            tower.record("osaka", START, 5);
            check(tower, 135);
            assertThat(tower.number("SELECT count(*) FROM archived")).isEqualTo(2);
        }
    }

    @Test
    void aStartAfterACrashAtAnyMomentHasEveryMinuteThatWasWritten() throws IOException {
        Path data = folder.resolve("data");
        try (Tower tower = new Tower(data)) {
            for (int round = 0; round < 6; round++) {
                tower.record("tokyo", START + round * 1800L, 30);
                Path crashed = folder.resolve("crashed" + round);
                copy(data, crashed);
                try (Tower after = new Tower(crashed)) {
                    check(after, (round + 1) * 30);
                }
            }
        }
    }

    @Test
    void anInterruptedArchivingCountsNothingTwice() throws IOException {
        Path data = folder.resolve("data");
        Path segments = folder.resolve("before");
        try (Tower tower = new Tower(data)) {
            tower.record("tokyo", START, 60);
            copy(data.resolve("segments"), segments);
            tower.record("tokyo", START + 3600, 1);
        }
        Path file = data.resolve("archive/tokyo/" + START + "-0.parquet");
        assertThat(file).exists();
        copy(segments.resolve("tokyo/" + START), data.resolve("segments/tokyo/" + START));
        try (Stream<Path> names = Files.list(data.resolve("segments/tokyo/" + START))) {
            Files.write(
                    file.resolveSibling(file.getFileName() + ".segments"),
                    names.map(n -> data.resolve("segments").relativize(n).toString())
                            .toList());
        }
        try (Tower after = new Tower(data)) {
            check(after, 61);
        }
    }

    @Test
    void aLostOrDamagedQueryDatabaseIsMadeAgain() throws IOException {
        Path data = folder.resolve("data");
        try (Tower tower = new Tower(data)) {
            tower.record("tokyo", START, 150);
        }
        Files.delete(data.resolve("warehouse.duckdb"));
        try (Tower tower = new Tower(data)) {
            check(tower, 150);
        }
        Files.writeString(data.resolve("warehouse.duckdb"), "not a database");
        try (Tower tower = new Tower(data)) {
            check(tower, 150);
        }
    }

    @Test
    void minutesThatComeAfterTheirHourWasArchivedAreAdded() {
        try (Tower tower = new Tower(folder)) {
            tower.record("tokyo", START, 70);
            tower.record("tokyo", START + 60, 3);
            tower.record("tokyo", START + 7200, 1);
            check(tower, 74);
            tower.recorder.drop("tokyo");
            check(tower, 0);
        }
    }

    @Test
    void oldHoursAreRemovedAndTheirRollUpsStay() {
        try (Tower tower = new Tower(folder)) {
            tower.record("tokyo", START, 250);
            tower.recorder.retain(Set.of("tokyo"), START + 7200, Long.MAX_VALUE);
            assertThat(tower.number("SELECT min(hour) FROM archived")).isEqualTo(START + 7200);
            assertThat(tower.hourPackets("all", "")).isEqualTo(250L * TUPLES * 2);
            tower.recorder.retain(Set.of("osaka"), Long.MAX_VALUE, 0);
            assertThat(tower.number("SELECT count(*) FROM archived")).isPositive();
            tower.recorder.retain(Set.of("tokyo"), START, 0);
            assertThat(tower.number("SELECT count(*) FROM archived")).isZero();
        }
    }

    @Test
    void lateMinutesCountOnceAfterACrashToo() throws IOException {
        Path data = folder.resolve("data");
        Path crashed = folder.resolve("crashed");
        try (Tower tower = new Tower(data)) {
            tower.record("tokyo", START, 70);
            tower.record("tokyo", START + 60, 3);
            copy(data, crashed);
        }
        try (Tower after = new Tower(crashed)) {
            after.record("tokyo", START + 7200, 1);
            check(after, 74);
        }
    }

    @Test
    void rollUpsOfHoursThatWereRemovedForTheirAgeSurviveAStart() {
        try (Tower tower = new Tower(folder)) {
            tower.record("tokyo", START, 250);
            tower.recorder.retain(Set.of("tokyo"), START + 7200, Long.MAX_VALUE);
        }
        try (Tower after = new Tower(folder)) {
            assertThat(after.hourPackets("all", "")).isEqualTo(250L * TUPLES * 2);
            assertThat(after.minutePackets()).isEqualTo(250L * TUPLES * 2);
        }
    }

    @Test
    void anArchivedHourThatTheTablesForgotIsAddedAgain() {
        try (Tower tower = new Tower(folder)) {
            tower.record("tokyo", START, 70);
            tower.warehouse.write(writer -> writer.execute("DELETE FROM archived"));
        }
        try (Tower after = new Tower(folder)) {
            check(after, 70);
        }
    }

    @Test
    void anArchivedHourThatCanNotBeReadIsLeftOutAndKept() throws IOException {
        try (Tower tower = new Tower(folder)) {
            tower.record("tokyo", START, 130);
        }
        Path file = folder.resolve("archive/tokyo/" + START + "-0.parquet");
        Files.writeString(file, "of a newer release");
        Files.delete(folder.resolve("warehouse.duckdb"));
        try (Tower after = new Tower(folder)) {
            check(after, 70);
        }
        assertThat(file).hasContent("of a newer release");
    }

    @Test
    void anArchivedHourThatIsGoneIsForgotten() throws IOException {
        try (Tower tower = new Tower(folder)) {
            tower.record("tokyo", START, 130);
        }
        Files.delete(folder.resolve("archive/tokyo/" + START + "-0.parquet"));
        try (Tower after = new Tower(folder)) {
            assertThat(after.number("SELECT count(*) FROM archived")).isEqualTo(1);
        }
    }

    @Test
    void anArchivingThatFailsLeavesNoFileBehindAndIsTriedAgain() throws IOException {
        try (Tower tower = new Tower(folder)) {
            assertThatThrownBy(() -> tower.warehouse.write(writer -> {
                        writer.archive("tokyo", START, List.of("tokyo/0/0-0000.seg"));
                        throw new SQLException("no room");
                    }))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("no room");
            assertThat(folder.resolve("archive/tokyo")).isEmptyDirectory();
            tower.record("tokyo", START, 70);
            check(tower, 70);
        }
    }
}
