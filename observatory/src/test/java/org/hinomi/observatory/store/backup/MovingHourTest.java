package org.hinomi.observatory.store.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.observatory.store.segment.SegmentLog;
import org.hinomi.observatory.store.segment.SegmentName;
import org.hinomi.observatory.store.warehouse.ArchiveFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An hour on its way from the segments to the archive: each of its minutes is in a backup once. */
@Timeout(120)
class MovingHourTest {
    private static final int MINUTES = 12;
    private static final int HOURS = 150;
    private static final long PACE_NANOS = 20_000_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private MadeData made;

    @BeforeEach
    void make() throws Exception {
        made = new MadeData(folder.resolve("data"));
    }

    /** The steps by which the tower archives an hour; each can be the last before a crash. */
    private List<Step> steps(int hour, int number, List<Integer> minutes) {
        Path file = made.archived(MadeData.SENSOR, MadeData.HOUR + hour * 3600L, number);
        String names = String.join(
                "", minutes.stream().map(m -> MadeData.name(m) + "\n").toList());
        List<Step> steps = new ArrayList<>();
        steps.add(() -> made.write(file.resolveSibling(file.getFileName() + ".part"), names));
        steps.add(() -> made.write(ArchiveFolder.replacedList(file), names));
        steps.add(() ->
                Files.move(file.resolveSibling(file.getFileName() + ".part"), file, StandardCopyOption.ATOMIC_MOVE));
        for (int minute : minutes) {
            steps.add(() -> Files.delete(made.path()
                    .resolve("segments")
                    .resolve(MadeData.name(minute).path())));
        }
        steps.add(() -> Files.delete(ArchiveFolder.replacedList(file)));
        return steps;
    }

    @FunctionalInterface
    private interface Step {
        void take() throws IOException;
    }

    private List<Integer> segments(int from, int to) throws IOException {
        List<Integer> minutes = IntStream.range(from, to).boxed().toList();
        for (int minute : minutes) {
            made.segment(minute);
        }
        return minutes;
    }

    /** The minutes in a backup, read from what each file says. */
    private List<String> minutesInABackup() throws IOException {
        Path file = folder.resolve("b.tar.gz");
        MadeData.backup(made.path(), file);
        List<String> minutes = new ArrayList<>();
        new BackupReader(file, done -> {}).read((name, content) -> {
            if (EntryName.segment(name) || EntryName.archived(name)) {
                minutes.addAll(new String(content.readAllBytes(), UTF_8).lines().toList());
            }
        });
        return minutes;
    }

    private static List<String> names(int count) {
        return IntStream.range(0, count)
                .mapToObj(minute -> MadeData.name(minute).toString())
                .toList();
    }

    @Test
    void aTowerThatWasKilledAfterAnyStepHasEachMinuteOnce() throws IOException {
        List<Integer> first = segments(0, MINUTES - 3);
        for (Step step : steps(0, 0, first)) {
            step.take();
            assertThat(minutesInABackup()).containsExactlyInAnyOrderElementsOf(names(MINUTES - 3));
        }
        List<Integer> late = segments(MINUTES - 3, MINUTES);
        assertThat(minutesInABackup()).containsExactlyInAnyOrderElementsOf(names(MINUTES));
        for (Step step : steps(0, 1, late)) {
            step.take();
            assertThat(minutesInABackup()).containsExactlyInAnyOrderElementsOf(names(MINUTES));
        }
    }

    @Test
    void hoursThatMoveWhileTheyAreCopiedAreThereOnce() throws Exception {
        List<String> all = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        for (int hour = 0; hour < HOURS; hour++) {
            List<Integer> minutes = segments(hour * 60, hour * 60 + MINUTES);
            minutes.forEach(minute -> all.add(MadeData.name(minute).toString()));
            steps.add(() -> LockSupport.parkNanos(PACE_NANOS));
            steps.addAll(steps(hour, 0, minutes));
        }
        try (ExecutorService tower = Executors.newSingleThreadExecutor()) {
            Future<?> moving = tower.submit(() -> {
                for (Step step : steps) {
                    step.take();
                }
                return true;
            });
            int backups = 0;
            do {
                assertThat(minutesInABackup()).containsExactlyInAnyOrderElementsOf(all);
                backups++;
            } while (!moving.isDone());
            assertThat(moving.get()).isEqualTo(true);
            assertThat(backups).isGreaterThan(1);
        }
    }

    @Test
    void anArchivedHourThatIsRemovedForItsAgeMeanwhileIsLeftOut() throws Exception {
        Path file = made.write(made.archived(MadeData.SENSOR, 0, 0), "old\n");
        try (SensorFiles files = SensorFiles.archived(made.path(), file)) {
            assertThat(files.files()).hasSize(1);
        }
        Files.delete(file);
        try (SensorFiles files = SensorFiles.archived(made.path(), file)) {
            assertThat(files.files()).isEmpty();
        }
    }

    /** A minute of a source that counts them: its place is how many it has given. */
    private record Counted(long time) implements FlowBatch {
        @Override
        public boolean saturated() {
            return false;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public void read(int index, FlowRow row) {
            row.clear();
            row.time = time;
        }
    }

    @Test
    void theBookmarkOfASourceLiesBehindTheLastMinuteThatIsInTheBackup() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        SegmentLog log = new SegmentLog(made.path().resolve("segments"));
        try (ExecutorService tower = Executors.newSingleThreadExecutor()) {
            Future<?> writing = tower.submit(() -> {
                for (int count = 1; !enough.get(); count++) {
                    log.write(
                            "files",
                            new Counted(MadeData.HOUR + count * 60L),
                            Integer.toString(count).getBytes(UTF_8));
                    LockSupport.parkNanos(PACE_NANOS * 2);
                }
                return true;
            });
            for (int i = 0; i < 20; i++) {
                Path file = folder.resolve("marked" + i + ".tar.gz");
                MadeData.backup(made.path(), file);
                Path into = folder.resolve("marked" + i);
                MadeData.restore(file, into);
                SegmentLog restored = new SegmentLog(into.resolve("segments"));
                assertThat(restored.all())
                        .hasSize(restored.place("files")
                                .map(place -> Integer.parseInt(new String(place, UTF_8)))
                                .orElse(0));
            }
            enough.set(true);
            assertThat(writing.get()).isEqualTo(true);
        }
    }

    @Test
    void aSegmentThatIsHeldCountsOnceItsBookmarkIsWritten() throws Exception {
        SegmentLog log = new SegmentLog(made.path().resolve("segments"));
        SegmentName marked =
                log.write("files", new Counted(MadeData.HOUR), new byte[] {1}).getFirst();
        Path path = made.path().resolve("segments").resolve(marked.path());
        Files.move(path, SegmentLog.held(path));
        Path later = path.resolveSibling(
                new SegmentName("files", MadeData.HOUR + 60, 0).path().getFileName());
        Files.writeString(SegmentLog.held(later), "its bookmark was not written");
        Path file = folder.resolve("held.tar.zst");
        MadeData.backup(made.path(), file);
        MadeData.restore(file, folder.resolve("held"));
        SegmentLog restored = new SegmentLog(folder.resolve("held/segments"));
        assertThat(restored.all()).containsExactly(marked);
        assertThat(restored.place("files")).contains(new byte[] {1});
    }
}
