package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.hinomi.observatory.cli.config.ConfigFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What goes wrong between a tower and a cluster's results: one sentence, and nothing is lost or counted twice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class ClusterTroubleTest {
    private final long minute = Math.floorDiv(Instant.now().getEpochSecond(), 60) * 60 - 180;

    @SuppressWarnings("NullAway.Init")
    private ResultsServer server;

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private int towers;

    @BeforeAll
    void startPostgres(@TempDir Path shared) throws Exception {
        folder = shared;
        server = ResultsServer.start(folder);
    }

    @AfterAll
    void stopPostgres() throws Exception {
        server.close();
    }

    private Program tower(String url, String data) throws IOException {
        return tower(url, data, ResultsServer.PASSWORD);
    }

    private Program tower(String url, String data, String password) throws IOException {
        Path config = config(url, data, password);
        return Program.start(
                folder,
                "run",
                "--config",
                config.toString(),
                "--data",
                folder.resolve(data).toString());
    }

    private Path config(String url, String data, String password) throws IOException {
        Path file = Files.writeString(folder.resolve(data + ".password"), password + "\n");
        return Files.writeString(folder.resolve(data + ".yaml"), """
                port: 0
                offline: true
                scale:
                  results: %s
                  user: reader
                  password_file: %s
                  every: 1
                """.formatted(url, file));
    }

    private static void await(Callable<Boolean> done) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!done.call()) {
            assertThat(System.nanoTime()).as("it comes in time").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static JsonNode scale(Program tower) throws Exception {
        return tower.ask("/api/v1/status").get("scale");
    }

    private static long packets(Program tower) throws Exception {
        return tower.ask("/api/v1/summary").get("packets").asLong();
    }

    private static int detections(Program tower) throws Exception {
        return tower.ask("/api/v1/detections?limit=500").get("items").size();
    }

    private void told(String url, String password, String sentence) throws Exception {
        String data = "wrong" + towers++;
        try (Tower tower = new Tower(
                ConfigFile.read(config(url, data, password), folder.resolve(data)), InstantSource.system(), () -> {})) {
            TowerSession session = new TowerSession(tower);
            await(() ->
                    !session.get("/api/v1/status").get("scale").get("trouble").isNull());
            assertThat(session.get("/api/v1/status").get("scale").get("trouble").asString())
                    .contains(sentence);
            assertThat(session.ask("/metrics").body()).contains("hinomi_scale_up 0.0");
        }
    }

    @Test
    void whatIsWrongIsOneSentenceThatSaysWhatToDo() throws Exception {
        ResultsTables tables = server.database();
        told(tables.url(), "guessed", "PostgreSQL refuses user 'reader'");
        String empty = tables.url().replace(tables.name(), server.emptyDatabase());
        told(empty, ResultsServer.PASSWORD, "has no table hinomi_");
        told(tables.url().replace(tables.name(), "none"), ResultsServer.PASSWORD, "\"none\" does not exist");
        tables.run("UPDATE hinomi_scale_schema SET version = 2");
        told(tables.url(), ResultsServer.PASSWORD, "are written by a newer Hinomi (layout 2, this one reads 1)");
        tables.run("UPDATE hinomi_scale_schema SET version = 1; ALTER TABLE hinomi_rollup DROP COLUMN to_iot");
        told(tables.url(), ResultsServer.PASSWORD, "have another form than this release reads");
        tables.run("REVOKE SELECT ON hinomi_scale_schema FROM reader");
        told(tables.url(), ResultsServer.PASSWORD, "GRANT SELECT on the hinomi_ tables to user 'reader'");
    }

    @Test
    void aWrongPasswordIsLoggedOnceAndNeverShown() throws Exception {
        ResultsTables tables = server.database();
        try (Program tower = tower(tables.url(), "guess", "guessed wrongly")) {
            tower.awaitSaid("PostgreSQL refuses user 'reader'");
            tower.signIn();
            assertThat(tower.text("/api/v1/status"))
                    .contains("PostgreSQL refuses")
                    .doesNotContain("guessed");
            assertThat(tower.err()).doesNotContain("\tat ").doesNotContain("guessed");
            assertThat(tower.err().lines().filter(line -> line.contains("refuses user")))
                    .hasSize(1);
        }
    }

    @Test
    void aDatabaseThatComesLaterOrGoesAwayIsCaughtUpWith(@TempDir Path other) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (Program tower = tower("jdbc:postgresql://127.0.0.1:" + port + "/results0", "late")) {
            tower.signIn();
            await(() -> !scale(tower).get("trouble").isNull());
            assertThat(scale(tower).get("trouble").asString())
                    .contains("can't be reached")
                    .contains("tried again");
            try (ResultsServer late = ResultsServer.start(other, port)) {
                ResultsTables tables = late.database();
                tables.minute("uji", minute, 60, 60);
                await(() -> packets(tower) == 60);
                assertThat(scale(tower).get("trouble").isNull()).isTrue();
            }
            await(() -> !scale(tower).get("trouble").isNull());
            assertThat(packets(tower)).isEqualTo(60);
            try (ResultsServer again = ResultsServer.start(other, port)) {
                new ResultsTables(again, "results0").minute("uji", minute, 70, 70);
                await(() -> packets(tower) == 70);
            }
            assertThat(tower.stop()).isEqualTo(128 + 15);
            assertThat(tower.err()).doesNotContain("\tat ");
        }
    }

    @Test
    void nothingIsLostOrTwiceThoughTheTowerIsKilledAtAnyMoment() throws Exception {
        ResultsTables tables = server.database();
        long begin = minute - 60 * 240;
        long expected = 0;
        for (int kill = 0; kill < 3; kill++) {
            try (Program tower = tower(tables.url(), "killed")) {
                tower.address();
                for (int i = 0; i < 40; i++) {
                    long time = begin + (kill * 40L + i) * 60;
                    long ofHour = (Math.floorMod(time, 3600) / 60 + 1) * 10;
                    tables.minute("aso", time, 10, Math.min(ofHour, (time - begin) / 60 * 10 + 10));
                    tables.scan("aso", "203.0.113." + (kill * 40 + i), time, 1);
                    expected += 10;
                }
                tower.kill();
            }
        }
        long all = expected;
        String range = "?from=" + Instant.ofEpochSecond(begin) + "&to=" + Instant.ofEpochSecond(minute + 60);
        try (Program tower = tower(tables.url(), "killed")) {
            tower.signIn();
            await(() ->
                    tower.ask("/api/v1/summary" + range).get("packets").asLong() == all && detections(tower) == 120);
            await(() -> sum(tower.ask("/api/v1/timeline" + range + "&step=60")) == all);
            assertThat(tower.ask("/api/v1/top/ports" + range)
                            .get("items")
                            .get(0)
                            .get("packets")
                            .asLong())
                    .isEqualTo(all);
        }
        rebuilt(tables, range, all);
        restored(tables, range, all);
    }

    private static long sum(JsonNode timeline) {
        long sum = 0;
        for (JsonNode packets : timeline.get("series").get(0).get("packets")) {
            sum += packets.asLong(0);
        }
        return sum;
    }

    /** The query database lost: sums are read again, detections are there. */
    private void rebuilt(ResultsTables tables, String range, long all) throws Exception {
        for (String file : List.of("warehouse.duckdb", "warehouse.duckdb.wal")) {
            Files.deleteIfExists(folder.resolve("killed").resolve(file));
        }
        try (Program tower = tower(tables.url(), "killed")) {
            tower.signIn("ada");
            await(() -> tower.ask("/api/v1/summary" + range).get("packets").asLong() == all);
            assertThat(detections(tower)).isEqualTo(120);
            assertThat(scale(tower).get("detections").asLong()).isZero();
        }
    }

    /** From a backup: detections are in it, sums are read again; and a database made anew is read from its start. */
    private void restored(ResultsTables tables, String range, long all) throws Exception {
        Commands commands = new Commands();
        String file = folder.resolve("b.tar.zst").toString();
        assertThat(commands.run("backup", "--data=" + folder.resolve("killed"), "--to", file))
                .as(commands.err())
                .isZero();
        assertThat(commands.run("restore", file, "--data=" + folder.resolve("restored")))
                .isZero();
        try (Program tower = tower(tables.url(), "restored")) {
            tower.signIn("ada");
            await(() -> tower.ask("/api/v1/summary" + range).get("packets").asLong() == all);
            assertThat(detections(tower)).isEqualTo(120);
            anew(tables);
            tables.minute("aso", minute, 5, 5);
            tables.scan("aso", "192.0.2.200", minute, 1);
            await(() -> detections(tower) == 121);
        }
    }

    private static void anew(ResultsTables tables) throws SQLException {
        tables.run("DROP TABLE hinomi_scale_schema, hinomi_detection, hinomi_rollup, hinomi_scale_state;"
                + " DROP SEQUENCE changes");
        tables.make();
    }
}
