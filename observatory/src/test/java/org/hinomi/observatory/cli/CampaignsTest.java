package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.hinomi.observatory.campaign.MadeCampaigns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Campaigns over HTTP: the day of a recording is looked at by the tower itself, made-up days come after it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CampaignsTest {
    private static final String ALL = "/api/v1/campaigns";
    private static final String WATCH = "recording recording";
    private static final String A = ALL + "/" + MadeCampaigns.a(WATCH);
    private static final String NAME = "{\"name\":\"Spring worm\",\"note\":\"=Asked the vendor\"}";

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
                file, "id,name,prefixes,as_numbers,valid_from\nnorth,North,64.0.0.0/4,,2026-01-01T00:00:00Z\n");
        played = new PlayedTower(folder, settings -> settings.withOrganisations(file));
        analyst = played.keyFor("analyst");
        viewer = played.keyFor("viewer");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (played.get(ALL).get("last_day").isNull()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(played.get(ALL).get("last_day").asString()).isEqualTo("2026-01-01");
        assertThat(played.get(ALL).get("trouble").isNull()).isTrue();
        MadeCampaigns.write(folder.resolve("data"), WATCH);
    }

    @AfterAll
    void stop() {
        played.close();
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return PlayedTower.JSON.readTree(answer.body());
    }

    @Test
    void theListIsFilteredPagedAndExported() throws Exception {
        JsonNode page = played.get(ALL + "?from=2026-01-02T00:00:00Z&limit=1");
        JsonNode a = page.get("items").get(0);
        assertThat(a.get("label").asString()).isEqualTo("tcp-23-mirai-heron");
        assertThat(a.get("state").asString()).isEqualTo("active");
        assertThat(a.get("sources_last").asInt()).isEqualTo(8);
        assertThat(a.get("ports").get(0).asString()).isEqualTo("tcp/23");
        assertThat(a.get("growth").get(0).get("sources").asInt()).isEqualTo(4);
        JsonNode next = played.get(
                ALL + "?from=2026-01-02T00:00:00Z&cursor=" + page.get("next").asString());
        assertThat(next.get("items").get(0).get("state").asString()).isEqualTo("merged");
        assertThat(played.get(ALL + "?sensor_kind=live").get("items")).isEmpty();
        assertThat(played.as(viewer, ALL + "?format=csv&family=mirai&from=2026-01-02T00:00:00Z")
                        .body())
                .startsWith("id,name,label,")
                .contains(",\"tcp-23-mirai-heron\",recording,active,2026-01-02,2026-01-04,3,8,8,8,1800,");
        for (String wrong :
                new String[] {"port=23", "country=jp", "state=open", "cursor=1", "from=today", "sensor=x"}) {
            assertThat(played.ask(ALL + "?" + wrong).statusCode()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void theDossierTellsGrowthMembersLineageAndWhatIsBehindIt() throws Exception {
        JsonNode dossier = json(played.as(viewer, A));
        assertThat(dossier.get("growth").size()).isEqualTo(3);
        assertThat(dossier.get("growth").get(2).get("new_sources").asInt()).isEqualTo(2);
        assertThat(dossier.get("ports").get(0).get("share").asDouble()).isEqualTo(0.9);
        assertThat(dossier.get("countries").get(0).get("count").asInt()).isEqualTo(8);
        JsonNode merged = dossier.get("lineage").get(0);
        assertThat(merged.get("kind").asString()).isEqualTo("merged_from");
        assertThat(merged.get("other").get("label").asString()).isEqualTo("tcp-22-otter");
        assertThat(dossier.get("similar").get(0).get("likeness").asDouble()).isEqualTo(0.75);
        JsonNode said = dossier.get("attribution");
        assertThat(said.get("statement").asString()).isEqualTo("same_tool");
        assertThat(said.get("confidence").asString()).isEqualTo("moderate");
        assertThat(said.get("text").get("en").asString()).contains("mirai", "does not say who");
        assertThat(said.get("text").get("ja").asString()).contains("mirai");
        assertThat(said.get("evidence").get(0).get("text").get("en").asString()).contains("98 %");
        assertThat(said.get("against").size()).isEqualTo(1);
        assertThat(said.get("scale").size()).isEqualTo(4);
        assertThat(played.ask(ALL + "/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void machinesOfOrganisationsAreShownWithoutAddressButToAnalysts() throws Exception {
        JsonNode seen = json(played.as(viewer, A + "/members?limit=5"));
        assertThat(seen.get("next").asString()).isEqualTo("5");
        assertThat(json(played.as(viewer, A + "/members?cursor=5")).get("items").size())
                .isEqualTo(3);
        assertThat(played.as(viewer, A + "/members").body())
                .contains("20.0.0.1", "\"source\":null,\"country\":\"JP\",\"asn\":null")
                .doesNotContain("64.0.0.");
        assertThat(played.as(viewer, A + "/members?format=csv").body())
                .contains("20.0.0.1,JP,64500", "\r\n,JP,,")
                .doesNotContain("64.0.0.");
        assertThat(played.as(analyst, A + "/members").body()).contains("64.0.0.2");
        assertThat(played.as(analyst, A + "/members?format=csv").body()).contains("64.0.0.2,JP,64500,");
        assertThat(played.asVisitor(ALL).statusCode()).isEqualTo(401);
    }

    @Test
    void analystsGiveNamesAndTheAuditLogTellsWho() throws Exception {
        String b = ALL + "/" + MadeCampaigns.b(WATCH);
        assertThat(played.send("PUT", b, "application/json", NAME).statusCode()).isEqualTo(200);
        JsonNode named = played.get(b);
        assertThat(named.get("campaign").get("name").asString()).isEqualTo("Spring worm");
        assertThat(named.get("note").asString()).isEqualTo("=Asked the vendor");
        assertThat(named.get("named_by").asString()).isNotEmpty();
        assertThat(played.get("/api/v1/audit").toString()).contains("campaign_named");
        assertThat(played.send("PUT", b, "application/json", "{\"name\":\"" + "x".repeat(81) + "\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(played.send("PUT", ALL + "/nothing", "application/json", NAME)
                        .statusCode())
                .isEqualTo(404);
        assertThat(played.send("PUT", b, "application/json", "{}").statusCode()).isEqualTo(200);
        assertThat(played.get(b).get("campaign").get("name").isNull()).isTrue();
    }
}
