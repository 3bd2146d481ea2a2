package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The first administrator of a new tower in this process, who asks it over HTTP. */
final class TowerSession {
    static final JsonMapper JSON = new JsonMapper();

    private static final String PASSWORD = "a long enough password";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Tower tower;
    private String administrator = "";
    private String csrf = "";

    TowerSession(Tower tower) throws Exception {
        this.tower = tower;
        setUp();
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

    /** Asks as nobody. */
    HttpResponse<String> asVisitor(String path) throws Exception {
        return send("GET", path, "", Optional.empty());
    }

    /** Asks as the administrator. */
    HttpResponse<String> ask(String path) throws Exception {
        return send("GET", path, "", Optional.of(administrator));
    }

    /** Sends a body of any type, or none, as the administrator. */
    HttpResponse<String> send(String method, String path, String contentType, String body) throws Exception {
        return send(method, path, contentType, body, Optional.of(administrator));
    }

    private HttpResponse<String> send(String method, String path, String body, Optional<String> cookie)
            throws Exception {
        return send(method, path, "application/json", body, cookie);
    }

    private HttpResponse<String> send(
            String method, String path, String contentType, String body, Optional<String> cookie) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(tower.address().resolve(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", contentType);
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

    /** Posts with an API key. */
    HttpResponse<String> post(String key, String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(tower.address().resolve(path))
                        .header("Authorization", "Bearer " + key)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Deletes with an API key; the status. */
    int delete(String key, String path) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(tower.address().resolve(path))
                                .header("Authorization", "Bearer " + key)
                                .DELETE()
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    /** The live stream, to be closed. */
    InputStream stream() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(tower.address().resolve("/api/v1/stream"))
                .header("Cookie", administrator)
                .build();
        return client.send(request, BodyHandlers.ofInputStream()).body();
    }
}
