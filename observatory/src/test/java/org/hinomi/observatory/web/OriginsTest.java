package org.hinomi.observatory.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OriginsTest {
    private final Origins loopback = new Origins(WebSettings.loopback(8080));
    private final Origins everywhere = new Origins(new WebSettings(
            "0.0.0.0",
            8080,
            Optional.of(URI.create("https://Tower.example:8443")),
            List.of("tower"),
            Optional.empty(),
            Optional.empty(),
            false));

    @Test
    void loopbackNamesAreAnsweredWithAnyPort() {
        for (String host : List.of("localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:8080", "[::1]", "localhost.")) {
            assertThatCode(() -> loopback.checkHost(Optional.of(host))).doesNotThrowAnyException();
        }
    }

    @Test
    void foreignNamesAreMisdirected() {
        for (String host : List.of("evil.example", "localhost.evil.example", "192.0.2.1", "", "[::1", "tower")) {
            assertThatThrownBy(() -> loopback.checkHost(Optional.of(host)))
                    .isInstanceOfSatisfying(
                            Problem.class,
                            problem -> assertThat(problem.status()).isEqualTo(421));
        }
        assertThatThrownBy(() -> loopback.checkHost(Optional.empty())).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> everywhere.checkHost(Optional.of("evil.example")))
                .isInstanceOf(Problem.class);
    }

    @Test
    void aServerOnTheNetworkAnswersItsNamesAndPlainAddresses() {
        for (String host : List.of("tower", "tower.example:8443", "192.0.2.1:8080", "[2001:db8::1]:8080")) {
            assertThatCode(() -> everywhere.checkHost(Optional.of(host))).doesNotThrowAnyException();
        }
    }

    @Test
    void onlyOurOwnPagesMayChangeThings() {
        Optional<String> host = Optional.of("localhost:8080");
        assertThatCode(() -> loopback.checkSameSite(host, Optional.empty(), Optional.empty()))
                .doesNotThrowAnyException();
        assertThatCode(() ->
                        loopback.checkSameSite(host, Optional.of("http://localhost:8080"), Optional.of("same-origin")))
                .doesNotThrowAnyException();
        assertThatCode(() -> everywhere.checkSameSite(
                        Optional.of("127.0.0.1:8080"), Optional.of("https://tower.example:8443"), Optional.empty()))
                .doesNotThrowAnyException();
        for (String origin : List.of("http://localhost:9090", "null", "http://evil.example")) {
            assertThatThrownBy(() -> loopback.checkSameSite(host, Optional.of(origin), Optional.empty()))
                    .isInstanceOf(Problem.class);
        }
        for (String site : List.of("cross-site", "same-site")) {
            assertThatThrownBy(() -> loopback.checkSameSite(host, Optional.empty(), Optional.of(site)))
                    .isInstanceOf(Problem.class);
        }
    }

    @Test
    void theServerRefusesAReboundName() throws IOException {
        try (Site site = Site.open(Role.VIEWER)) {
            String answer = RawHttp.ask(site.server().port(), "GET / HTTP/1.1", "Host: evil.example");
            assertThat(answer).startsWith("HTTP/1.1 421").contains("application/problem+json");
            assertThat(RawHttp.ask(site.server().port(), "GET / HTTP/1.1", "Host: localhost"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void theServerRefusesAnotherSitesPost() {
        try (Site site = Site.open(Role.VIEWER, Route.post("/x", Role.PUBLIC, request -> Response.noContent()))) {
            assertThat(site.send("POST", "/x", null, "Sec-Fetch-Site", "cross-site")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(site.send("POST", "/x", null, "Origin", "http://evil.example")
                            .statusCode())
                    .isEqualTo(403);
            assertThat(site.send("POST", "/x", null).statusCode()).isEqualTo(204);
        }
    }
}
