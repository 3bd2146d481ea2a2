package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Backups of a tower that runs, and what a tower on the restored directory answers. */
@Timeout(600)
class BackupCommandTest {
    private static final String RANGE = "?from=2025-12-31T00:00:00Z&to=2026-01-03T00:00:00Z";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Commands commands = new Commands();

    private Path data() {
        return folder.resolve("data");
    }

    private Path restored(int number) {
        return folder.resolve("restored" + number);
    }

    private void runs(String said, Object... arguments) {
        String[] texts = Stream.of(arguments).map(Object::toString).toArray(String[]::new);
        assertThat(commands.run(texts)).as(commands.err()).isZero();
        assertThat(commands.out()).contains(said);
    }

    @Test
    void aTowerOnARestoredBackupAnswersAsTheOneThatWasBackedUp() throws Exception {
        String capture = folder.resolve("a.pcap").toString();
        runs("packets", "generate", capture, "--packets=60000", "--profile=mixed");
        Path file = folder.resolve("b.tar.zst");
        List<JsonNode> before;
        try (Program tower = Program.start(
                folder, "run", "--offline", "--port=0", "--data=" + data(), "--replay", capture, "--speed=max")) {
            tower.signIn();
            for (int i = 0; i < 300 && !endIsKnown(tower); i++) {
                Thread.sleep(200);
            }
            before = figures(tower);
            assertThat(endIsKnown(tower)).as(tower.out()).isTrue();
            JsonNode storage = tower.ask("/api/v1/status").path("storage");
            assertThat(storage.path("parts")
                            .propertyStream()
                            .mapToLong(part -> part.getValue().asLong())
                            .sum())
                    .isEqualTo(storage.path("bytes").asLong());
            assertThat(storage.path("parts").path("query_database").asLong()).isPositive();
            runs("Wrote " + file + ", ", "backup", "--data", data(), "--to", file);
            assertThat(commands.out()).contains("Not in it: the query database and the geolocation table");
            assertThat(figures(tower)).isEqualTo(before);
            assertThat(tower.err()).isEmpty();
        }
        assertThat(before.getFirst().path("packets").asLong()).isEqualTo(60_000);
        runs("is whole and can be restored: accounts and ledger", "backup", "verify", file);
        runs("Restored into " + restored(0), "restore", file, "--data", restored(0));
        try (Program tower = Program.start(folder, "run", "--offline", "--port=0", "--data=" + restored(0))) {
            tower.signIn("ada");
            assertThat(figures(tower)).isEqualTo(before);
        }
    }

    /** Whether all packets are counted and the ledger tells how far was observed, which it does a moment later. */
    private static boolean endIsKnown(Program tower) throws IOException, InterruptedException {
        JsonNode timeline = tower.ask("/api/v1/timeline" + RANGE + "&sensor=recording");
        return tower.ask("/api/v1/summary" + RANGE).path("packets").asLong() == 60_000
                && timeline.path("gaps").path(1).path("from").asString().startsWith("2026-01-01T00:59:")
                && tower.out().contains("The recording recording has ended, with 60,000 packets");
    }

    private static List<JsonNode> figures(Program tower) throws IOException, InterruptedException {
        List<JsonNode> figures = new ArrayList<>();
        for (String path : List.of(
                "/api/v1/summary",
                "/api/v1/timeline",
                "/api/v1/top/ports",
                "/api/v1/top/sources",
                "/api/v1/top/families")) {
            figures.add(tower.ask(path + RANGE + "&sensor=recording"));
        }
        return figures;
    }

    /** Hours are archived every few seconds while it is backed up again and again. */
    @Test
    void whatWasSafeBeforeABackupBeganIsInItOnce() throws Exception {
        Files.createDirectories(data());
        org.hinomi.observatory.store.DataDirectory.open(data()).close();
        try (Program writer = Program.start(folder, List.of(), MinuteWriter.class, data().toString())) {
            writer.awaitLine();
            for (int number = 0; number < 6; number++) {
                Thread.sleep(1000);
                Map<Long, Integer> safe = new HashMap<>();
                writer.out()
                        .lines()
                        .filter(line -> line.matches("[0-9]{10}"))
                        .forEach(line -> safe.merge(Long.valueOf(line), 1, Integer::sum));
                Path file = folder.resolve("b" + number + ".tar.gz");
                runs("Wrote", "backup", "--data=" + data(), "--to", file);
                runs("Restored", "restore", file, "--data", restored(number));
                contains(restored(number), safe);
            }
            assertThat(writer.alive()).as(writer.err()).isTrue();
        }
    }

    private static void contains(Path data, Map<Long, Integer> safe) {
        try (StoredData stored = new StoredData(data)) {
            Map<Long, Long> minutes = stored.minutes(MinuteWriter.SENSOR);
            safe.forEach((minute, times) -> assertThat(minutes.getOrDefault(minute, 0L))
                    .as("minute %d", minute)
                    .isBetween((long) times * MinuteWriter.PACKETS, (times + 1L) * MinuteWriter.PACKETS));
            assertThat(minutes.values()).allMatch(packets -> packets % MinuteWriter.PACKETS == 0);
            // A minute comes once, and at most once again as a late one: more would be counted twice.
            assertThat(minutes.values()).allMatch(packets -> packets <= 2L * MinuteWriter.PACKETS);
            assertThat(stored.packets(3600)).isEqualTo(stored.packets(60));
        }
    }

    @Test
    void whatCanNotBeDoneIsOneSentenceAndTheExitCodeSaysWhoseMistakeItIs() throws IOException {
        fails(1, "there is no data directory", "backup", "--data=" + data());
        fails(2, "ends with .tar.zst or .tar.gz", "backup", "--data=" + data(), "--to=a.zip");
        fails(2, "Missing required parameter: 'FILE'", "restore");
        fails(
                1,
                "none.tar.zst does not exist",
                "restore",
                folder.resolve("none.tar.zst").toString());
        fails(1, folder + " is not a file", "backup", "verify", folder.toString());
        String text = Files.writeString(folder.resolve("text"), "hello").toString();
        fails(1, "it is neither a zstd nor a gzip file", "backup", "verify", text);
        fails(1, "text can't be restored", "restore", text, "--data=" + data());
        assertThat(data()).doesNotExist();
    }

    private void fails(int code, String sentence, String... arguments) {
        assertThat(commands.run(arguments)).as(commands.err()).isEqualTo(code);
        assertThat(commands.err()).startsWith("hinomi: ").contains(sentence).doesNotContain("\tat ");
        assertThat(commands.err().lines().count()).isLessThanOrEqualTo(code);
    }
}
