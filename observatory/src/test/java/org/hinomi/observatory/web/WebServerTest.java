package org.hinomi.observatory.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebServerTest {
    record Named(String firstName, int age) {}

    record Shown(String plainText, Instant seenAt, Optional<String> none, Role role) {}

    private final Site site = Site.open(
            Role.VIEWER,
            Route.get(
                    "/api/v1/shown",
                    Role.PUBLIC,
                    request -> Response.ok(
                            new Shown("é", Instant.ofEpochSecond(1_700_000_000), Optional.empty(), Role.VIEWER))),
            Route.get(
                    "/api/v1/hosts/{address}",
                    Role.VIEWER,
                    request -> Response.ok(Map.of("address", request.path("address")))),
            Route.get(
                    "/api/v1/count",
                    Role.VIEWER,
                    request -> Response.ok(
                            request.query().only("limit").whole("limit", 1, 100).orElse(0))),
            Route.post("/api/v1/named", Role.VIEWER, request -> Response.created(request.body(Named.class))),
            Route.get("/api/v1/secret", Role.ADMINISTRATOR, request -> Response.noContent()),
            Route.get("/api/v1/broken", Role.PUBLIC, request -> {
                throw new IllegalStateException("password=hunter2");
            }),
            Route.get("/api/v1/long", Role.PUBLIC, request -> Response.ok(Collections.nCopies(1000, "the same again"))),
            Route.get(
                    "/api/v1/rows",
                    Role.PUBLIC,
                    request -> Response.file(
                            "text/csv",
                            "rows \"1\".csv",
                            out -> out.write("a,b\n".getBytes(StandardCharsets.US_ASCII)))),
            Route.get(
                    "/api/v1/refused",
                    Role.PUBLIC,
                    request -> Response.file("text/csv", "x.csv", out -> {
                        throw Problem.unavailable("Later.");
                    })),
            Route.get(
                    "/api/v1/torn",
                    Role.PUBLIC,
                    request -> Response.file("text/csv", "x.csv", out -> {
                        out.write(new byte[200_000]);
                        out.flush();
                        throw new IOException("disk");
                    })));

    @AfterEach
    void stop() {
        site.close();
    }

    @Test
    void recordsBecomeJsonInSnakeCaseWithTimesAsText() {
        HttpResponse<String> answer = site.get("/api/v1/shown");
        assertThat(answer.body())
                .isEqualTo("{\"plain_text\":\"é\",\"seen_at\":\"2023-11-14T22:13:20Z\","
                        + "\"none\":null,\"role\":\"viewer\"}");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void everyAnswerCarriesTheSecurityHeaders() throws IOException {
        for (String path : List.of("/", "/api/v1/shown", "/api/v1/nothing", "/api/v1/broken")) {
            var headers = site.get(path).headers();
            Headers.ALWAYS.forEach(
                    (name, value) -> assertThat(headers.firstValue(name)).hasValue(value));
        }
        assertThat(Headers.CONTENT_SECURITY_POLICY).doesNotContain("unsafe-inline", "unsafe-eval");
        assertThat(RawHttp.ask(site.server().port(), "GET /\u0001 HTTP/1.1", "Host: localhost"))
                .startsWith("HTTP/1.1 400")
                .contains("application/problem+json", "nosniff");
    }

    @Test
    void oddTargetsAreRefusedAndNeverAFault() throws IOException {
        for (String target : List.of(
                "GET *",
                "OPTIONS *",
                "GET http://evil.example/",
                "GET //",
                "GET /%",
                "GET /%00",
                "GET /?%",
                "GET /api/v1/..",
                "GET /assets/..%2f..%2fx.js",
                "TRACE /",
                "BREW /",
                "GET /api/v1/count?limit=%zz",
                "GET /api/v1/hosts/%ff%fe")) {
            String answer = RawHttp.ask(site.server().port(), target + " HTTP/1.1", "Host: localhost");
            assertThat(answer).as(target).matches("(?s)HTTP/1.1 (200|4..) .*");
        }
    }

    @Test
    void pathValuesAreDecoded() {
        assertThat(site.get("/api/v1/hosts/2001:db8::1%2F+x").body()).isEqualTo("{\"address\":\"2001:db8::1/+x\"}");
        assertThat(site.get("/api/v1/hosts/").statusCode()).isEqualTo(404);
    }

    @Test
    void unknownPathIsNotFoundAndAWrongMethodSaysWhichAreAllowed() {
        assertThat(site.get("/api/v1/nothing").statusCode()).isEqualTo(404);
        HttpResponse<String> answer = site.send("DELETE", "/api/v1/named", null);
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).hasValue("POST");
        assertThat(site.send("OPTIONS", "/api/v1/shown", null).headers().firstValue("Allow"))
                .hasValue("GET, HEAD");
    }

    @Test
    void parametersThatDoNotFitAreRefusedWithWhatIsAllowed() {
        assertThat(site.get("/api/v1/count?limit=7").body()).isEqualTo("7");
        assertThat(site.get("/api/v1/count?lim=7").body()).contains("Unknown parameter \\\"lim\\\"", "limit");
        assertThat(site.get("/api/v1/count?limit=700").body()).contains("from 1 to 100");
        assertThat(site.get("/api/v1/count?limit=1&limit=2").statusCode()).isEqualTo(400);
        assertThat(site.get("/api/v1/count?limit=700").headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
    }

    @Test
    void bodiesAreStrictAndBounded() {
        assertThat(site.send("POST", "/api/v1/named", "{\"first_name\":\"A\",\"age\":3}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(site.send("POST", "/api/v1/named", "{\"first_name\":\"A\",\"admin\":true}")
                        .body())
                .contains("Unknown name \\\"admin\\\"", "age, first_name");
        assertThat(site.send("POST", "/api/v1/named", "{\"age\":\"x\"}").statusCode())
                .isEqualTo(400);
        assertThat(site.send("POST", "/api/v1/named", "{\"age\":").statusCode()).isEqualTo(400);
        assertThat(site.send("POST", "/api/v1/named", "").statusCode()).isEqualTo(400);
        assertThat(site.send("POST", "/api/v1/named", " ".repeat(HttpRequest.MOST_BODY_BYTES) + "{}")
                        .statusCode())
                .isEqualTo(413);
        assertThat(site.send("POST", "/api/v1/named", null).statusCode()).isEqualTo(415);
    }

    @Test
    void chunkedBodiesAreBoundedToo() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            byte[] large = new byte[HttpRequest.MOST_BODY_BYTES + 1];
            var request = java.net.http.HttpRequest.newBuilder(site.uri("/api/v1/named"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
                    .build();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    void aRouteAboveTheCallersRoleAsksToSignIn() {
        HttpResponse<String> answer = site.get("/api/v1/secret");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    }

    @Test
    void unexpectedFailuresTellNothingButAnId() {
        HttpResponse<String> answer = site.get("/api/v1/broken");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).containsPattern("under the id [0-9a-f]{8}").doesNotContain("hunter2");
    }

    @Test
    void longJsonIsCompressedForThoseWhoTakeIt() throws IOException, InterruptedException {
        assertThat(site.get("/api/v1/long").headers().firstValue("Content-Encoding"))
                .isEmpty();
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = java.net.http.HttpRequest.newBuilder(site.uri("/api/v1/long"))
                    .header("Accept-Encoding", "br, gzip")
                    .build();
            var answer = client.send(request, BodyHandlers.ofByteArray());
            assertThat(answer.headers().firstValue("Content-Encoding")).hasValue("gzip");
            byte[] plain = new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
            assertThat(plain).hasSize(17_001);
        }
    }

    @Test
    void headHasTheHeadersWithoutTheBody() {
        HttpResponse<String> answer = site.send("HEAD", "/api/v1/shown", null);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Length")).hasValue("80");
        assertThat(answer.body()).isEmpty();
        assertThat(site.send("HEAD", "/api/v1/torn", null).statusCode()).isEqualTo(200);
        assertThat(site.send("HEAD", "/", null).statusCode()).isEqualTo(200);
    }

    @Test
    void aStreamIsAFileWithAHarmlessName() {
        HttpResponse<String> answer = site.get("/api/v1/rows");
        assertThat(answer.body()).isEqualTo("a,b\n");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"rows__1_.csv\"");
    }

    @Test
    void aStreamThatFailsBeforeItsFirstByteIsAProblemAndLaterACutConnection() {
        assertThat(site.get("/api/v1/refused").statusCode()).isEqualTo(503);
        assertThat(site.get("/api/v1/refused").headers().firstValue("Content-Disposition"))
                .isEmpty();
        assertThatThrownBy(() -> site.get("/api/v1/torn")).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void aPortInUseSaysSo() {
        assertThatThrownBy(() -> WebServer.start(
                        WebSettings.loopback(site.server().port()),
                        List.of(),
                        credentials -> Caller.visitor(Role.PUBLIC, ""),
                        (method, route, status, took) -> {}))
                .isInstanceOf(ListenException.class)
                .hasMessageContaining(
                        "Cannot listen on 127.0.0.1 port " + site.server().port());
    }
}
