package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hinomi.observatory.cli.PlayedTower.JSON;
import static org.hinomi.observatory.cli.PlayedTower.PACKETS;
import static org.hinomi.observatory.cli.PlayedTower.WHOLE;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.hinomi.observatory.web.OpenApi;
import org.hinomi.observatory.web.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The whole program over HTTP, on a recording whose truth is known. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TowerTest {
    @SuppressWarnings("NullAway.Init")
    private PlayedTower played;

    @BeforeAll
    void playARecording(@TempDir Path folder) throws Exception {
        played = new PlayedTower(folder);
    }

    @AfterAll
    void stop() {
        played.close();
    }

    @Test
    void theSumsAreTheTruth() throws Exception {
        JsonNode summary = played.get("/api/v1/summary?" + WHOLE);
        assertThat(summary.get("packets").asLong()).isEqualTo(PACKETS);
        played.truth()
                .classes()
                .forEach((packetClass, packets) -> assertThat(
                                summary.get("classes").get(packetClass.id()).asLong())
                        .as(packetClass.id())
                        .isEqualTo(packets));
        played.truth()
                .kinds()
                .forEach((kind, packets) -> assertThat(
                                summary.get("kinds").get(kind.id()).asLong())
                        .as(kind.id())
                        .isEqualTo(packets));
        assertThat(summary.get("sources").asDouble())
                .isCloseTo(played.truth().sources(), Percentage.withPercentage(10));
        assertThat(summary.get("per_address").asDouble()).isEqualTo(PACKETS / 65_536.0);
    }

    @Test
    void rollUpsAndTuplesTellTheSame() throws Exception {
        JsonNode rolled = played.get("/api/v1/summary?" + WHOLE + "&port=tcp/23");
        JsonNode scanned = played.get("/api/v1/summary?" + WHOLE + "&port=tcp/23&source=0.0.0.0/0");
        assertThat(scanned.get("packets")).isEqualTo(rolled.get("packets"));
        assertThat(scanned.get("classes")).isEqualTo(rolled.get("classes"));
        assertThat(scanned.get("iot_share")).isEqualTo(rolled.get("iot_share"));
        JsonNode ports = played.get("/api/v1/top/ports?limit=5&" + WHOLE).get("items");
        JsonNode scannedPorts = played.get("/api/v1/top/ports?limit=5&source=0.0.0.0/0&" + WHOLE)
                .get("items");
        for (int i = 0; i < 5; i++) {
            assertThat(scannedPorts.get(i).get("port")).isEqualTo(ports.get(i).get("port"));
            assertThat(scannedPorts.get(i).get("packets"))
                    .isEqualTo(ports.get(i).get("packets"));
        }
    }

    @Test
    void theTimelineAddsUpAndKnowsWhatWasNotObserved() throws Exception {
        JsonNode timeline = played.get("/api/v1/timeline?from=2025-12-31T22:00:00Z&to=2026-01-01T01:00:00Z");
        JsonNode all = timeline.get("series").get(0).get("packets");
        long sum = 0;
        for (JsonNode point : all) {
            sum += point.isNull() ? 0 : point.asLong();
        }
        assertThat(sum).isEqualTo(PACKETS);
        assertThat(all.get(0).isNull())
                .as("before the recording there is a gap, not a zero")
                .isTrue();
        assertThat(timeline.get("gaps").size()).isPositive();
    }

    @Test
    void aHostIsToldByItsTuples() throws Exception {
        JsonNode first =
                played.get("/api/v1/top/sources?limit=1&" + WHOLE).get("items").get(0);
        JsonNode host = played.get("/api/v1/hosts/" + first.get("address").asString() + "?" + WHOLE);
        assertThat(host.get("packets").asLong()).isEqualTo(first.get("packets").asLong());
        assertThat(host.get("verdict").get("ja").asString()).isNotEmpty();
        JsonNode tuples = played.get(
                "/api/v1/flowtuples?limit=1000&source=" + first.get("address").asString() + "&" + WHOLE);
        assertThat(tuples.get("items").size()).isPositive();
    }

    @Test
    void listsGoOnWhereTheirCursorSays() throws Exception {
        JsonNode both = played.get("/api/v1/top/sources?limit=4&" + WHOLE).get("items");
        JsonNode first = played.get("/api/v1/top/sources?limit=2&" + WHOLE);
        JsonNode second = played.get(
                "/api/v1/top/sources?limit=2&cursor=" + first.get("next").asString() + "&" + WHOLE);
        assertThat(second.get("items").get(0)).isEqualTo(both.get(2));
        assertThat(second.get("items").get(1)).isEqualTo(both.get(3));
    }

    @Test
    void darkAddressesAreRedactedByRole() throws Exception {
        String path = "/api/v1/flowtuples?limit=50&" + WHOLE;
        HttpResponse<String> viewer = played.as(played.keyFor("viewer"), path);
        assertThat(viewer.body()).doesNotContain("198.18.").contains("\"redacted\":true");
        String analystKey = played.keyFor("analyst");
        HttpResponse<String> analyst = played.as(analystKey, path);
        assertThat(analyst.body()).doesNotContain("\"dst_ip\":null").contains("\"first_seq\":null");
        JsonNode clear = played.get(path).get("items");
        JsonNode masked = JSON.readTree(analyst.body()).get("items");
        for (int i = 0; i < clear.size(); i++) {
            assertThat(clear.get(i).get("dst_ip").asString()).startsWith("198.18.");
            assertThat(masked.get(i).get("dst_ip")).isNotEqualTo(clear.get(i).get("dst_ip"));
        }
        assertThat(played.as(analystKey, "/api/v1/flowtuples?format=csv&" + WHOLE)
                        .body())
                .startsWith("time,sensor,src_ip")
                .doesNotContain(",198.18.");
        assertThat(played.as(played.keyFor("viewer"), "/api/v1/flowtuples?format=csv")
                        .statusCode())
                .isEqualTo(403);
        assertThat(played.as(analystKey, "/api/v1/status").body()).doesNotContain("198.18.");
        assertThat(played.as(analystKey, "/api/v1/ledger").body()).doesNotContain("198.18.");
    }

    @Test
    void analystsSeePayloadsOnlyAndAdministratorsWholePackets() throws Exception {
        String source = played.get("/api/v1/top/sources?limit=1&" + WHOLE)
                .get("items")
                .get(0)
                .get("address")
                .asString();
        String path = "/api/v1/hosts/" + source + "/samples";
        JsonNode clear = played.get(path).get("items").get(0);
        assertThat(clear.get("hex").asString()).hasSize(2 * clear.get("bytes").asInt());
        JsonNode masked = JSON.readTree(
                        played.as(played.keyFor("analyst"), path).body())
                .get("items")
                .get(0);
        assertThat(masked.get("hex").asString()).isEmpty();
        assertThat(played.as(played.keyFor("viewer"), path).statusCode()).isEqualTo(403);
    }

    @Test
    void anExportIsParquetAndIsInTheAuditLog() throws Exception {
        HttpResponse<byte[]> file = played.as(
                played.keyFor("analyst"), "/api/v1/flowtuples?format=parquet&" + WHOLE, BodyHandlers.ofByteArray());
        assertThat(new String(file.body(), 0, 4, StandardCharsets.US_ASCII)).isEqualTo("PAR1");
        assertThat(played.get("/api/v1/audit").toString()).contains("flow tuples as Parquet");
    }

    @Test
    void everyRouteIsDescribedWithItsRole() {
        assertThat(OpenApi.paths(played.tower().routes())).isEqualTo(OpenApi.paths());
        Map<String, Role> described = OpenApi.roles();
        played.tower()
                .routes()
                .forEach(route -> assertThat(described)
                        .as(route.path())
                        .containsEntry(route.method() + " " + route.path(), route.role()));
    }

    @Test
    void whoHasNotSignedInReadsNothingOfARecording() throws Exception {
        for (var route : played.tower().routes()) {
            if (route.role() != Role.PUBLIC && route.method().name().equals("GET")) {
                String path = route.path().replaceAll("\\{[a-z]+}", "1");
                assertThat(played.asVisitor(path).statusCode()).as(route.path()).isEqualTo(401);
            }
        }
    }

    @Test
    void whatCanNotBeAskedIsRefusedWithASentence() throws Exception {
        for (String path : List.of(
                "/api/v1/summary?colour=red",
                "/api/v1/summary?class=tcp",
                "/api/v1/summary?port=23",
                "/api/v1/summary?country=Japan",
                "/api/v1/summary?asn=-1",
                "/api/v1/summary?family=unknown",
                "/api/v1/summary?sensor=nowhere",
                "/api/v1/summary?from=yesterday",
                "/api/v1/summary?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z",
                "/api/v1/hosts/300.1.1.1",
                "/api/v1/networks/AS1",
                "/api/v1/ports/sctp/1",
                "/api/v1/flowtuples?format=xml",
                "/api/v1/timeline?by=colour")) {
            HttpResponse<String> answer = played.ask(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(JSON.readTree(answer.body()).get("detail").asString())
                    .as(path)
                    .isNotEmpty();
        }
    }

    @Test
    void searchLeadsToPages() throws Exception {
        assertThat(played.get("/api/v1/search?q=198.51.100.7").toString()).contains("/hosts/198.51.100.7");
        assertThat(played.get("/api/v1/search?q=23").toString()).contains("/ports/tcp/23");
        assertThat(played.get("/api/v1/search?q=telnet").toString()).contains("/ports/tcp/23");
        assertThat(played.get("/api/v1/search?q=AS4713").toString()).contains("/networks/4713");
        assertThat(played.get("/api/v1/search?q=japan").toString()).contains("country=JP");
        assertThat(played.get("/api/v1/search?q=0.0.0.0/0&" + WHOLE).toString()).contains("/hosts/");
    }

    @Test
    void theStreamBeginsWithTheCounters() throws Exception {
        HttpResponse<InputStream> stream =
                played.as(played.keyFor("viewer"), "/api/v1/stream", BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("event: hello");
            lines.readLine();
            lines.readLine();
            assertThat(lines.readLine()).isEqualTo("event: counters");
            assertThat(lines.readLine()).contains("\"today\":");
        }
    }

    @Test
    void metricsTellOfTheSensors() throws Exception {
        HttpResponse<String> metrics = played.ask("/metrics");
        assertThat(metrics.body()).contains("hinomi_packets_total{sensor=\"recording\"} " + (double) PACKETS);
        assertThat(played.asVisitor("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void nothingOfTheDataIsReadableByOthers() throws IOException {
        for (String file : List.of("control.sqlite", "pseudonym.key")) {
            Path path = played.tower().data().resolve(file);
            assertThat(Files.getPosixFilePermissions(path).toString())
                    .doesNotContain("GROUP")
                    .doesNotContain("OTHERS");
        }
    }
}
