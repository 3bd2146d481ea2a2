package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.packet.LinkType;
import org.hinomi.kernel.synthetic.Profile;
import org.hinomi.kernel.synthetic.Traffic;
import org.hinomi.kernel.synthetic.TrafficPlan;
import org.hinomi.kernel.synthetic.Truth;
import org.hinomi.observatory.capture.PcapWriter;
import org.hinomi.observatory.cli.config.ConfigFile;
import org.hinomi.observatory.cli.config.SensorSettings;
import org.hinomi.observatory.cli.config.SensorSettings.Source;
import org.hinomi.observatory.telescope.sensor.SensorRun;
import org.hinomi.observatory.web.OpenApi;
import org.hinomi.observatory.web.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole program over HTTP, on a recording whose truth is known. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TowerTest {
    private static final long PACKETS = 60_000;
    private static final long START = 1_767_225_600L;
    private static final String WHOLE = "from=2026-01-01T00:00:00Z&to=2026-01-01T02:00:00Z";
    private static final String PASSWORD = "a long enough password";
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init")
    private Tower tower;

    @SuppressWarnings("NullAway.Init")
    private Truth truth;

    private String administrator = "";
    private String csrf = "";

    @BeforeAll
    void playARecording(@TempDir Path folder) throws Exception {
        Path capture = folder.resolve("hour.pcap");
        truth = generate(capture);
        SensorSettings sensor = new SensorSettings(
                "recording",
                "Tokyo",
                35.68,
                139.77,
                List.of(Prefix.parse("198.18.0.0/16")),
                new Source.Files(List.of(capture.toString()), Double.POSITIVE_INFINITY));
        tower = new Tower(
                ConfigFile.defaults(folder.resolve("data"))
                        .withPort(0)
                        .withOffline(true)
                        .withSensors(List.of(sensor)),
                InstantSource.system(),
                () -> {});
        for (SensorRun run : tower.sensors().runs()) {
            run.join();
        }
        setUp();
        awaitPackets();
    }

    @AfterAll
    void stop() {
        tower.close();
    }

    private static Truth generate(Path file) throws IOException {
        Traffic traffic = new Traffic(new TrafficPlan(
                Profile.MIXED,
                7,
                START * 1_000_000_000L,
                Duration.ofHours(1).toNanos(),
                TrafficPlan.USUAL_DARKNET,
                PACKETS));
        try (PcapWriter writer = PcapWriter.create(file, LinkType.ETHERNET, PcapWriter.Resolution.MICROSECONDS)) {
            traffic.emitAll(writer);
            writer.finish();
        }
        return traffic.truth();
    }

    private void setUp() throws Exception {
        URI link = tower.setupLink().orElseThrow();
        String body =
                JSON.writeValueAsString(Map.of("token", link.getFragment(), "name", "warden", "password", PASSWORD));
        HttpResponse<String> made = send("POST", "/api/v1/setup", body, Optional.empty());
        assertThat(made.statusCode()).isEqualTo(201);
        administrator = made.headers()
                .firstValue("set-cookie")
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .orElseThrow();
        csrf = get("/api/v1/session").get("csrf").asString();
        assertThat(tower.setupLink()).isEmpty();
    }

    private void awaitPackets() throws Exception {
        for (int i = 0; i < 600; i++) {
            if (get("/api/v1/summary?" + WHOLE).get("packets").asLong() == PACKETS
                    && get("/api/v1/top/ports?" + WHOLE).get("items").size() > 0) {
                return;
            }
            Thread.sleep(100);
        }
    }

    private HttpResponse<String> send(String method, String path, String body, Optional<String> cookie)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(tower.address().resolve(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        cookie.ifPresent(value -> request.header("Cookie", value).header("X-Hinomi-Csrf", csrf));
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = send("GET", path, "", Optional.of(administrator));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private String keyFor(String role) throws Exception {
        String name = role + "-key";
        HttpResponse<String> made = send(
                "POST",
                "/api/v1/keys",
                JSON.writeValueAsString(Map.of("label", name, "role", role)),
                Optional.of(administrator));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return JSON.readTree(made.body()).get("key").asString();
    }

    private HttpResponse<String> as(String key, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(tower.address().resolve(path))
                        .header("Authorization", "Bearer " + key)
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void theSumsAreTheTruth() throws Exception {
        JsonNode summary = get("/api/v1/summary?" + WHOLE);
        assertThat(summary.get("packets").asLong()).isEqualTo(PACKETS);
        truth.classes()
                .forEach((packetClass, packets) -> assertThat(
                                summary.get("classes").get(packetClass.id()).asLong())
                        .as(packetClass.id())
                        .isEqualTo(packets));
        truth.kinds()
                .forEach((kind, packets) -> assertThat(
                                summary.get("kinds").get(kind.id()).asLong())
                        .as(kind.id())
                        .isEqualTo(packets));
        assertThat(summary.get("sources").asDouble())
                .isCloseTo(truth.sources(), org.assertj.core.data.Percentage.withPercentage(10));
        assertThat(summary.get("per_address").asDouble()).isEqualTo(PACKETS / 65_536.0);
    }

    @Test
    void rollUpsAndTuplesTellTheSame() throws Exception {
        JsonNode rolled = get("/api/v1/summary?" + WHOLE + "&port=tcp/23");
        JsonNode scanned = get("/api/v1/summary?" + WHOLE + "&port=tcp/23&source=0.0.0.0/0");
        assertThat(scanned.get("packets")).isEqualTo(rolled.get("packets"));
        assertThat(scanned.get("classes")).isEqualTo(rolled.get("classes"));
        assertThat(scanned.get("iot_share")).isEqualTo(rolled.get("iot_share"));
        JsonNode ports = get("/api/v1/top/ports?limit=5&" + WHOLE).get("items");
        JsonNode scannedPorts =
                get("/api/v1/top/ports?limit=5&source=0.0.0.0/0&" + WHOLE).get("items");
        for (int i = 0; i < 5; i++) {
            assertThat(scannedPorts.get(i).get("port")).isEqualTo(ports.get(i).get("port"));
            assertThat(scannedPorts.get(i).get("packets"))
                    .isEqualTo(ports.get(i).get("packets"));
        }
    }

    @Test
    void theTimelineAddsUpAndKnowsWhatWasNotObserved() throws Exception {
        JsonNode timeline = get("/api/v1/timeline?from=2025-12-31T22:00:00Z&to=2026-01-01T01:00:00Z");
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
                get("/api/v1/top/sources?limit=1&" + WHOLE).get("items").get(0);
        JsonNode host = get("/api/v1/hosts/" + first.get("address").asString() + "?" + WHOLE);
        assertThat(host.get("packets").asLong()).isEqualTo(first.get("packets").asLong());
        assertThat(host.get("verdict").get("ja").asString()).isNotEmpty();
        JsonNode tuples = get(
                "/api/v1/flowtuples?limit=1000&source=" + first.get("address").asString() + "&" + WHOLE);
        assertThat(tuples.get("items").size()).isPositive();
    }

    @Test
    void listsGoOnWhereTheirCursorSays() throws Exception {
        JsonNode both = get("/api/v1/top/sources?limit=4&" + WHOLE).get("items");
        JsonNode first = get("/api/v1/top/sources?limit=2&" + WHOLE);
        JsonNode second =
                get("/api/v1/top/sources?limit=2&cursor=" + first.get("next").asString() + "&" + WHOLE);
        assertThat(second.get("items").get(0)).isEqualTo(both.get(2));
        assertThat(second.get("items").get(1)).isEqualTo(both.get(3));
    }

    @Test
    void darkAddressesAreRedactedByRole() throws Exception {
        String path = "/api/v1/flowtuples?limit=50&" + WHOLE;
        HttpResponse<String> viewer = as(keyFor("viewer"), path);
        assertThat(viewer.body()).doesNotContain("198.18.").contains("\"redacted\":true");
        String analystKey = keyFor("analyst");
        HttpResponse<String> analyst = as(analystKey, path);
        assertThat(analyst.body()).doesNotContain("\"dst_ip\":null").contains("\"first_seq\":null");
        JsonNode clear = get(path).get("items");
        JsonNode masked = JSON.readTree(analyst.body()).get("items");
        for (int i = 0; i < clear.size(); i++) {
            assertThat(clear.get(i).get("dst_ip").asString()).startsWith("198.18.");
            assertThat(masked.get(i).get("dst_ip")).isNotEqualTo(clear.get(i).get("dst_ip"));
        }
        assertThat(as(analystKey, "/api/v1/flowtuples?format=csv&" + WHOLE).body())
                .startsWith("time,sensor,src_ip")
                .doesNotContain(",198.18.");
        assertThat(as(keyFor("viewer"), "/api/v1/flowtuples?format=csv").statusCode())
                .isEqualTo(403);
        assertThat(as(analystKey, "/api/v1/status").body()).doesNotContain("198.18.");
        assertThat(as(analystKey, "/api/v1/ledger").body()).doesNotContain("198.18.");
    }

    @Test
    void analystsSeePayloadsOnlyAndAdministratorsWholePackets() throws Exception {
        String source = get("/api/v1/top/sources?limit=1&" + WHOLE)
                .get("items")
                .get(0)
                .get("address")
                .asString();
        String path = "/api/v1/hosts/" + source + "/samples";
        JsonNode clear = get(path).get("items").get(0);
        assertThat(clear.get("hex").asString()).hasSize(2 * clear.get("bytes").asInt());
        JsonNode masked =
                JSON.readTree(as(keyFor("analyst"), path).body()).get("items").get(0);
        assertThat(masked.get("hex").asString()).isEmpty();
        assertThat(as(keyFor("viewer"), path).statusCode()).isEqualTo(403);
    }

    @Test
    void anExportIsParquetAndIsInTheAuditLog() throws Exception {
        HttpResponse<byte[]> file = client.send(
                HttpRequest.newBuilder(tower.address().resolve("/api/v1/flowtuples?format=parquet&" + WHOLE))
                        .header("Authorization", "Bearer " + keyFor("analyst"))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(new String(file.body(), 0, 4, java.nio.charset.StandardCharsets.US_ASCII))
                .isEqualTo("PAR1");
        assertThat(get("/api/v1/audit").toString()).contains("flow tuples as Parquet");
    }

    @Test
    void everyRouteIsDescribedWithItsRole() {
        assertThat(OpenApi.paths(tower.routes())).isEqualTo(OpenApi.paths());
        Map<String, Role> described = OpenApi.roles();
        tower.routes()
                .forEach(route -> assertThat(described)
                        .as(route.path())
                        .containsEntry(route.method() + " " + route.path(), route.role()));
    }

    @Test
    void whoHasNotSignedInReadsNothingOfARecording() throws Exception {
        for (var route : tower.routes()) {
            if (route.role() != Role.PUBLIC && route.method().name().equals("GET")) {
                String path = route.path().replaceAll("\\{[a-z]+}", "1");
                assertThat(send("GET", path, "", Optional.empty()).statusCode())
                        .as(route.path())
                        .isEqualTo(401);
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
            HttpResponse<String> answer = send("GET", path, "", Optional.of(administrator));
            assertThat(answer.statusCode()).as(path).isEqualTo(400);
            assertThat(JSON.readTree(answer.body()).get("detail").asString())
                    .as(path)
                    .isNotEmpty();
        }
    }

    @Test
    void searchLeadsToPages() throws Exception {
        assertThat(get("/api/v1/search?q=198.51.100.7").toString()).contains("/hosts/198.51.100.7");
        assertThat(get("/api/v1/search?q=23").toString()).contains("/ports/tcp/23");
        assertThat(get("/api/v1/search?q=telnet").toString()).contains("/ports/tcp/23");
        assertThat(get("/api/v1/search?q=AS4713").toString()).contains("/networks/4713");
        assertThat(get("/api/v1/search?q=japan").toString()).contains("country=JP");
        assertThat(get("/api/v1/search?q=0.0.0.0/0&" + WHOLE).toString()).contains("/hosts/");
    }

    @Test
    void theStreamBeginsWithTheCounters() throws Exception {
        HttpResponse<java.io.InputStream> stream = client.send(
                HttpRequest.newBuilder(tower.address().resolve("/api/v1/stream"))
                        .header("Cookie", administrator)
                        .build(),
                BodyHandlers.ofInputStream());
        try (var lines = new java.io.BufferedReader(
                new java.io.InputStreamReader(stream.body(), java.nio.charset.StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("event: hello");
            lines.readLine();
            lines.readLine();
            assertThat(lines.readLine()).isEqualTo("event: counters");
            assertThat(lines.readLine()).contains("\"today\":");
        }
    }

    @Test
    void metricsTellOfTheSensors() throws Exception {
        HttpResponse<String> metrics = send("GET", "/metrics", "", Optional.of(administrator));
        assertThat(metrics.body()).contains("hinomi_packets_total{sensor=\"recording\"} " + (double) PACKETS);
        assertThat(send("GET", "/healthz", "", Optional.empty()).statusCode()).isEqualTo(200);
    }

    @Test
    void nothingOfTheDataIsReadableByOthers() throws IOException {
        for (String file : List.of("control.sqlite", "pseudonym.key")) {
            Path path = tower.data().resolve(file);
            assertThat(Files.getPosixFilePermissions(path).toString())
                    .doesNotContain("GROUP")
                    .doesNotContain("OTHERS");
        }
    }
}
