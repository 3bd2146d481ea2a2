package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hinomi.observatory.cli.config.ConfigFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A tower shows what a Flink cluster finds, though only the cluster sees the sensors. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class ClusterResultsTest {
    private final long minute = Math.floorDiv(Instant.now().getEpochSecond(), 60) * 60 - 180;
    private final long hour = Math.floorDiv(minute, 3600) * 3600;

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

    private Tower tower(String url, String more) throws Exception {
        Path at = Files.createDirectories(folder.resolve("tower" + towers++));
        Path password = Files.writeString(at.resolve("password"), ResultsServer.PASSWORD + "\n");
        Path config = Files.writeString(at.resolve("hinomi.yaml"), """
                port: 0
                offline: true
                scale:
                  results: %s
                  user: reader
                  password_file: %s
                  every: 1
                """.formatted(url, password) + more);
        return new Tower(ConfigFile.read(config, at.resolve("data")), InstantSource.system(), () -> {});
    }

    private static void await(Callable<Boolean> done) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!done.call()) {
            assertThat(System.nanoTime()).as("it comes in time").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static JsonNode scale(TowerSession session) throws Exception {
        return session.get("/api/v1/status").get("scale");
    }

    private static JsonNode sensor(TowerSession session, String name) throws Exception {
        for (JsonNode sensor : session.get("/api/v1/sensors").get("items")) {
            if (sensor.get("name").asString().equals(name)) {
                return sensor;
            }
        }
        return TowerSession.JSON.missingNode();
    }

    private static long packets(TowerSession session) throws Exception {
        return session.get("/api/v1/summary").get("packets").asLong();
    }

    @Test
    void sensorsThatOnlyTheClusterSeesAreOnAllPages() throws Exception {
        ResultsTables tables = server.database();
        tables.minute("naha", minute - 60, 600, 600);
        tables.minute("naha", minute, 1200, 1800);
        tables.scan("naha", "203.0.113.7", minute - 600, 1);
        String named = """
                sensors:
                  - name: sendai
                    place: Sendai
                    darknet: [198.51.100.0/24]
                    cluster: true
                """;
        tables.minute("sendai", minute, 200, 200);
        try (Tower tower = tower(tables.url(), named)) {
            TowerSession session = new TowerSession(tower);
            await(() -> packets(session) == 2000);

            assertThat(session.get("/api/v1/status").get("demo").asBoolean()).isFalse();
            assertThat(session.get("/api/v1/top/ports")
                            .get("items")
                            .get(0)
                            .get("packets")
                            .asLong())
                    .isEqualTo(2000);
            assertThat(session.get("/api/v1/top/families")
                            .get("items")
                            .get(0)
                            .get("family")
                            .asString())
                    .isEqualTo("mirai");
            JsonNode naha = sensor(session, "naha");
            assertThat(naha.get("state").asString()).isEqualTo("running");
            assertThat(Instant.parse(naha.get("cluster").get("last_minute").asString()))
                    .isEqualTo(Instant.ofEpochSecond(minute));
            assertThat(naha.get("cluster").get("rate").asDouble()).isEqualTo(20);
            JsonNode sendai = sensor(session, "sendai");
            assertThat(sendai.get("place").asString()).isEqualTo("Sendai");
            assertThat(sendai.get("dark_addresses").asLong()).isEqualTo(256);
            await(() -> session.get("/api/v1/detections").get("items").size() == 1);
            assertThat(session.get("/api/v1/detections")
                            .get("items")
                            .get(0)
                            .get("sensor")
                            .asString())
                    .isEqualTo("naha");
            JsonNode timeline = session.get("/api/v1/timeline?sensor=naha&from=" + Instant.ofEpochSecond(minute - 3600)
                    + "&to=" + Instant.ofEpochSecond(minute + 60));
            assertThat(timeline.get("gaps").get(0).get("reason").asString()).isEqualTo("nothing came from the cluster");
            JsonNode scanned = session.get("/api/v1/summary?port=tcp/23&country=BR");
            assertThat(scanned.get("partial_reason").asString()).endsWith("this is without naha, sendai.");
            redacts(session);
            measures(session);
        }
    }

    private static void redacts(TowerSession session) throws Exception {
        String viewer = session.keyFor("viewer");
        assertThat(session.as(viewer, "/api/v1/sensors").body())
                .contains("sendai")
                .doesNotContain("198.51.100");
        assertThat(session.as(viewer, "/api/v1/status").body())
                .contains("caught_up")
                .doesNotContain("jdbc:");
        assertThat(scale(session).get("results").asString()).startsWith("jdbc:postgresql://127.0.0.1:");
    }

    private static void measures(TowerSession session) throws Exception {
        String metrics = session.ask("/metrics").body();
        assertThat(metrics)
                .contains("hinomi_scale_up 1.0")
                .contains("hinomi_scale_rows_total{table=\"detection\"} 1.0")
                .containsPattern("hinomi_scale_rows_total\\{table=\"rollup\"} 1[3-8].0")
                .containsPattern("hinomi_scale_lag_seconds [0-9]+");
        assertThat(scale(session).get("lag_seconds").asLong()).isBetween(0L, 600L);
    }

    @Test
    void newDetectionsAreToldLiveAndGrowInPlace() throws Exception {
        ResultsTables tables = server.database();
        tables.minute("kobe", minute, 60, 60);
        try (Tower tower = tower(tables.url(), "")) {
            TowerSession session = new TowerSession(tower);
            await(() -> packets(session) == 60);
            CompletableFuture<String> told = new CompletableFuture<>();
            try (BufferedReader stream =
                    new BufferedReader(new InputStreamReader(session.stream(), StandardCharsets.UTF_8))) {
                Thread.ofVirtual()
                        .start(() -> stream.lines()
                                .filter(line -> line.contains("203.0.113.9 tcp_syn scan 23"))
                                .findFirst()
                                .ifPresent(told::complete));
                tables.scan("kobe", "203.0.113.9", minute, 0);
                assertThat(told.get(30, TimeUnit.SECONDS)).contains(ResultsTables.id("kobe", "203.0.113.9", minute));
            }
            tables.scan("kobe", "203.0.113.9", minute, 4);
            await(() -> session.get("/api/v1/detections")
                            .get("items")
                            .get(0)
                            .get("revision")
                            .asLong()
                    == 4);
            assertThat(session.get("/api/v1/detections").get("items").size()).isEqualTo(1);
        }
    }

    @Test
    void aRowWhoseTransactionEndsLateIsNotPassedOver() throws Exception {
        ResultsTables tables = server.database();
        try (Tower tower = tower(tables.url(), "")) {
            TowerSession session = new TowerSession(tower);
            await(() -> !scale(session).get("caught_up").isNull());
            try (Connection slow = tables.connect()) {
                slow.setAutoCommit(false);
                ResultsTables.rollup(slow, "otaru", 3600, hour, "port", "tcp/22", 11);
                ResultsTables.rollup(slow, "otaru", 3600, hour, "all", "", 11);
                tables.minute("asahikawa", minute, 7, 7);
                // When this is there, the tower has looked at the sums with the later numbers too.
                tables.scan("asahikawa", "203.0.113.3", minute, 1);
                await(() -> session.get("/api/v1/detections").get("items").size() == 1);
                assertThat(packets(session)).isZero();
                slow.commit();
            }
            await(() -> session.get("/api/v1/top/ports").get("items").size() == 2);
            assertThat(sensor(session, "otaru").isMissingNode()).isFalse();
        }
    }

    @Test
    void badRowsAreCountedAndTheRestGoesOn() throws Exception {
        ResultsTables tables = server.database();
        tables.minute("kyoto", minute, 60, 60);
        String bad = "INSERT INTO hinomi_rollup SELECT sensor, step, time, dimension, 'tcp/%d', %s, tuples, syn_or_udp,"
                + " to_iot, %s, kinds, %s, %s, nextval('changes') FROM hinomi_rollup WHERE key = 'tcp/23'";
        tables.run(bad.formatted(1, "-5", "classes", "sources", "destinations"));
        tables.run(bad.formatted(2, "packets", "classes[1:9]", "sources", "destinations"));
        tables.run(bad.formatted(3, "packets", "classes", "'\\xdeadbeef'::bytea", "destinations"));
        tables.run(bad.formatted(4, "packets", "classes", "sources", "decode(repeat('ab', 20000), 'hex')"));
        tables.run(bad.formatted(5, "packets", "classes", "NULL", "destinations"));
        tables.run(bad.formatted(70_000, "packets", "classes", "sources", "destinations"));
        tables.run(bad.formatted(6, "packets", "classes", "sources", "destinations")
                .replace("SELECT sensor", "SELECT 'a b'"));
        tables.run(bad.formatted(7, "packets", "classes", "sources", "destinations")
                .replace(", time,", ", time + 1,"));
        tables.scan("f".repeat(31), "kyoto", "203.0.113.1", minute, 1, ResultsTables.FIELDS);
        tables.scan("0".repeat(32), "kyoto", "nobody", minute, 1, ResultsTables.FIELDS);
        tables.scan("1".repeat(32), "kyoto", "203.0.113.1", minute, 1, "{\"dark\":\"198.51.100.7\"}");
        tables.scan("2".repeat(32), "kyoto", "203.0.113.1", minute, 1, "{".repeat(100));
        tables.scan("3".repeat(32), "kyoto", "203.0.113.1", minute, 1, " ".repeat(100_000) + ResultsTables.FIELDS);
        tables.scan("4".repeat(32), "kyoto", "203.0.113.1", minute + 400_000, 1, ResultsTables.FIELDS);
        tables.scan("kyoto", "203.0.113.2", minute, 1);
        try (Tower tower = tower(tables.url(), "")) {
            TowerSession session = new TowerSession(tower);
            await(() -> session.get("/api/v1/detections").get("items").size() == 1 && packets(session) == 60);

            JsonNode scale = scale(session);
            assertThat(scale.get("trouble").isNull()).isTrue();
            assertThat(scale.get("refused").toString())
                    .isEqualTo("{\"classes\":1,\"detector\":2,\"missing\":2,\"number\":1,\"sketch\":1,\"text\":4,"
                            + "\"time\":2}");
            assertThat(scale.get("refusal").asString()).contains("are left out, the first with changed = ");
            assertThat(session.get("/api/v1/top/ports").get("items").size()).isEqualTo(2);
            assertThat(session.ask("/metrics").body())
                    .contains("hinomi_scale_refused_total{reason=\"sketch\",table=\"rollup\"} 1.0");
        }
    }

    @Test
    void rowsOfASensorThatTheTowerHasItselfDoNotCountTwice() throws Exception {
        ResultsTables tables = server.database();
        tables.minute("far", minute, 60, 60);
        tables.minute("near", minute, 60, 60);
        tables.scan("near", "203.0.113.2", minute, 1);
        String own = """
                sensors:
                  - name: near
                    darknet: [198.51.100.0/24]
                    remote: true
                """;
        try (Tower tower = tower(tables.url(), own)) {
            TowerSession session = new TowerSession(tower);
            await(() -> packets(session) == 60
                    && scale(session).path("refused").path("own_sensor").asLong() == 7);
            assertThat(session.get("/api/v1/detections").get("items").size()).isZero();
        }
    }
}
