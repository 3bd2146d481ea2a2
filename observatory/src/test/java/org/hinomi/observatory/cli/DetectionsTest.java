package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Detections of a recording, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DetectionsTest {
    @SuppressWarnings("NullAway.Init")
    private PlayedTower played;

    @BeforeAll
    void playARecording(@TempDir Path folder) throws Exception {
        played = new PlayedTower(folder);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (items("limit=1").isEmpty() || open()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean open() throws Exception {
        for (JsonNode item : items("limit=500")) {
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
        for (JsonNode item : items("limit=500")) {
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
    void howManyDarkAddressesThereAreIsForAdministrators() throws Exception {
        String viewer = played.keyFor("viewer");
        String body = played.as(viewer, "/api/v1/detections").body();
        assertThat(body).contains("\"destinations\"").doesNotContain("dark_addresses");
        assertThat(played.as(viewer, "/api/v1/detections?format=csv").body())
                .startsWith("id,revision,detector,")
                .doesNotContain("dark_addresses");
        assertThat(played.asVisitor("/api/v1/detections").statusCode()).isEqualTo(401);
    }

    @Test
    void theDetectorTellsItsParameters() throws Exception {
        JsonNode scan = played.get("/api/v1/detectors").get("items").get(0);
        assertThat(scan.get("id").asString()).isEqualTo("scan");
        assertThat(scan.get("parameters").get(0).get("value").asLong()).isEqualTo(624);
    }
}
