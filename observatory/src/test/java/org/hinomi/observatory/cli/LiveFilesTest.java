package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.hinomi.observatory.Main;
import org.hinomi.observatory.capture.Capture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tower on captures that another program writes while it runs. */
@Timeout(300)
class LiveFilesTest {
    private static final int PACKETS = 60_000;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @SuppressWarnings("NullAway.Init")
    private Path whole;

    @SuppressWarnings("NullAway.Init")
    private byte[] capture;

    @BeforeEach
    void makeCapture() throws IOException {
        whole = folder.resolve("whole.pcap");
        assertThat(new Commands().run("generate", whole.toString(), "--packets=" + PACKETS, "--profile=mixed"))
                .isZero();
        capture = Files.readAllBytes(whole);
    }

    private Program tower(List<String> before, String... source) throws IOException {
        String[] arguments = {
            "run", "--offline", "--port=0", "--data=" + folder.resolve("data"), "--darknet", "198.18.0.0/15"
        };
        String[] all = Arrays.copyOf(arguments, arguments.length + source.length);
        System.arraycopy(source, 0, all, arguments.length, source.length);
        return Program.start(folder, before, Main.class, all);
    }

    private Map<Long, Long> minutes() throws IOException {
        Map<Long, Long> minutes = new HashMap<>();
        try (Capture of = Capture.open(whole.toString())) {
            of.read(
                    (nanos, bytes, offset, captured, wire, linkType) ->
                            minutes.merge(nanos / 60_000_000_000L * 60, 1L, Long::sum),
                    done -> {});
        }
        return minutes;
    }

    private static void awaitPackets(Program tower, long packets) throws IOException, InterruptedException {
        long found = 0;
        for (int i = 0; i < 600 && found < packets; i++) {
            Thread.sleep(100);
            found = tower.ask("/api/v1/sensors")
                    .path("items")
                    .path(0)
                    .path("packets")
                    .asLong();
        }
        assertThat(found).isEqualTo(packets);
    }

    @Test
    void eachPacketOfADirectoryIsStoredOnceThoughTheTowerIsKilledAgainAndAgain()
            throws IOException, InterruptedException {
        Path directory = Files.createDirectory(folder.resolve("in"));
        Thread writer = Thread.ofPlatform().start(() -> fill(directory));
        for (int kills = 0; kills < 4; kills++) {
            try (Program tower = tower(List.of(), "--directory", directory.toString())) {
                tower.address();
                Thread.sleep(random.nextInt(3000));
                tower.kill();
            }
        }
        writer.join();
        try (Program tower = tower(List.of(), "--directory", directory.toString())) {
            tower.address();
            Thread.sleep(4000);
            tower.stop();
            assertThat(tower.err()).as("seed %d", seed).doesNotContain("\tat ").doesNotContain("ERROR");
        }
        try (StoredData stored = new StoredData(folder.resolve("data"))) {
            assertThat(stored.minutes("in")).as("seed %d", seed).isEqualTo(minutes());
        }
    }

    /** Writes the capture in pieces of any size, into some files with a header each. */
    private void fill(Path directory) {
        try {
            int number = 0;
            int next = 24;
            Path file = Files.write(directory.resolve("dark.pcap0"), Arrays.copyOf(capture, 24));
            for (int record = 24; record < capture.length; ) {
                record += 16 + (capture[record + 8] & 0xff | (capture[record + 9] & 0xff) << 8);
                boolean rotates = random.nextInt(9000) == 0;
                if (rotates || random.nextInt(600) == 0 || record == capture.length) {
                    int to = rotates ? record : Math.min(record + 5, capture.length);
                    append(file, next, to);
                    next = to;
                    Thread.sleep(random.nextInt(300));
                }
                if (rotates) {
                    file = Files.write(directory.resolve("dark.pcap" + ++number), Arrays.copyOf(capture, 24));
                }
            }
            append(file, next, capture.length);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void append(Path file, int from, int to) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            out.write(capture, from, Math.max(0, to - from));
        }
    }

    @Test
    void theStandardInputIsTakenAsItIsWrittenUntilItEnds() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        List<String> reading = List.of("sh", "-c", "exec \"$@\" <\"$0\"", pipe.toString());
        try (Program tower = tower(reading, "--live-from=-");
                OutputStream out = Files.newOutputStream(pipe)) {
            tower.signIn();
            int half = capture.length / 2;
            out.write(capture, 0, half);
            out.flush();
            long first = 0;
            for (int i = 0; i < 300 && first == 0; i++) {
                Thread.sleep(100);
                first = tower.ask("/api/v1/sensors")
                        .path("items")
                        .path(0)
                        .path("packets")
                        .asLong();
            }
            assertThat(first).isBetween(1L, (long) PACKETS - 1);
            out.write(capture, half, capture.length - half);
            out.close();
            awaitPackets(tower, PACKETS);
            tower.stop();
            assertThat(tower.err()).doesNotContain("\tat ").doesNotContain("ERROR");
        }
        try (StoredData stored = new StoredData(folder.resolve("data"))) {
            assertThat(stored.minutes("live")).isEqualTo(minutes());
        }
    }
}
