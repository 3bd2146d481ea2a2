package org.hinomi.observatory.web;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import org.hinomi.observatory.web.json.Json;

/** One request and the writing of its answer. */
final class Exchange {
    private static final Set<String> KNOWN_METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final long begin = System.nanoTime();
    private final ServerRequest request;
    private final ServerResponse response;
    private final BodyStream body;
    private String route = "none";
    private int status;
    private boolean reported;

    Exchange(ServerRequest request, ServerResponse response) {
        this.request = request;
        this.response = response;
        this.body = new BodyStream(response);
        Headers.ALWAYS.forEach(response::header);
    }

    ServerRequest request() {
        return request;
    }

    String method() {
        return request.prologue().method().text();
    }

    String header(String name) {
        return HttpRequest.header(request, name).orElse("");
    }

    /** The route's template, for the log and the metrics. */
    String route() {
        return route;
    }

    void route(String template) {
        route = template;
    }

    /** Tells once that the request is answered; for live events, which may last for days, when they begin. */
    void report(Traffic traffic) {
        if (!reported) {
            reported = true;
            String method = KNOWN_METHODS.contains(method()) ? method() : "other";
            traffic.answered(method, route, status, Duration.ofNanos(System.nanoTime() - begin));
        }
    }

    BodyStream body() {
        return body;
    }

    private boolean headOnly() {
        return method().equals("HEAD");
    }

    /** Sends what a handler answered; live events are begun by the caller. */
    void send(Response answer) {
        switch (answer) {
            case Response.Headed headed -> {
                response.header(headed.name(), headed.value());
                send(headed.response());
            }
            case Response.Json json -> {
                header("Cache-Control", "no-store");
                sendBytes(json.status(), "application/json", Json.bytes(json.value()));
            }
            case Response.Text text -> {
                header("Cache-Control", "no-cache");
                sendBytes(200, text.contentType(), text.text().getBytes(StandardCharsets.UTF_8));
            }
            case Response.Empty empty -> {
                header("Cache-Control", "no-store");
                head(empty.status());
                response.send();
            }
            case Response.Stream stream -> sendStream(stream);
            case Response.Events _ -> throw new IllegalStateException("Live events are not sent at once");
        }
    }

    private void sendStream(Response.Stream stream) {
        header("Cache-Control", "no-store");
        header("Content-Type", stream.contentType());
        stream.fileName()
                .ifPresent(name -> header(
                        "Content-Disposition",
                        "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._-]", "_") + '"'));
        head(200);
        if (headOnly()) {
            response.send();
            return;
        }
        try {
            stream.writer().write(body);
            body.finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a file of the console, or that the reader's copy is still right. */
    void send(Asset asset, int fileStatus) {
        header("Cache-Control", asset.cacheControl());
        header("ETag", asset.tag());
        if (fileStatus == 200 && header("If-None-Match").equals(asset.tag())) {
            head(304);
            response.send();
            return;
        }
        boolean compress = asset.compresses() && Gzip.accepted(header("Accept-Encoding"));
        sendBytes(fileStatus, asset.contentType(), compress ? asset.gzip() : asset.bytes(), compress);
    }

    void send(Problem problem) {
        header("Cache-Control", "no-store");
        response.headers().remove(HeaderNames.CONTENT_DISPOSITION);
        problem.headers().forEach(this::header);
        sendBytes(problem.status(), "application/problem+json", Json.bytes(ProblemDetails.of(problem)), false);
    }

    /** Sends the head of a stream of events. */
    void beginEvents() {
        header("Cache-Control", "no-store");
        header("Content-Type", "text/event-stream");
        header("X-Accel-Buffering", "no");
        head(200);
        if (headOnly()) {
            response.send();
        }
    }

    private void sendBytes(int code, String contentType, byte[] bytes) {
        boolean compress =
                bytes.length >= Gzip.LEAST_BYTES && Gzip.helps(contentType) && Gzip.accepted(header("Accept-Encoding"));
        sendBytes(code, contentType, compress ? Gzip.compress(bytes) : bytes, compress);
    }

    private void sendBytes(int code, String contentType, byte[] bytes, boolean compressed) {
        header("Content-Type", contentType);
        if (Gzip.helps(contentType)) {
            header("Vary", "Accept-Encoding");
        }
        if (compressed) {
            header("Content-Encoding", "gzip");
        }
        head(code);
        if (headOnly()) {
            header("Content-Length", Integer.toString(bytes.length));
            response.send();
        } else {
            response.send(bytes);
        }
    }

    private void head(int code) {
        status = code;
        response.status(code);
    }

    private void header(String name, String value) {
        response.header(name, value);
    }
}
