package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Alerts of a recording, and what people do about them, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AlertsTest {
    @SuppressWarnings("NullAway.Init")
    private PlayedTower played;

    @SuppressWarnings("NullAway.Init")
    private String analyst;

    @SuppressWarnings("NullAway.Init")
    private String viewer;

    @SuppressWarnings("NullAway.Init")
    private DatagramSocket syslog;

    @BeforeAll
    void playARecording(@TempDir Path folder) throws Exception {
        syslog = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        syslog.setSoTimeout(10_000);
        Path config = Files.writeString(folder.resolve("hinomi.yaml"), """
                delivery:
                  recordings: true
                  syslog: {host: 127.0.0.1, port: %d}
                  webhook: {hosts: [hooks.example.org]}
                alerts:
                  rules:
                    dos: []
                    ports: []
                    scan:
                      - {severity: low, when: {tools: [mirai, zmap]}}
                      - {severity: high, when: {tools: mirai}}
                """.formatted(syslog.getLocalPort()));
        played = new PlayedTower(folder, config);
        analyst = played.keyFor("analyst");
        viewer = played.keyFor("viewer");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (items("limit=500").size() < detections() || items("ended=false").size() > 0) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** How many alerts there must be: at least one. */
    private int detections() throws Exception {
        Set<String> ids = new TreeSet<>();
        for (String family : List.of("mirai", "zmap")) {
            JsonNode found = played.get("/api/v1/detections?detector=scan&limit=500&family=" + family);
            found.get("items").forEach(item -> ids.add(item.get("id").asString()));
        }
        return Math.max(1, ids.size());
    }

    @AfterAll
    void stop() {
        played.close();
        syslog.close();
    }

    private JsonNode items(String query) throws Exception {
        return played.get("/api/v1/alerts?" + query).get("items");
    }

    private JsonNode posted(String path, String body, int status) throws Exception {
        var answer = played.post(analyst, path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return PlayedTower.JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body());
    }

    @Test
    @Order(1)
    void theRulesOfTheConfigurationDecideWhichDetectionsAreAlertsAndHowSevere() throws Exception {
        for (JsonNode alert : items("limit=500")) {
            boolean mirai = alert.get("fields").get("tools").toString().contains("\"mirai\"");
            assertThat(alert.get("severity").asString()).isEqualTo(mirai ? "high" : "low");
            assertThat(alert.get("detector").asString()).isEqualTo("scan");
            assertThat(alert.get("state").asString()).isEqualTo("open");
            assertThat(alert.get("summary").get("ja").asString())
                    .contains(alert.get("source").asString());
        }
        assertThat(items("severity=high&limit=500").size())
                .isPositive()
                .isLessThan(items("limit=500").size());
    }

    @Test
    @Order(2)
    void filtersNarrowAndPagesFollowOneAnother() throws Exception {
        JsonNode all = items("limit=500");
        JsonNode first = played.get("/api/v1/alerts?limit=1");
        JsonNode second =
                played.get("/api/v1/alerts?limit=1&cursor=" + first.get("next").asString());
        assertThat(first.get("items").get(0).get("id")).isEqualTo(all.get(0).get("id"));
        assertThat(second.get("items").get(0).get("id")).isEqualTo(all.get(1).get("id"));
        assertThat(items("sensor_kind=live")).isEmpty();
        assertThat(items("sensor_kind=recording&limit=500").size()).isEqualTo(all.size());
        assertThat(items("detector=dos")).isEmpty();
        assertThat(items("from=2026-02-01T00:00:00Z")).isEmpty();
        String source = all.get(0).get("source").asString();
        for (JsonNode item : items("source=" + source)) {
            assertThat(item.get("source").asString()).isEqualTo(source);
        }
        for (String bad : List.of("state=lost", "severity=5", "muted=x", "cursor=x", "source=x", "colour=red")) {
            assertThat(played.ask("/api/v1/alerts?" + bad).statusCode()).as(bad).isEqualTo(400);
        }
        assertThat(played.ask("/api/v1/alerts?format=csv").body().lines().count())
                .isEqualTo(all.size() + 1L);
        assertThat(played.as(viewer, "/api/v1/alerts?limit=500").body())
                .contains("\"severity\"")
                .doesNotContain("198.18.");
        assertThat(played.asVisitor("/api/v1/alerts").statusCode()).isEqualTo(401);
    }

    @Test
    @Order(3)
    void anAnalystAcknowledgesAndAViewerMayNot() throws Exception {
        String id = items("limit=1").get(0).get("id").asString();
        String body = "{\"ids\":[\"" + id + "\"],\"action\":\"acknowledge\",\"note\":\"=seen\"}";
        assertThat(played.post(viewer, "/api/v1/alert-actions", body).statusCode())
                .isEqualTo(403);
        assertThat(posted("/api/v1/alert-actions", body, 200).get("done").size())
                .isEqualTo(1);
        JsonNode whole = played.get("/api/v1/alerts/" + id);
        assertThat(whole.get("alert").get("state").asString()).isEqualTo("acknowledged");
        assertThat(whole.get("alert").get("handled_by").asString()).isEqualTo("warden");
        assertThat(whole.get("deeds").get(0).get("note").asString()).isEqualTo("=seen");
        assertThat(played.ask("/api/v1/alerts?state=acknowledged&format=csv").body())
                .contains("\"'=seen\"");
        assertThat(played.ask("/api/v1/audit?limit=1").body()).contains("alert_acknowledged", id);
        assertThat(items("state=open&limit=500").toString()).doesNotContain(id);
        posted("/api/v1/alert-actions", body.replace(id, "nobody"), 404);
        posted("/api/v1/alert-actions", body.replace("acknowledge", "ignore"), 400);
        posted("/api/v1/alert-actions", "{\"ids\":[],\"action\":\"close\"}", 400);
        assertThat(played.ask("/api/v1/alerts/nobody").statusCode()).isEqualTo(404);
    }

    @Test
    @Order(4)
    void aFalseAlarmIsCountedForItsDetector() throws Exception {
        String id = items("state=open&limit=1").get(0).get("id").asString();
        posted("/api/v1/alert-actions", "{\"ids\":[\"" + id + "\"],\"action\":\"false_alarm\"}", 200);
        JsonNode counts = played.get("/api/v1/alert-counts");
        assertThat(counts.get("false_alarms").get("scan").asLong()).isEqualTo(1);
        assertThat(counts.get("open").asLong())
                .isEqualTo(items("state=open&limit=500").size());
        assertThat(items("false_alarm=true").get(0).get("id").asString()).isEqualTo(id);
    }

    @Test
    @Order(5)
    void aMuteEmptiesTheQueueOfWhatItFitsAndItsRemovalFillsItAgain() throws Exception {
        String source = items("state=open&limit=1").get(0).get("source").asString();
        int before = items("state=open&limit=500").size();
        String mute = "{\"source\":\"" + source + "\",\"reason\":\"known\",\"until\":\"2126-01-01T00:00:00Z\"}";
        posted("/api/v1/mutes", mute, 400);
        posted("/api/v1/mutes", mute.replace("2126", "2001"), 400);
        String until = java.time.Instant.now().plusSeconds(3600).toString();
        posted("/api/v1/mutes", "{\"reason\":\"all\",\"until\":\"" + until + "\"}", 400);
        posted("/api/v1/mutes", mute.replace("known", " ").replace("2126-01-01T00:00:00Z", until), 400);
        JsonNode made = posted("/api/v1/mutes", mute.replace("2126-01-01T00:00:00Z", until), 201);
        assertThat(items("state=open&limit=500").toString()).doesNotContain("\"" + source + "\"");
        assertThat(items("muted=true").get(0).get("mute")).isEqualTo(made.get("id"));
        assertThat(played.get("/api/v1/alert-counts").get("muted").asLong()).isPositive();
        assertThat(played.get("/api/v1/mutes")
                        .get("items")
                        .get(0)
                        .get("made_by")
                        .asString())
                .isEqualTo("warden");
        String path = "/api/v1/mutes/" + made.get("id").asString();
        assertThat(played.delete(viewer, path)).isEqualTo(403);
        assertThat(played.delete(analyst, path)).isEqualTo(204);
        assertThat(played.delete(analyst, path)).isEqualTo(404);
        assertThat(items("state=open&limit=500").size()).isEqualTo(before);
    }

    @Test
    @Order(6)
    void aSearchIsSavedForItsOwner() throws Exception {
        JsonNode made = posted("/api/v1/saved-searches", "{\"name\":\"mirai\",\"query\":\"severity=high\"}", 201);
        assertThat(played.get("/api/v1/saved-searches").get("items").get(0)).isEqualTo(made);
        posted("/api/v1/saved-searches", "{\"name\":\" \",\"query\":\"\"}", 400);
        String path = "/api/v1/saved-searches/" + made.get("id").asString();
        assertThat(played.delete(viewer, path)).isEqualTo(204);
        assertThat(played.delete(viewer, path)).isEqualTo(404);
    }

    @Test
    @Order(7)
    void aSubscriptionIsTestedOnDemandAndEnds() throws Exception {
        String subscription = "{\"channel\":\"syslog\",\"severity\":\"low\",\"language\":\"en\"}";
        posted("/api/v1/subscriptions", subscription.replace("syslog", "mail"), 400);
        posted("/api/v1/subscriptions", subscription, 403);
        String hook = subscription.replace("syslog\"", "webhook\",\"target\":\"https://hooks.example.org/a\"");
        posted("/api/v1/subscriptions", hook.replace("hooks.", "other."), 400);
        posted("/api/v1/subscriptions", hook.replace("low", "urgent"), 400);
        JsonNode signed = posted("/api/v1/subscriptions", hook, 201);
        assertThat(signed.get("secret").asString()).startsWith("hw_");
        assertThat(played.ask("/api/v1/subscriptions").body()).doesNotContain("hw_");
        String administrator = played.keyFor("administrator");
        var made = played.post(administrator, "/api/v1/subscriptions", subscription);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String path = "/api/v1/subscriptions/"
                + PlayedTower.JSON.readTree(made.body()).get("id").asString();
        assertThat(posted(path + "/test", "{}", 200).get("outcome").asString()).isEqualTo("sent");
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        syslog.receive(packet);
        assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8))
                .contains(
                        "hinomi - test [hinomi@32473",
                        "link=\"" + played.tower().address());
        posted(path + "/test", "{}", 429);
        JsonNode delivery = played.get("/api/v1/delivery");
        assertThat(delivery.get("channels").toString()).isEqualTo("[\"syslog\",\"webhook\"]");
        assertThat(played.delete(viewer, path)).isEqualTo(204);
        assertThat(played.delete(viewer, path)).isEqualTo(404);
    }
}
