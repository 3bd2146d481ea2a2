package org.hinomi.observatory.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.hinomi.observatory.web.Caller;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.access.Tower.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeopleTest {
    @TempDir
    Path directory;

    private Tower tower;
    private Person ada;

    @BeforeEach
    void start() {
        tower = new Tower(directory);
        ada = tower.setUp();
    }

    @AfterEach
    void stop() {
        tower.close();
    }

    private HttpResponse<String> change(String id, String body) {
        return ada.send("PATCH", "/api/v1/people/" + id, body);
    }

    private String idOf(String name) {
        String body = ada.get("/api/v1/people").body();
        int at = body.indexOf("\"name\":\"" + name + "\"");
        return body.substring(at - 22, at - 2);
    }

    @Test
    void peopleAreListedWithoutTheirPasswords() {
        tower.add(ada, "Ben", Role.ANALYST);
        assertThat(ada.get("/api/v1/people").body())
                .contains("\"name\":\"Ada\"", "\"name\":\"Ben\"", "\"created\":\"2026-11-23T00:00:00Z\"")
                .doesNotContain("pbkdf2", "password");
    }

    @Test
    void namesThatDifferInCaseOnlyAreOne() {
        tower.add(ada, "Ben", Role.VIEWER);
        HttpResponse<String> answer = ada.send(
                "POST",
                "/api/v1/people",
                "{\"name\":\"BEN\",\"password\":\"" + Tower.PASSWORD + "\",\"role\":\"viewer\"}");
        assertThat(answer.statusCode()).isEqualTo(409);
    }

    @Test
    void aChangedRoleAndADisabledAccountTakeEffectAtOnce() {
        Person ben = tower.add(ada, "Ben", Role.ANALYST);
        String id = idOf("Ben");
        assertThat(change(id, "{\"role\":\"viewer\"}").body()).contains("\"role\":\"viewer\"");
        assertThat(ben.get("/api/v1/for/analyst").statusCode()).isEqualTo(403);
        assertThat(change(id, "{\"disabled\":true}").statusCode()).isEqualTo(200);
        assertThat(ben.get("/api/v1/for/viewer").statusCode()).isEqualTo(401);
        assertThat(tower.trySignIn("Ben", Tower.PASSWORD).statusCode()).isEqualTo(401);
        assertThat(change(id, "{\"disabled\":false}").statusCode()).isEqualTo(200);
        assertThat(tower.trySignIn("Ben", Tower.PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void aPasswordSetByAnAdministratorEndsTheSessions() {
        Person ben = tower.add(ada, "Ben", Role.VIEWER);
        assertThat(change(idOf("Ben"), "{\"password\":\"another long one\"}").statusCode())
                .isEqualTo(200);
        assertThat(ben.get("/api/v1/for/viewer").statusCode()).isEqualTo(401);
        assertThat(tower.trySignIn("Ben", "another long one").statusCode()).isEqualTo(200);
    }

    @Test
    void theLastAdministratorStays() {
        String id = idOf("Ada");
        assertThat(change(id, "{\"role\":\"viewer\"}").statusCode()).isEqualTo(409);
        assertThat(change(id, "{\"disabled\":true}").statusCode()).isEqualTo(409);
        tower.add(ada, "Ben", Role.ADMINISTRATOR);
        assertThat(change(id, "{\"role\":\"viewer\"}").statusCode()).isEqualTo(200);
        assertThat(change(id, "{\"role\":\"administrator\"}").statusCode()).isEqualTo(403);
    }

    @Test
    void aKeyActsForItsOwnerUpToItsRole() {
        Person ben = tower.add(ada, "Ben", Role.ANALYST);
        assertThat(ben.send("POST", "/api/v1/keys", "{\"label\":\"x\",\"role\":\"administrator\"}")
                        .statusCode())
                .isEqualTo(403);
        HttpResponse<String> made = ben.send("POST", "/api/v1/keys", "{\"label\":\"script\",\"role\":\"analyst\"}");
        String bearer = "Bearer " + Tower.field(made, "key");
        assertThat(bearer).startsWith("Bearer hk_");
        assertThat(tower.site
                        .get("/api/v1/for/analyst", "Authorization", bearer)
                        .body())
                .isEqualTo("{\"caller\":\"Ben\"}");
        assertThat(ben.get("/api/v1/keys").body())
                .contains("\"label\":\"script\"", "\"last_used\":\"2026")
                .doesNotContain("hk_");
        assertThat(ada.get("/api/v1/keys").body()).doesNotContain("script");
        assertThat(tower.site
                        .send("DELETE", "/api/v1/keys/none", null, "Authorization", bearer)
                        .statusCode())
                .isEqualTo(404);
        change(idOf("Ben"), "{\"role\":\"viewer\"}");
        assertThat(tower.site
                        .get("/api/v1/for/analyst", "Authorization", bearer)
                        .statusCode())
                .isEqualTo(403);
        assertThat(ada.send("DELETE", "/api/v1/keys/" + Tower.field(made, "id"), null)
                        .statusCode())
                .isEqualTo(404);
        assertThat(ben.send("DELETE", "/api/v1/keys/" + Tower.field(made, "id"), null)
                        .statusCode())
                .isEqualTo(204);
        assertThat(tower.site.get("/api/v1/for/public", "Authorization", bearer).statusCode())
                .isEqualTo(401);
    }

    @Test
    void theAuditLogTellsWhoDidWhatNewestFirst() {
        tower.later(Duration.ofSeconds(1));
        tower.add(ada, "Ben", Role.VIEWER);
        tower.later(Duration.ofSeconds(1));
        tower.trySignIn("Eve\\u001b[2J", "wrong");
        tower.later(Duration.ofSeconds(1));
        tower.access.audit().add(new Caller("Ada", Role.ADMINISTRATOR, true, "::1"), AuditLog.Action.EXPORT, "a.csv");
        String all = ada.get("/api/v1/audit").body();
        assertThat(all)
                .contains("{\"time\":\"2026-11-23T00:00:03Z\",\"who\":\"Ada\",\"action\":\"export\","
                        + "\"what\":\"a.csv\",\"from_address\":\"::1\"}")
                .contains("\"who\":\"Eve?[2J\",\"action\":\"sign_in_failed\"", "\"action\":\"setup\"")
                .contains("\"what\":\"Ben as viewer\",\"from_address\":\"127.0.0.1\"")
                .endsWith("\"next\":null}");
        HttpResponse<String> first = ada.get("/api/v1/audit?limit=2");
        HttpResponse<String> second = ada.get("/api/v1/audit?limit=500&cursor=" + Tower.field(first, "next"));
        String joined = first.body().substring(0, first.body().indexOf("],\"next\"")) + ","
                + second.body().substring("{\"items\":[".length());
        assertThat(joined).isEqualTo(all);
        assertThat(ada.get("/api/v1/audit?cursor=x").statusCode()).isEqualTo(400);
    }
}
