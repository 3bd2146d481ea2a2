package org.hinomi.observatory.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server on a free port with a client for it. */
public final class Site implements AutoCloseable {
    private final WebServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    public Site(List<Route> routes, Gate gate) {
        this(WebSettings.loopback(0), routes, gate, (method, route, status, took) -> {});
    }

    public Site(WebSettings settings, List<Route> routes, Gate gate, Traffic traffic) {
        try {
            server = WebServer.start(
                    settings,
                    routes,
                    gate,
                    traffic,
                    new Console("/org/hinomi/observatory/web/console"),
                    Duration.ofMillis(200));
        } catch (ListenException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A server whose visitors have one role. */
    public static Site open(Role role, Route... routes) {
        return new Site(Arrays.asList(routes), credentials -> Caller.visitor(role, credentials.address()));
    }

    public WebServer server() {
        return server;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    /** Sends a request; a body is JSON. */
    public HttpResponse<String> send(String method, String path, @Nullable String body, String... headers) {
        java.net.http.HttpRequest.Builder request = java.net.http.HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close();
    }
}
