package org.hinomi.observatory.telescope.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowMinutes;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.flow.FlowTuple;
import org.hinomi.kernel.observe.PacketPath;
import org.hinomi.kernel.observe.PacketWitness;
import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.observatory.capture.Capture;
import org.hinomi.observatory.store.segment.SegmentLog;
import org.hinomi.observatory.telescope.KernelData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every packet that lies in a directory is in a stored minute once, whenever the program is killed. */
@Timeout(120)
class DirectorySourceTest {
    private static final long START = 1_767_225_600L;
    private static final int MINUTES = 20;
    private static final String SENSOR = "files";
    private static final PrefixSet DARK = PrefixSet.of(List.of(Prefix.parse("198.18.0.0/15")));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @SuppressWarnings("NullAway.Init")
    private Path captures;

    private Instant now = Instant.ofEpochSecond(START);

    @BeforeEach
    void makeDirectory() throws IOException {
        captures = Files.createDirectory(folder.resolve("captures"));
    }

    /** Ends a source as a kill or the end of what there is. */
    private static final class Ended extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** A process that takes the directory and stores minutes. */
    private final class Tower {
        private final SegmentLog log = new SegmentLog(folder.resolve("segments"));
        private final DirectorySource source;
        private final FlowMinutes minutes;
        private long given;
        private int quiets;
        private int mostQuiets = 1;

        private Tower(int mostTuples, boolean remove, Optional<Path> moveTo) {
            source = new DirectorySource(captures, remove, moveTo, () -> now);
            source.resume(log.place(SENSOR), place -> log.mark(SENSOR, place));
            minutes = new FlowMinutes(mostTuples, batch -> log.write(SENSOR, batch, source.behind(batch)));
        }

        /** Takes packets until it is killed after some, or there are no more. */
        private void run(long most) {
            PacketPath path = new PacketPath(DARK, KernelData.fingerprints(), minutes, PacketWitness.NONE);
            FrameSink sink = (nanos, bytes, offset, captured, wire, linkType) -> {
                if (given++ == most) {
                    throw new Ended();
                }
                path.frame(nanos, bytes, offset, captured, wire, linkType);
            };
            source.open();
            assertThatThrownBy(() -> source.run(sink, nanos -> {
                        minutes.advanceTo(nanos);
                        if (++quiets >= mostQuiets) {
                            throw new Ended();
                        }
                    }))
                    .isInstanceOf(Ended.class);
        }
    }

    private Tower tower() {
        return new Tower(1 << 16, false, Optional.empty());
    }

    private static void add(FlowBatch batch, Map<FlowTuple, Long> packets, List<FlowTuple> tuples) {
        FlowRow row = new FlowRow();
        for (int i = 0; i < batch.size(); i++) {
            batch.read(i, row);
            long count = row.packetCnt;
            row.packetCnt = 1;
            row.matchAll(0);
            row.firstSeq = row.firstIpId = 0;
            row.oddFragmentField = false;
            FlowTuple key = FlowTuple.of(row);
            packets.merge(key, count, Long::sum);
            tuples.add(key);
        }
    }

    private Map<FlowTuple, Long> truth() {
        Map<FlowTuple, Long> packets = new HashMap<>();
        FlowMinutes minutes = new FlowMinutes(1 << 16, batch -> add(batch, packets, new ArrayList<>()));
        try (Capture whole = Capture.open(folder.resolve("whole.pcap").toString())) {
            whole.read(new PacketPath(DARK, KernelData.fingerprints(), minutes, PacketWitness.NONE), done -> {});
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        minutes.close();
        return packets;
    }

    private Map<FlowTuple, Long> stored(List<FlowTuple> tuples) {
        Map<FlowTuple, Long> packets = new HashMap<>();
        SegmentLog log = new SegmentLog(folder.resolve("segments"));
        log.all().forEach(name -> add(log.read(name).orElseThrow(), packets, tuples));
        return packets;
    }

    private CaptureCutter cutter(long packets) throws IOException {
        return new CaptureCutter(folder, CaptureCutter.plan(START, MINUTES, DARK, packets));
    }

    private void fillKilling(int mostTuples, boolean gzip) throws IOException {
        CaptureCutter cutter = cutter(20_000);
        int number = 0;
        Path file = captures.resolve("dark");
        cutter.begin(file);
        while (!cutter.done()) {
            boolean rotates = random.nextInt(3) == 0;
            cutter.write(file, random.nextInt(120_000), rotates);
            if (rotates) {
                Path before = file;
                file = captures.resolve("dark" + ++number);
                cutter.begin(file);
                if (gzip && random.nextBoolean()) {
                    CaptureCutter.gzip(before, FileTime.fromMillis(0));
                }
            }
            new Tower(mostTuples, false, Optional.empty()).run(random.nextInt(6000));
        }
        Tower last = new Tower(mostTuples, false, Optional.empty());
        last.run(Long.MAX_VALUE);
        last.minutes.close();
    }

    @Test
    void eachPacketAndTupleIsStoredOnceAfterManyKills() throws IOException {
        fillKilling(1 << 16, false);
        List<FlowTuple> tuples = new ArrayList<>();
        assertThat(stored(tuples)).as("seed %d", seed).isEqualTo(truth());
        assertThat(tuples).as("seed %d", seed).doesNotHaveDuplicates();
    }

    @Test
    void filesThatAreCompressedAfterTheyWereWrittenAreNotTakenAgain() throws IOException {
        fillKilling(1 << 16, true);
        List<FlowTuple> tuples = new ArrayList<>();
        assertThat(stored(tuples)).as("seed %d", seed).isEqualTo(truth());
        assertThat(tuples).as("seed %d", seed).doesNotHaveDuplicates();
    }

    @Test
    void partsOfFullMinutesAddUpAfterManyKills() throws IOException {
        fillKilling(300, true);
        assertThat(stored(new ArrayList<>())).as("seed %d", seed).isEqualTo(truth());
    }

    @Test
    void aGrowingFileIsFollowedByOneProcess() throws IOException {
        CaptureCutter cutter = cutter(5000);
        Path file = captures.resolve("dark.pcap");
        cutter.begin(file);
        Tower tower = tower();
        while (!cutter.done()) {
            cutter.write(file, 10_000, false);
            tower.run(Long.MAX_VALUE);
        }
        assertThat(tower.given).isEqualTo(5000);
        tower.minutes.close();
        assertThat(stored(new ArrayList<>())).isEqualTo(truth());
    }

    @Test
    void whatIsNoCaptureIsCountedAndLeftOut() throws IOException {
        CaptureCutter cutter = cutter(1000);
        cutter.begin(captures.resolve("a.pcap"));
        cutter.write(captures.resolve("a.pcap"), Integer.MAX_VALUE, true);
        Files.writeString(captures.resolve("notes.txt"), "this is no capture, and longer than a header of one");
        Files.write(captures.resolve("short.pcap"), new byte[3]);
        Files.write(captures.resolve("cut.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2});
        Files.setLastModifiedTime(captures.resolve("cut.gz"), FileTime.fromMillis(0));
        Files.createDirectory(captures.resolve("folder"));
        Files.writeString(captures.resolve(".hidden"), "not looked at, though it is long enough to be a capture");
        Tower tower = tower();
        tower.run(Long.MAX_VALUE);
        assertThat(tower.given).isEqualTo(1000);
        assertThat(tower.source.figures().files().orElseThrow())
                .containsEntry("not_a_capture", 1L)
                .containsEntry("unreadable", 1L)
                .containsEntry("taken", 1L)
                .containsEntry("waiting", 0L);
    }

    @Test
    void aNameThatIsUsedAgainIsTakenAgain() throws IOException {
        CaptureCutter cutter = cutter(4000);
        Path file = captures.resolve("dark0");
        cutter.begin(file);
        cutter.write(file, 100_000, true);
        Tower tower = tower();
        tower.run(Long.MAX_VALUE);
        cutter.begin(file);
        cutter.write(file, Integer.MAX_VALUE, true);
        tower.run(Long.MAX_VALUE);
        assertThat(tower.given).isEqualTo(4000);
    }

    @Test
    void filesThatTwoProgramsWriteAtOnceAreTakenInTurns() throws IOException {
        CaptureCutter cutter = cutter(4000);
        Path one = captures.resolve("one.pcap");
        Path other = captures.resolve("other.pcap");
        cutter.begin(one);
        cutter.begin(other);
        Tower tower = tower();
        for (int turn = 0; !cutter.done(); turn++) {
            cutter.write(turn % 2 == 0 ? one : other, 20_000, true);
            tower.run(Long.MAX_VALUE);
        }
        assertThat(tower.given).isEqualTo(4000);
        tower.minutes.close();
        assertThat(stored(new ArrayList<>())).isEqualTo(truth());
    }

    @Test
    void filesAreMovedWhenAllOfThemIsStoredAndNotBefore() throws IOException {
        Path done = Files.createDirectory(folder.resolve("done"));
        CaptureCutter cutter = cutter(4000);
        Path first = captures.resolve("a");
        cutter.begin(first);
        cutter.write(first, 150_000, true);
        Path second = captures.resolve("b");
        cutter.begin(second);
        cutter.write(second, Integer.MAX_VALUE, true);
        Tower tower = new Tower(1 << 16, false, Optional.of(done));
        tower.run(Long.MAX_VALUE);
        assertThat(first).exists();
        now = Instant.ofEpochSecond(START + (MINUTES + 10) * 60);
        tower.mostQuiets = 3;
        tower.run(Long.MAX_VALUE);
        assertThat(first).doesNotExist();
        assertThat(done.resolve("a")).exists();
        assertThat(second).exists();
        assertThat(stored(new ArrayList<>())).isEqualTo(truth());
        Tower later = tower();
        later.run(Long.MAX_VALUE);
        assertThat(later.given).isZero();
    }

    @Test
    void aFileThatIsGoneFromSightWhileItIsCompressedIsNotTakenAgain() throws IOException {
        CaptureCutter cutter = cutter(3000);
        Path file = captures.resolve("a");
        cutter.begin(file);
        cutter.write(file, 100_000, true);
        Path next = captures.resolve("b");
        cutter.begin(next);
        cutter.write(next, Integer.MAX_VALUE, true);
        now = Instant.ofEpochSecond(START + (MINUTES + 10) * 60);
        Tower tower = tower();
        tower.mostQuiets = 2;
        tower.run(Long.MAX_VALUE);
        // The clock is such that the compressed file looks as if it were being written.
        CaptureCutter.gzip(file, FileTime.from(now));
        tower.mostQuiets = 5;
        tower.run(Long.MAX_VALUE);
        now = now.plusSeconds(60);
        tower.mostQuiets = 8;
        tower.run(Long.MAX_VALUE);
        assertThat(tower.given).isEqualTo(3000);
        assertThat(stored(new ArrayList<>())).isEqualTo(truth());
    }

    @Test
    void aDirectoryThatIsNoneIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> source(folder.resolve("none")).open())
                .isInstanceOf(SourceException.class)
                .hasMessageEndingWith("none does not exist");
        assertThatThrownBy(() -> source(file).open()).hasMessageEndingWith("file is not a directory");
        DirectorySource nowhere =
                new DirectorySource(captures, false, Optional.of(folder.resolve("none")), InstantSource.system());
        assertThatThrownBy(nowhere::open).hasMessageEndingWith("none is no directory that files can be moved to");
    }

    private static DirectorySource source(Path directory) {
        return new DirectorySource(directory, false, Optional.empty(), InstantSource.system());
    }
}
