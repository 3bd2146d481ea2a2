package org.hinomi.observatory.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.address.Owners;
import org.hinomi.kernel.detect.DetectorCatalogue;
import org.hinomi.kernel.device.DeviceCatalogue;
import org.hinomi.kernel.flow.FlowBlock;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.TcpFlags;
import org.hinomi.kernel.research.Researchers;
import org.hinomi.observatory.detect.DetectionStore.Stored;
import org.hinomi.observatory.store.control.ControlStore;
import org.hinomi.observatory.store.segment.SegmentLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded engine finds the same however often it is stopped or killed, and holds the segments it still needs. */
class DetectorEngineTest {
    private static final long START = 1_780_000_020;
    private static final Map<String, Long> DARK = Map.of("tokyo", 65_536L, "osaka", 256L);

    private static final Map<String, Map<String, Long>> SOON =
            Map.of("dos", Map.of("least_packets", 5L, "least_peak", 3L));

    @TempDir
    Path folder;

    private static List<FlowBlock> minutes(Random random, int count) {
        List<FlowBlock> minutes = new ArrayList<>();
        FlowRow row = new FlowRow();
        for (int minute = 0; minute < count; minute++) {
            FlowBlock block = new FlowBlock(START + minute * 60L);
            for (int i = 0; i < 120; i++) {
                int source = 1 + random.nextInt(15);
                row.clear();
                row.srcLo = IpAddress.V4_PREFIX | source;
                row.dstLo = IpAddress.V4_PREFIX | 0xc612_0000L | random.nextInt(256);
                row.dstPort = minute / (3 * source) % 4;
                row.srcPort = random.nextInt(3);
                row.protocol = IpProtocol.TCP;
                row.tcpFlags = source % 3 == 0 ? TcpFlags.SYN | TcpFlags.ACK : TcpFlags.SYN;
                row.ipLen = 40;
                row.packetCnt = 1;
                block.add(row);
            }
            minutes.add(block);
        }
        return minutes;
    }

    private final class Run implements AutoCloseable {
        final Path data;
        final SegmentLog log;
        final ControlStore control;
        final DetectionStore store;

        Run(String name) throws Exception {
            data = folder.resolve(name);
            log = new SegmentLog(data.resolve("segments"));
            control = ControlStore.open(data);
            store = new DetectionStore(control.jdbi());
        }

        Path snapshot() {
            return data.resolve("detectors").resolve("states.snapshot");
        }

        DetectorEngine engine() {
            return new DetectorEngine(
                    DetectorCatalogue.all(SOON, List.of(), DeviceCatalogue.EMPTY),
                    log,
                    snapshot(),
                    new TowerReference(Owners.NONE, Origin.UNKNOWN, Researchers.NONE),
                    store,
                    found -> {});
        }

        List<Stored> found() {
            return store.list(new DetectionFilter(), 100_000).stream()
                    .sorted(Comparator.comparing(Stored::id))
                    .toList();
        }

        @Override
        public void close() {
            control.close();
        }
    }

    private static void untilIdle(DetectorEngine engine) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!engine.idle()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static void write(SegmentLog log, FlowBlock minute) {
        log.write("tokyo", minute);
        if (minute.time() / 60 % 3 == 0) {
            log.write("osaka", minute);
        }
    }

    private List<Stored> uninterrupted(List<FlowBlock> minutes) throws Exception {
        try (Run run = new Run("whole");
                DetectorEngine engine = run.engine()) {
            minutes.forEach(minute -> write(run.log, minute));
            engine.start(DARK, stream -> true);
            untilIdle(engine);
            return run.found();
        }
    }

    @Test
    void stoppedOrKilledAtAnyMomentItFindsTheSame() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<FlowBlock> minutes = minutes(random, 240);
        List<Stored> expected = uninterrupted(minutes);
        assertThat(expected).hasSizeGreaterThan(50).extracting(Stored::detector).contains("scan", "dos");
        try (Run run = new Run("interrupted")) {
            for (int from = 0; from < minutes.size(); ) {
                int to = Math.min(minutes.size(), from + 1 + random.nextInt(60));
                Path before = run.data.resolve("before");
                boolean killed = random.nextBoolean() && Files.exists(run.snapshot());
                if (killed) {
                    Files.copy(run.snapshot(), before, StandardCopyOption.REPLACE_EXISTING);
                }
                try (DetectorEngine engine = run.engine()) {
                    engine.start(DARK, stream -> false);
                    minutes.subList(from, to).forEach(minute -> write(run.log, minute));
                }
                if (killed) {
                    Files.copy(before, run.snapshot(), StandardCopyOption.REPLACE_EXISTING);
                }
                from = to;
            }
            try (DetectorEngine engine = run.engine()) {
                engine.start(DARK, stream -> true);
                untilIdle(engine);
            }
            assertThat(run.found()).as("seed " + seed).isEqualTo(expected);
        }
    }

    @Test
    void anHourIsHeldUntilASnapshotCoversIt() throws Exception {
        try (Run run = new Run("held")) {
            long hour = START / 3600 * 3600;
            minutes(new Random(1), 120).forEach(minute -> write(run.log, minute));
            try (DetectorEngine engine = run.engine()) {
                assertThat(run.log.needed("tokyo", hour)).isTrue();
                assertThat(run.log.needed("nagoya", hour)).isFalse();
                engine.start(DARK, stream -> true);
                untilIdle(engine);
                assertThat(run.log.needed("tokyo", hour)).isFalse();
            }
        }
    }

    @Test
    void aDamagedSnapshotIsLeftOutAndEverythingReadAgain() throws Exception {
        List<FlowBlock> minutes = minutes(new Random(7), 60);
        List<Stored> expected = uninterrupted(minutes);
        try (Run run = new Run("damaged")) {
            minutes.forEach(minute -> write(run.log, minute));
            try (DetectorEngine engine = run.engine()) {
                engine.start(DARK, stream -> true);
                untilIdle(engine);
            }
            damage(run.snapshot());
            try (DetectorEngine engine = run.engine()) {
                engine.start(DARK, stream -> true);
                untilIdle(engine);
            }
            assertThat(run.found()).isEqualTo(expected);
        }
    }

    private static void damage(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void aRecordingThatIsDroppedTakesItsDetectionsAlong() throws Exception {
        try (Run run = new Run("dropped")) {
            minutes(new Random(3), 40).forEach(minute -> write(run.log, minute));
            try (DetectorEngine engine = run.engine()) {
                engine.start(DARK, stream -> true);
                untilIdle(engine);
                assertThat(run.found()).extracting(Stored::sensor).contains("tokyo", "osaka");
                run.log.drop("tokyo");
                assertThat(run.found()).extracting(Stored::sensor).containsOnly("osaka");
            }
        }
    }
}
