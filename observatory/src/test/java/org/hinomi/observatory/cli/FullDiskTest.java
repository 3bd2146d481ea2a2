package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hinomi.observatory.Main;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A disk without room: a file system in memory that only the program under test sees. */
@Tag("root")
@Timeout(300)
class FullDiskTest {
    private static final int PACKETS = 400_000;

    /** How a shell calls the end by SIGTERM. */
    private static final int TERMINATED = 128 + 15;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Commands commands = new Commands();

    @BeforeEach
    void asRoot() throws IOException, InterruptedException {
        Process trial = new ProcessBuilder("unshare", "--mount", "true").start();
        if (trial.waitFor() != 0) {
            System.err.println("SKIPPED: a small disk needs root");
            Assumptions.abort("no mount namespace");
        }
    }

    /** Starts the program on a disk of its own, of which only some room is left. */
    private Program onDisk(int megabytes, int left, String... arguments) throws IOException {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        String mount = "mount -t tmpfs -o size=" + megabytes + "m tmpfs " + disk + " && head -c " + (megabytes - left)
                + "m /dev/zero > " + disk.resolve("ballast") + " && exec \"$@\"";
        return Program.start(
                folder,
                List.of("unshare", "--mount", "--propagation", "private", "sh", "-c", mount, "sh"),
                Main.class,
                arguments);
    }

    private String onDisk(String name) {
        return folder.resolve("disk").resolve(name).toString();
    }

    /** A file on the disk that only the program sees. */
    private Path seenBy(Program program, String name) {
        return Path.of("/proc/" + program.pid() + "/root" + onDisk(name));
    }

    private String capture() {
        String capture = folder.resolve("a.pcap").toString();
        assertThat(commands.run("generate", capture, "--packets=" + PACKETS, "--profile=mixed"))
                .isZero();
        return capture;
    }

    @Test
    void commandsThatWriteTellWhichFileFoundNoRoom() throws IOException, InterruptedException {
        String capture = capture();
        tells(onDisk("b.pcap"), "generate", onDisk("b.pcap"));
        tells(onDisk("b.pcap.gz"), "generate", onDisk("b.pcap.gz"));
        tells(onDisk("b.avro"), "analyze", capture, "--flowtuples", onDisk("b.avro"));
        tells(onDisk("b.parquet"), "analyze", capture, "--flowtuples", onDisk("b.parquet"));
    }

    private void tells(String file, String... command) throws IOException, InterruptedException {
        try (Program program = onDisk(2, 1, command)) {
            assertThat(program.end()).as(program.err()).isEqualTo(1);
            assertThat(program.err())
                    .startsWith("hinomi: " + file + " can't be written: ")
                    .contains("No space left on device")
                    .hasLineCount(1);
        }
    }

    @Test
    void aBackupThatFindsNoRoomIsToldAndLeavesNothing() throws Exception {
        Path data = folder.resolve("data");
        Path hour = data.resolve("archive/tokyo/0-0.parquet");
        Files.createDirectories(hour.getParent());
        byte[] noise = new byte[3 << 20];
        new java.util.Random(1).nextBytes(noise);
        Files.write(hour, noise);
        Files.writeString(data.resolve("version"), "1\n");
        try (Program program = onDisk(2, 1, "backup", "--data=" + data, "--to=" + onDisk("b.tar.gz"))) {
            assertThat(program.end()).as(program.err()).isEqualTo(1);
            assertThat(program.err())
                    .startsWith(
                            "hinomi: the backup " + onDisk("b.tar.gz") + " can't be written (No space left on device)")
                    .hasLineCount(1);
        }
        String whole = folder.resolve("b.tar.gz").toString();
        assertThat(commands.run("backup", "--data=" + data, "--to=" + whole)).isZero();
        try (Program program = onDisk(2, 1, "restore", whole, "--data=" + onDisk("data"))) {
            assertThat(program.end()).as(program.err()).isEqualTo(1);
            assertThat(program.err()).contains("make room").hasLineCount(1);
        }
    }

    @Test
    void aDataDirectoryWithoutRoomIsToldAtTheStart() throws IOException, InterruptedException {
        try (Program tower = onDisk(2, 0, "run", "--offline", "--port=0", "--data=" + onDisk("data"))) {
            assertThat(tower.end()).as(tower.err()).isEqualTo(1);
            assertThat(tower.err())
                    .startsWith("hinomi: ")
                    .doesNotContain("\tat ")
                    .hasLineCount(1);
        }
    }

    @Test
    void aTowerWithoutRoomWaitsForSomeAndLosesNothing() throws IOException, InterruptedException {
        String capture = capture();
        try (Program tower = onDisk(
                64,
                10,
                "run",
                "--offline",
                "--port=0",
                "--data=" + onDisk("data"),
                "--replay",
                capture,
                "--speed=300")) {
            tower.address();
            for (int i = 0; i < 600 && !tower.err().contains("make room"); i++) {
                Thread.sleep(100);
            }
            assertThat(tower.err()).contains("No space left on device", "make room or mend the disk");
            Thread.sleep(3000);
            Files.delete(seenBy(tower, "ballast"));
            long stored = 0;
            for (int i = 0; i < 60 && stored < PACKETS; i++) {
                Thread.sleep(2000);
                stored = stored(tower, folder.resolve("copy" + i));
            }

            assertThat(stored).as(tower.err()).isEqualTo(PACKETS);
            tower.signIn();
            JsonNode asked = tower.ask("/api/v1/summary?from=2025-12-31T00:00:00Z&to=2026-01-03T00:00:00Z");
            assertThat(asked.path("packets").asLong()).isEqualTo(PACKETS);
            assertThat(tower.ask("/healthz").path("well").asBoolean()).isTrue();
            assertThat(tower.err()).doesNotContain("\tat ");
            assertThat(tower.stop()).isEqualTo(TERMINATED);
        }
    }

    /** What a start would find if the program were killed now; nothing when it just gave a file another name. */
    private long stored(Program tower, Path copy) throws IOException {
        Path data = seenBy(tower, "data");
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(data.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (NoSuchFileException | UncheckedIOException e) {
            return 0;
        }
        try (StoredData stored = new StoredData(copy)) {
            assertThat(stored.packets(3600)).isEqualTo(stored.packets(60));
            return stored.packets(60);
        }
    }
}
