package org.hinomi.observatory.store.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.flow.FlowTuple;
import org.hinomi.observatory.store.DataDirectory;
import org.hinomi.observatory.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentLogTest {
    private static final long MINUTE = 1_767_225_600L;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** Tuples that depend only on their index. */
    private record Made(long time, boolean saturated, int size) implements FlowBatch {
        @Override
        public void read(int index, FlowRow row) {
            SplittableRandom random = new SplittableRandom(index);
            row.clear();
            row.time = time;
            boolean v6 = index % 7 == 0;
            row.srcHi = v6 ? random.nextLong() | 1L << 60 : 0;
            row.srcLo = v6 ? random.nextLong() : IpAddress.V4_PREFIX | random.nextInt() & 0xffffffffL;
            row.dstLo = IpAddress.V4_PREFIX | 0xc6120000L | random.nextInt(65_536);
            row.srcPort = random.nextInt(65_536);
            row.dstPort = random.nextInt(65_536);
            row.protocol = index % 3 == 0 ? 17 : 6;
            row.ttl = random.nextInt(256);
            row.tcpFlags = random.nextInt(256);
            row.ipLen = random.nextInt(65_536);
            row.tcpSynLen = random.nextInt(61);
            row.tcpSynWinLen = random.nextInt(65_536);
            row.packetCnt = 1 + random.nextLong(1L << 40);
            row.firstSeq = index % 5 == 0 ? -1 : random.nextLong(1L << 32);
            row.firstIpId = index % 5 == 0 ? -1 : random.nextInt(65_536);
            row.laterFragment = random.nextBoolean();
            row.oddFragmentField = random.nextBoolean();
            row.match(index % FlowRow.MOST_RULES, 1 + random.nextInt(65_535));
        }
    }

    @Test
    void whatWasWrittenIsReadBackByAnotherProcess() {
        Made made = new Made(MINUTE, true, 5000);
        List<SegmentName> names = new SegmentLog(folder).write("tokyo", made);
        SegmentLog later = new SegmentLog(folder);
        assertThat(later.all()).isEqualTo(names);
        Segment read = later.read(names.getFirst()).orElseThrow();
        assertThat(read.size()).isEqualTo(made.size());
        assertThat(read.saturated()).isTrue();
        FlowRow expected = new FlowRow();
        FlowRow actual = new FlowRow();
        for (int i = 0; i < made.size(); i++) {
            made.read(i, expected);
            read.read(i, actual);
            assertThat(FlowTuple.of(actual)).isEqualTo(FlowTuple.of(expected));
            assertThat(actual.oddFragmentField).isEqualTo(expected.oddFragmentField);
            for (int lane = 0; lane < FlowRow.MOST_RULES; lane++) {
                assertThat(actual.matches(lane)).isEqualTo(expected.matches(lane));
            }
        }
    }

    @Test
    void partsOfAMinuteKeepTheirOrder() {
        SegmentLog log = new SegmentLog(folder);
        log.write("tokyo", new Made(MINUTE + 60, false, 1));
        log.write("tokyo", new Made(MINUTE, false, 1));
        log.write("tokyo", new Made(MINUTE, false, 2));
        assertThat(log.all())
                .containsExactly(
                        new SegmentName("tokyo", MINUTE, 0),
                        new SegmentName("tokyo", MINUTE, 1),
                        new SegmentName("tokyo", MINUTE + 60, 0));
        log.delete(log.all());
        assertThat(log.all()).isEmpty();
    }

    @Test
    void aSegmentCutOrChangedAnywhereIsLeftOut() throws IOException {
        SegmentLog log = new SegmentLog(folder);
        SegmentName name = log.write("tokyo", new Made(MINUTE, false, 3)).getFirst();
        Path file = folder.resolve(name.path());
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            assertThat(log.read(name)).as("cut after %d bytes", length).isEmpty();
            byte[] changed = whole.clone();
            changed[length] ^= 0x10;
            Files.write(file, changed);
            assertThat(log.read(name)).as("changed at byte %d", length).isEmpty();
        }
    }

    @Test
    void aSegmentOfANewerFormatIsLeftOutAndToldApartFromADamagedOne() throws IOException {
        SegmentLog log = new SegmentLog(folder);
        SegmentName name = log.write("tokyo", new Made(MINUTE, false, 3)).getFirst();
        Path file = folder.resolve(name.path());
        byte[] bytes = Files.readAllBytes(file);
        bytes[6] = '3';
        Files.write(file, bytes);
        assertThat(log.read(name)).isEmpty();
        assertThatThrownBy(() -> SegmentCodec.decode(bytes)).hasMessageContaining("of a newer format");
        bytes[0] = 'X';
        assertThatThrownBy(() -> SegmentCodec.decode(bytes)).hasMessageContaining("does not begin like a segment");
        assertThat(file).exists();
    }

    @Test
    void anUnfinishedWriteOfAnEarlierProcessIsRemoved() throws IOException {
        SegmentName name = new SegmentName("tokyo", MINUTE, 0);
        Path unfinished = folder.resolve(name.path() + ".part");
        Files.createDirectories(unfinished.getParent());
        Files.writeString(unfinished, "half");
        SegmentLog log = new SegmentLog(folder);
        assertThat(unfinished).doesNotExist();
        assertThat(log.all()).isEmpty();
    }

    @Test
    void aSecondProcessOnTheSameDirectoryIsRefused() {
        Path data = folder.resolve("data");
        try (DataDirectory first = DataDirectory.open(data)) {
            assertThatThrownBy(() -> DataDirectory.open(first.path()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("in use by another hinomi");
        }
        DataDirectory.open(data).close();
    }

    @Test
    void aDirectoryOfANewerReleaseIsRefused() throws IOException {
        Path data = folder.resolve("data");
        DataDirectory.open(data).close();
        Files.writeString(data.resolve("version"), "2\n");
        assertThatThrownBy(() -> DataDirectory.open(data))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("newer hinomi");
    }

    private Path file(SegmentName name) {
        return folder.resolve(name.path());
    }

    @Test
    void aSegmentAndThePlaceBehindItAreOne() throws IOException {
        SegmentLog log = new SegmentLog(folder);
        assertThat(log.place("tokyo")).isEmpty();
        List<SegmentName> first = log.write("tokyo", new Made(MINUTE, false, 10), new byte[] {1});
        List<SegmentName> second = log.write("tokyo", new Made(MINUTE, false, 10), new byte[] {2, 3});
        assertThat(log.all()).hasSize(2).containsAll(first).containsAll(second);
        assertThat(log.place("tokyo")).hasValue(new byte[] {2, 3});
        log.mark("tokyo", new byte[] {4});
        assertThat(new SegmentLog(folder).place("tokyo")).hasValue(new byte[] {4});
        assertThat(new SegmentLog(folder).all()).hasSize(2);
    }

    @Test
    void aCrashBeforeThePlaceIsWrittenUndoesTheSegment() throws IOException {
        SegmentLog log = new SegmentLog(folder);
        List<SegmentName> first = log.write("tokyo", new Made(MINUTE, false, 10), new byte[] {1});
        SegmentName lost = new SegmentName("tokyo", MINUTE + 60, 0);
        Files.copy(file(first.getFirst()), folder.resolve(lost.path() + ".held"));
        SegmentLog later = new SegmentLog(folder);
        assertThat(later.all()).isEqualTo(first);
        assertThat(folder.resolve(lost.path() + ".held")).doesNotExist();
        assertThat(later.place("tokyo")).hasValue(new byte[] {1});
    }

    @Test
    void aCrashAfterThePlaceIsWrittenKeepsTheSegment() throws IOException {
        SegmentLog log = new SegmentLog(folder);
        List<SegmentName> names = log.write("tokyo", new Made(MINUTE, false, 600_000), new byte[] {1});
        assertThat(names).hasSize(2);
        Path last = file(names.getLast());
        Files.move(last, last.resolveSibling(last.getFileName() + ".held"));
        assertThat(log.all()).hasSize(1);
        assertThat(new SegmentLog(folder).all()).isEqualTo(names);
    }

    @Test
    void aDamagedPlaceIsNone() throws IOException {
        SegmentLog log = new SegmentLog(folder);
        log.write("tokyo", new Made(MINUTE, false, 10), new byte[] {1, 2, 3});
        Path bookmark = folder.resolve("tokyo").resolve("bookmark");
        byte[] bytes = Files.readAllBytes(bookmark);
        bytes[bytes.length - 1] ^= 1;
        Files.write(bookmark, bytes);
        assertThat(new SegmentLog(folder).place("tokyo")).isEmpty();
        Files.write(bookmark, new byte[2]);
        assertThat(new SegmentLog(folder).place("tokyo")).isEmpty();
    }
}
