package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Detections of a recording, over HTTP, and what they tell of research scanners that an operator's file names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DetectionsTest {
    private static final String HEADER = "name,reference,prefixes,reverse_names\n";

    /** Sources of the recording have first octets all over; these are some of them. */
    private static final String BLOCKS =
            IntStream.range(64, 96).mapToObj(i -> i + ".0.0.0/8").collect(Collectors.joining(" "));

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @SuppressWarnings("NullAway.Init")
    private PlayedTower played;

    @BeforeAll
    void playARecording(@TempDir Path folder) throws Exception {
        file = folder.resolve("researchers.csv");
        Files.writeString(file, HEADER + "Survey,https://survey.example/about," + BLOCKS + ",\n");
        Path config = folder.resolve("hinomi.yaml");
        Files.writeString(config, """
                research_scanners: %s
                alerts:
                  rules:
                    scan:
                      - severity: low
                        when: {researcher: false}
                """.formatted(file));
        played = new PlayedTower(folder, config);
        await(() -> !items("detector=scan&limit=1").isEmpty() && !open());
    }

    private interface Wish {
        boolean holds() throws Exception;
    }

    private static void await(Wish wish) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!wish.holds()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean open() throws Exception {
        for (JsonNode item : items("detector=scan&limit=500")) {
            if (!item.get("ended").asBoolean()) {
                return true;
            }
        }
        return false;
    }

    @AfterAll
    void stop() {
        played.close();
    }

    private JsonNode items(String query) throws Exception {
        return played.get("/api/v1/detections?" + query).get("items");
    }

    @Test
    void aRecordingThatIsOverHasOnlyEventsThatEnded() throws Exception {
        for (JsonNode item : items("detector=scan&limit=500")) {
            assertThat(item.get("ended").asBoolean()).isTrue();
            assertThat(item.get("sensor").asString()).isEqualTo("recording");
            assertThat(item.get("fields").get("destinations").asLong()).isGreaterThanOrEqualTo(10);
            assertThat(item.get("fields").get("dark_addresses").asLong()).isEqualTo(65_536);
        }
    }

    @Test
    void pagesFollowOneAnotherAndFiltersNarrow() throws Exception {
        JsonNode all = items("limit=500");
        JsonNode first = played.get("/api/v1/detections?limit=2");
        JsonNode second = played.get(
                "/api/v1/detections?limit=2&cursor=" + first.get("next").asString());
        assertThat(first.get("items").get(1).get("id")).isEqualTo(all.get(1).get("id"));
        assertThat(second.get("items").get(0).get("id")).isEqualTo(all.get(2).get("id"));
        String source = all.get(0).get("source").asString();
        for (JsonNode item :
                items("source=" + source + "&kind=" + all.get(0).get("kind").asString())) {
            assertThat(item.get("source").asString()).isEqualTo(source);
        }
        assertThat(items("sensor_kind=recording&limit=500").size()).isEqualTo(all.size());
        assertThat(items("sensor_kind=live")).isEmpty();
        assertThat(items("detector=nothing")).isEmpty();
        assertThat(played.ask("/api/v1/detections?kind=bad").statusCode()).isEqualTo(400);
        assertThat(played.ask("/api/v1/detections?cursor=bad").statusCode()).isEqualTo(400);
        assertThat(played.ask("/api/v1/detections?colour=red").statusCode()).isEqualTo(400);
    }

    @Test
    void aViewerSeesHowManyDarkAddressesThereAreAsOnTheSensorsPageAndNoneOfThem() throws Exception {
        String viewer = played.keyFor("viewer");
        String body = played.as(viewer, "/api/v1/detections").body();
        assertThat(body).contains("\"dark_addresses\":65536").doesNotContain("198.18.");
        assertThat(played.as(viewer, "/api/v1/sensors").body()).contains("\"dark_addresses\":65536");
        assertThat(played.as(viewer, "/api/v1/detections?format=csv").body())
                .startsWith("id,revision,detector,")
                .doesNotContain("198.18.");
        assertThat(played.asVisitor("/api/v1/detections").statusCode()).isEqualTo(401);
    }

    @Test
    void theFiltersOfTheOtherPagesNarrowDetectionsToo() throws Exception {
        JsonNode all = items("detector=scan&limit=500");
        String source = all.get(0).get("source").asString();
        String block = source.substring(0, source.lastIndexOf('.')) + ".0/24";
        assertThat(items("detector=scan&source=" + block + "&limit=500").size()).isBetween(1, all.size());
        for (JsonNode item : items("detector=scan&family=mirai&limit=500")) {
            assertThat(item.get("fields").get("tools").toString()).contains("mirai");
        }
        List<String> mirai = new ArrayList<>();
        for (JsonNode item : all) {
            if (item.get("fields").get("tools").toString().contains("\"mirai\"")) {
                mirai.add(item.get("id").asString());
            }
        }
        List<String> found = new ArrayList<>();
        items("detector=scan&family=mirai&limit=500")
                .forEach(item -> found.add(item.get("id").asString()));
        assertThat(mirai).isNotEmpty();
        assertThat(found).startsWith(mirai.toArray(String[]::new));
        // There is no geolocation data in this test: all sources are of no country and no network that is known.
        assertThat(items("detector=scan&country=??&asn=0&limit=500").size()).isEqualTo(all.size());
        assertThat(items("country=JP&limit=500")).isEmpty();
        assertThat(items("detector=scan&traffic=tcp_syn,udp&limit=500").size()).isLessThanOrEqualTo(all.size());
        JsonNode first = played.get("/api/v1/detections?limit=1&family=mirai");
        JsonNode second = played.get("/api/v1/detections?limit=1&family=mirai&cursor="
                + first.get("next").asString());
        assertThat(second.get("items").get(0).get("id"))
                .isEqualTo(items("family=mirai").get(1).get("id"));
        for (String bad : List.of("country=Japan", "asn=-1", "family=a%20b", "source=1.2.3.4/99")) {
            assertThat(played.ask("/api/v1/detections?" + bad).statusCode())
                    .as(bad)
                    .isEqualTo(400);
        }
    }

    @Test
    void theDetectorTellsItsParameters() throws Exception {
        JsonNode scan = played.get("/api/v1/detectors").get("items").get(0);
        assertThat(scan.get("id").asString()).isEqualTo("scan");
        assertThat(scan.get("parameters").get(0).get("value").asLong()).isEqualTo(624);
    }

    private static boolean known(String source) {
        int first = source.contains(":") ? 0 : Integer.parseInt(source.split("\\.")[0]);
        return first >= 64 && first < 96;
    }

    private long rows(String query) throws Exception {
        String csv = "/api/v1/detections?format=csv&detector=scan,family" + query;
        return played.ask(csv).body().lines().count() - 1;
    }

    @Test
    void detectionsTellWhoseASourceIsAndCanLeaveResearchersOut() throws Exception {
        JsonNode theirs = items("detector=scan,family&researcher=true&limit=500");
        JsonNode others = items("detector=scan,family&researcher=false&limit=500");
        assertThat(theirs).isNotEmpty();
        assertThat(others).isNotEmpty();
        assertThat(rows("&researcher=true") + rows("&researcher=false")).isEqualTo(rows(""));
        for (JsonNode each : theirs) {
            assertThat(known(each.get("source").asString())).isTrue();
            assertThat(each.get("researcher").get("name").asString()).isEqualTo("Survey");
            assertThat(each.get("researcher").get("reference").asString()).isEqualTo("https://survey.example/about");
            assertThat(each.get("researcher").get("matched_by").asString()).startsWith("prefix ");
        }
        for (JsonNode each : others) {
            assertThat(known(each.get("source").asString())).isFalse();
            assertThat(each.get("researcher").isNull()).isTrue();
        }
        assertThat(played.ask("/api/v1/detections?researcher=maybe").statusCode())
                .isEqualTo(400);
    }

    @Test
    void aRuleLeavesThemOutOfTheAlertsAndTheQueueCanToo() throws Exception {
        await(() ->
                played.get("/api/v1/alerts?detector=scan&limit=1").get("items").size() > 0);
        JsonNode alerts = played.get("/api/v1/alerts?detector=scan&limit=500").get("items");
        for (JsonNode each : alerts) {
            assertThat(known(each.get("source").asString())).isFalse();
        }
        assertThat(played.get("/api/v1/alerts?detector=scan&researcher=true").get("items"))
                .isEmpty();
        assertThat(played.get("/api/v1/alerts?detector=scan&researcher=false&limit=500")
                        .get("items")
                        .size())
                .isEqualTo(alerts.size());
    }

    @Test
    void aChangedFileCountsAndAWrongOneLeavesTheListOfBefore() throws Exception {
        String host = "/api/v1/hosts/64.1.2.3?" + PlayedTower.WHOLE;
        assertThat(played.get(host).get("researcher").get("name").asString()).isEqualTo("Survey");
        assertThat(played.get("/api/v1/hosts/9.9.9.9?" + PlayedTower.WHOLE)
                        .get("researcher")
                        .isNull())
                .isTrue();
        Files.writeString(file, HEADER + "Census,https://census.example/," + BLOCKS + ",\nB,b,,\n");
        await(() -> !played.get("/api/v1/research-scanners").get("trouble").isNull());
        assertThat(played.get("/api/v1/research-scanners").get("trouble").asString())
                .contains("researchers.csv, line 3: 'b' is no web address");
        assertThat(played.get(host).get("researcher").get("name").asString()).isEqualTo("Survey");
        Files.writeString(file, HEADER + "Census,https://census.example/," + BLOCKS + ",\n");
        await(() -> played.get(host).get("researcher").get("name").asString().equals("Census"));
        assertThat(played.get("/api/v1/research-scanners").get("trouble").isNull())
                .isTrue();
        assertThat(played.asVisitor("/api/v1/research-scanners").statusCode()).isEqualTo(401);
    }

    @Test
    void infectedSourcesAreCountedByTheirDevice() throws Exception {
        JsonNode devices = played.get("/api/v1/devices?" + PlayedTower.WHOLE);
        assertThat(devices.get("sources").asInt()).isPositive();
        assertThat(devices.get("partial").asBoolean()).isFalse();
        String csv = played.ask("/api/v1/devices?format=csv").body();
        assertThat(csv).startsWith("source,country,kinds,");
        assertThat(csv.lines().count() - 1).isEqualTo(devices.get("sources").asInt());
        int told = 0;
        for (JsonNode each : devices.get("items")) {
            assertThat(each.get("family").asString()).isIn("mirai", "hajime");
            assertThat(known(each.get("source").asString()))
                    .as("a researcher is not infected")
                    .isFalse();
            assertThat(each.get("kinds").isEmpty())
                    .isEqualTo(each.get("confidence").asString().equals("none"));
            told += each.get("kinds").isEmpty() ? 0 : 1;
        }
        assertThat(told).isPositive();
        int alone = 0;
        for (JsonNode kind : devices.get("kinds")) {
            alone += kind.get("alone").asInt();
            assertThat(kind.get("medium").asInt())
                    .isLessThanOrEqualTo(kind.get("alone").asInt());
        }
        assertThat(alone + devices.get("unknown").asInt())
                .isLessThanOrEqualTo(devices.get("sources").asInt());
        assertThat(played.get("/api/v1/devices?country=JP").get("sources").asInt())
                .isZero();
        assertThat(played.ask("/api/v1/devices?family=mirai").statusCode()).isEqualTo(400);
        assertThat(played.asVisitor("/api/v1/devices").statusCode()).isEqualTo(401);
    }

    @Test
    void aHostsDeviceIsToldWithItsEvidence() throws Exception {
        JsonNode bot = played.get("/api/v1/devices").get("items").get(0);
        JsonNode device = played.get("/api/v1/hosts/" + bot.get("source").asString() + "/device?" + PlayedTower.WHOLE);
        assertThat(device.get("evidence").toString()).contains("\"feature\":\"mark\"", "\"feature\":\"port\"");
        assertThat(device.get("kinds").isEmpty())
                .isEqualTo(device.get("confidence").asString().equals("none"));
        assertThat(device.toString()).doesNotContain("198.18.");
        JsonNode nobody = played.get("/api/v1/hosts/9.9.9.9/device?" + PlayedTower.WHOLE);
        assertThat(nobody.get("kinds")).isEmpty();
        assertThat(nobody.get("confidence").asString()).isEqualTo("none");
        assertThat(nobody.get("evidence")).isEmpty();
        assertThat(played.ask("/api/v1/hosts/nobody/device").statusCode()).isEqualTo(400);
    }
}
