package org.hinomi.observatory.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.access.Tower.Person;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInTest {
    @TempDir
    Path directory;

    private Tower tower;

    @BeforeEach
    void start() {
        tower = new Tower(directory);
    }

    @AfterEach
    void stop() {
        tower.close();
    }

    @Test
    void theSetupTokenWorksOnce() throws IOException {
        String token = tower.access.setupToken().orElseThrow();
        Path file = directory.resolve("setup-token");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(tower.access.setupToken()).hasValue(token);
        assertThat(tower.site.get("/api/v1/session").body()).contains("\"setup\":true");
        assertThat(tower.trySetup("guess").statusCode()).isEqualTo(403);
        HttpResponse<String> answer = tower.trySetup(token);
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).contains("\"name\":\"Ada\"", "\"role\":\"administrator\"", "\"setup\":false");
        assertThat(file).doesNotExist();
        assertThat(tower.trySetup(token).statusCode()).isEqualTo(403);
        assertThat(tower.access.setupToken()).isEmpty();
    }

    @Test
    void aWeakPasswordOrANamelessPersonIsRefusedAndTheTokenStays() {
        String token = tower.access.setupToken().orElseThrow();
        assertThat(tower.post("/api/v1/setup", "{\"token\":\"" + token + "\",\"name\":\"Ada\",\"password\":\"short\"}")
                        .body())
                .contains("12");
        assertThat(tower.post("/api/v1/setup", "{\"token\":\"" + token + "\",\"password\":\"short\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(tower.trySetup(token).statusCode()).isEqualTo(201);
    }

    @Test
    void theCookieIsForTheServerAlone() {
        String token = tower.access.setupToken().orElseThrow();
        assertThat(tower.trySetup(token).headers().firstValue("Set-Cookie").orElseThrow())
                .matches("hinomi_session=[A-Za-z0-9_-]{43}; Path=/; Max-Age=604800; HttpOnly; SameSite=Strict");
        tower.close();
        tower = new Tower(directory, true);
        assertThat(tower.trySignIn("Ada", Tower.PASSWORD)
                        .headers()
                        .firstValue("Set-Cookie")
                        .orElseThrow())
                .endsWith("; HttpOnly; SameSite=Strict; Secure");
    }

    @Test
    void accountsAndSessionsOutliveARestartAndNoSecretIsKept() throws IOException {
        Person ada = tower.setUp();
        String secret = ada.cookie().substring(ada.cookie().indexOf('=') + 1);
        tower.close();
        for (String name : new String[] {"control.sqlite"}) {
            String bytes = Files.readString(directory.resolve(name), java.nio.charset.StandardCharsets.ISO_8859_1);
            assertThat(bytes).doesNotContain(secret, Tower.PASSWORD).contains("pbkdf2-sha256$2$");
        }
        tower = new Tower(directory);
        HttpResponse<String> session = tower.site.get("/api/v1/session", "Cookie", ada.cookie());
        assertThat(session.body()).contains("\"signed_in\":true", "\"name\":\"Ada\"", "\"csrf\":\"" + ada.csrf());
        assertThat(tower.trySignIn("ADA", Tower.PASSWORD).statusCode()).isEqualTo(200);
    }

    @Test
    void sessionsEndWhenIdleAndAtTheLatestAfterAWeek() {
        Person ada = tower.setUp();
        tower.later(Duration.ofHours(11));
        assertThat(ada.get("/api/v1/people").statusCode()).isEqualTo(200);
        tower.later(Duration.ofHours(11));
        assertThat(ada.get("/api/v1/people").statusCode()).isEqualTo(200);
        tower.later(Duration.ofHours(13));
        assertThat(ada.get("/api/v1/people").statusCode()).isEqualTo(401);
        Person again = tower.signIn("Ada");
        for (int i = 0; i < 16; i++) {
            assertThat(again.get("/api/v1/people").statusCode()).isEqualTo(200);
            tower.later(Duration.ofHours(11));
        }
        assertThat(again.get("/api/v1/people").statusCode()).isEqualTo(401);
    }

    @Test
    void signingOutEndsTheSession() {
        Person ada = tower.setUp();
        HttpResponse<String> answer = ada.send("DELETE", "/api/v1/session", null);
        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("hinomi_session=; Path=/; Max-Age=0");
        assertThat(ada.get("/api/v1/people").statusCode()).isEqualTo(401);
    }

    @Test
    void unsafeRequestsNeedTheTokenOfThePage() {
        Person ada = tower.setUp();
        String body = "{\"label\":\"x\",\"role\":\"viewer\"}";
        assertThat(tower.site
                        .send("POST", "/api/v1/keys", body, "Cookie", ada.cookie())
                        .statusCode())
                .isEqualTo(403);
        assertThat(tower.site
                        .send("POST", "/api/v1/keys", body, "Cookie", ada.cookie(), "X-Hinomi-Csrf", "0")
                        .statusCode())
                .isEqualTo(403);
        assertThat(ada.send("POST", "/api/v1/keys", body).statusCode()).isEqualTo(201);
    }

    @Test
    void guessingIsSlowedAndTheRightPasswordWorksAfterTheWait() {
        tower.setUp();
        for (int i = 0; i < 5; i++) {
            assertThat(tower.trySignIn("ada", "wrong password " + i).statusCode())
                    .isEqualTo(401);
        }
        HttpResponse<String> refused = tower.trySignIn("Ada", Tower.PASSWORD);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        tower.later(Duration.ofSeconds(1));
        assertThat(tower.trySignIn("Ada", Tower.PASSWORD).statusCode()).isEqualTo(200);
        assertThat(tower.trySignIn("Ada", "wrong").statusCode()).isEqualTo(401);
    }

    @Test
    void guessingAtManyNamesFromOneAddressIsSlowedToo() {
        tower.setUp();
        for (int i = 0; i < 20; i++) {
            assertThat(tower.trySignIn("nobody" + i, Tower.PASSWORD).statusCode())
                    .isEqualTo(401);
        }
        assertThat(tower.trySignIn("nobody", Tower.PASSWORD).statusCode()).isEqualTo(429);
    }

    @Test
    void aNewPasswordEndsTheOtherSessions() {
        Person here = tower.setUp();
        Person elsewhere = tower.signIn("Ada");
        assertThat(here.send("PUT", "/api/v1/session/password", "{\"old\":\"no\",\"new\":\"another long one\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(here.send(
                                "PUT",
                                "/api/v1/session/password",
                                "{\"old\":\"" + Tower.PASSWORD + "\",\"new\":\"another long one\"}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(here.get("/api/v1/people").statusCode()).isEqualTo(200);
        assertThat(elsewhere.get("/api/v1/people").statusCode()).isEqualTo(401);
        assertThat(tower.trySignIn("Ada", Tower.PASSWORD).statusCode()).isEqualTo(401);
        assertThat(tower.trySignIn("Ada", "another long one").statusCode()).isEqualTo(200);
    }

    @Test
    void visitorsReadOnlyWhileTheObservatoryIsOpen() {
        tower.setUp();
        assertThat(tower.site.get("/api/v1/for/viewer").statusCode()).isEqualTo(401);
        assertThat(tower.site.get("/api/v1/session").body())
                .isEqualTo("{\"signed_in\":false,\"name\":null,\"role\":null,\"csrf\":null,"
                        + "\"setup\":false,\"demo\":false,\"open\":false}");
        tower.open.set(true);
        assertThat(tower.site.get("/api/v1/for/viewer").statusCode()).isEqualTo(200);
        assertThat(tower.site.get("/api/v1/for/analyst").statusCode()).isEqualTo(401);
        assertThat(tower.site.get("/api/v1/session").body()).contains("\"role\":\"viewer\"", "\"open\":true");
        assertThat(tower.post("/api/v1/keys", "{\"label\":\"x\",\"role\":\"viewer\"}")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void eachRoleGetsWhatIsItsOwn() {
        Person ada = tower.setUp();
        for (Role role : new Role[] {Role.VIEWER, Role.ANALYST}) {
            Person person = tower.add(ada, role.id(), role);
            for (Role needed : Role.values()) {
                assertThat(person.get("/api/v1/for/" + needed.id()).statusCode())
                        .isEqualTo(role.includes(needed) ? 200 : 403);
            }
            assertThat(person.get("/api/v1/people").statusCode()).isEqualTo(403);
            assertThat(person.get("/api/v1/audit").statusCode()).isEqualTo(403);
        }
        assertThat(ada.get("/api/v1/for/administrator").body()).isEqualTo("{\"caller\":\"Ada\"}");
    }
}
