package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Organisations and what their machines did, over HTTP: a recording with organisations registered for its time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrganisationsTest {
    private static final String HEADER = "id,name,prefixes,as_numbers,valid_from\n";
    private static final String ALL = "/api/v1/organisations";

    @SuppressWarnings("NullAway.Init")
    private PlayedTower played;

    @SuppressWarnings("NullAway.Init")
    private String analyst;

    @SuppressWarnings("NullAway.Init")
    private String viewer;

    @BeforeAll
    void playARecording(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("organisations.csv");
        Files.writeString(
                file,
                HEADER + "north,North,64.0.0.0/4,,2026-01-01T00:00:00Z\n"
                        + "south,South,72.0.0.0/5,,2026-01-01T00:00:00Z\n");
        played = new PlayedTower(folder, settings -> settings.withOrganisations(file));
        analyst = played.keyFor("analyst");
        viewer = played.keyFor("viewer");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (own("limit=1").isEmpty() || active()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private boolean active() throws Exception {
        for (JsonNode each : played.get("/api/v1/own-machines").get("items")) {
            if (each.get("active").asInt() > 0) {
                return true;
            }
        }
        return false;
    }

    @AfterAll
    void stop() {
        played.close();
    }

    private JsonNode own(String query) throws Exception {
        return played.get("/api/v1/detections?detector=own&" + query).get("items");
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return PlayedTower.JSON.readTree(answer.body());
    }

    @Test
    void machinesOfOrganisationsAreToldWithGradeCauseAndEvidence() throws Exception {
        for (JsonNode each : own("organisation=south&limit=500")) {
            assertThat(each.get("fields").get("organisation").asString()).isEqualTo("south");
            assertThat(Integer.parseInt(each.get("source").asString().split("\\.")[0]))
                    .isBetween(72, 79);
        }
        JsonNode probable = own("organisation=south&grade=probable,strong&limit=500");
        assertThat(probable).isNotEmpty();
        for (JsonNode each : probable) {
            assertThat(each.get("fields").get("cause").asString()).isEqualTo("scan");
            assertThat(each.get("fields").get("evidence").size()).isGreaterThanOrEqualTo(4);
        }
        for (JsonNode each : own("cause=backscatter&limit=500")) {
            assertThat(each.get("fields").get("grade").asString()).isEqualTo("unproven");
        }
        assertThat(own("organisation=nobody")).isEmpty();
        assertThat(played.ask("/api/v1/detections?grade=%22").statusCode()).isEqualTo(400);
    }

    @Test
    void theRingsNumbersAreThoseOfTheDetections() throws Exception {
        JsonNode rings = played.get("/api/v1/own-machines");
        JsonNode south = rings.get("items").get(1);
        assertThat(south.get("organisation").asString()).isEqualTo("south");
        assertThat(south.get("name").asString()).isEqualTo("South");
        java.util.Set<String> sources = new java.util.HashSet<>();
        own("organisation=south&limit=500")
                .forEach(each -> sources.add(each.get("source").asString()));
        assertThat(south.get("machines").asInt()).isEqualTo(sources.size());
        assertThat(rings.get("strikes").get(0).get("source").asString()).isNotEmpty();
    }

    @Test
    void whoMayNotSeeOwnersSeesNoneAnywhere() throws Exception {
        for (String path : new String[] {ALL, ALL + "/north", "/api/v1/own-machines"}) {
            assertThat(played.asVisitor(path).statusCode()).isEqualTo(401);
        }
        assertThat(played.as(viewer, "/api/v1/detections?detector=own").statusCode())
                .isEqualTo(403);
        assertThat(played.as(viewer, "/api/v1/detections?limit=500").body()).doesNotContain("\"own\"", "north");
        assertThat(played.as(viewer, "/api/v1/detections?format=csv").body()).doesNotContain("north", "South");
        String rings = played.as(viewer, "/api/v1/own-machines").body();
        assertThat(rings).contains("\"North\"", "\"source\":null").doesNotContain("\"source\":\"");
        JsonNode list = json(played.as(viewer, ALL)).get("items").get(0);
        assertThat(list.get("name").asString()).isEqualTo("North");
        assertThat(list.get("prefixes").isNull()).isTrue();
        assertThat(played.as(viewer, ALL + "?format=csv").statusCode()).isEqualTo(403);
        assertThat(json(played.as(analyst, ALL))
                        .get("items")
                        .get(0)
                        .get("prefixes")
                        .get(0)
                        .asString())
                .isEqualTo("64.0.0.0/4");
        assertThat(played.as(analyst, ALL + "?format=csv").body())
                .startsWith(HEADER.strip())
                .contains("\r\nnorth,");
    }

    @Test
    void anAdministratorChangesThemAndTheAuditLogTells() throws Exception {
        HttpResponse<String> put = played.send(
                "PUT", ALL + "/clinic", "application/json", "{\"name\":\"診療所\",\"prefixes\":[\"20.9.0.0/16\"]}");
        assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
        assertThat(played.get(ALL + "/clinic").get("name").asString()).isEqualTo("診療所");
        HttpResponse<String> wrong =
                played.send("POST", ALL + "/import", "text/csv", HEADER + "a,A,20.9.0.0/16,,\nb,B,20.8.0.1/16,,\n");
        assertThat(wrong.statusCode()).isEqualTo(422);
        JsonNode errors = json(wrong).get("errors");
        assertThat(errors.size()).isEqualTo(2);
        assertThat(errors.get(1).get("line").asInt()).isEqualTo(3);
        assertThat(errors.get(1).get("column").asString()).isEqualTo("prefixes");
        assertThat(errors.get(0).get("reason").asString()).contains("'clinic'", "'a'");
        assertThat(played.ask(ALL + "/b").statusCode()).isEqualTo(404);
        assertThat(played.send("POST", ALL + "/import?check=true", "text/csv", HEADER + "a,A,20.7.0.0/16,,\n")
                        .body())
                .contains("\"stored\":false");
        assertThat(played.ask(ALL + "/a").statusCode()).isEqualTo(404);
        String exported = played.ask(ALL).body();
        HttpResponse<String> again = played.send("POST", ALL + "/import", "application/json", exported);
        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        assertThat(played.send("DELETE", ALL + "/clinic", "", "").statusCode()).isEqualTo(204);
        assertThat(played.send("DELETE", ALL + "/clinic", "", "").statusCode()).isEqualTo(404);
        assertThat(played.send("POST", ALL + "/import", "text/plain", "x").statusCode())
                .isEqualTo(415);
        assertThat(played.ask("/api/v1/audit").body()).contains("organisations_changed", "organisation_removed");
    }
}
