package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
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
import org.hinomi.observatory.telescope.sensor.Station;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tower that has played an hour of made-up traffic whose truth is known, and its administrator's session. */
final class PlayedTower implements AutoCloseable {
    /** Packets of the recording. */
    static final long PACKETS = 60_000;

    /** A range that holds the recording. */
    static final String WHOLE = "from=2026-01-01T00:00:00Z&to=2026-01-01T02:00:00Z";

    static final JsonMapper JSON = new JsonMapper();

    private static final long START = 1_767_225_600L;
    private static final String PASSWORD = "a long enough password";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Tower tower;
    private final Truth truth;
    private String administrator = "";
    private String csrf = "";

    PlayedTower(Path folder) throws Exception {
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
        for (Station station : tower.sensors().runs()) {
            ((SensorRun) station).join();
        }
        setUp();
        awaitPackets();
    }

    Tower tower() {
        return tower;
    }

    Truth truth() {
        return truth;
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

    /** Asks as nobody. */
    HttpResponse<String> asVisitor(String path) throws Exception {
        return send("GET", path, "", Optional.empty());
    }

    /** Asks as the administrator. */
    HttpResponse<String> ask(String path) throws Exception {
        return send("GET", path, "", Optional.of(administrator));
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

    /** What the administrator is answered. */
    JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = ask(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /** A new API key with a role. */
    String keyFor(String role) throws Exception {
        HttpResponse<String> made = send(
                "POST",
                "/api/v1/keys",
                JSON.writeValueAsString(Map.of("label", role + "-key", "role", role)),
                Optional.of(administrator));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return JSON.readTree(made.body()).get("key").asString();
    }

    /** Asks with an API key. */
    HttpResponse<String> as(String key, String path) throws Exception {
        return as(key, path, BodyHandlers.ofString());
    }

    /** Asks with an API key, for a body of any kind. */
    <T> HttpResponse<T> as(String key, String path, BodyHandler<T> body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(tower.address().resolve(path))
                        .header("Authorization", "Bearer " + key)
                        .build(),
                body);
    }

    @Override
    public void close() {
        tower.close();
    }
}
