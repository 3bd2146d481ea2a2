package org.hinomi.observatory.web;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hinomi.observatory.web.json.Json;
import org.hinomi.observatory.web.json.JsonException;

/** A request as Helidon has it, with the values of its route's path. */
final class HttpRequest implements Request {
    /** The longest JSON body a request may carry. */
    static final int MOST_BODY_BYTES = 64 << 10;

    /** The longest body of any kind: a batch of a sensor. */
    static final int MOST_RAW_BYTES = 32 << 20;

    /** A longer body is read this far and thrown away, so that its sender gets to read why. */
    static final int MOST_DISCARDED_BYTES = 1 << 20;

    private final ServerRequest request;
    private final Caller caller;
    private final Map<String, String> values;
    private final Query query;

    HttpRequest(ServerRequest request, Caller caller, Map<String, String> values) {
        this.request = request;
        this.caller = caller;
        this.values = values;
        this.query = Query.parse(request.query().rawValue());
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public Query query() {
        return query;
    }

    @Override
    public String path(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The route's path has no {" + name + "}");
        }
        return value;
    }

    @Override
    public <T> T body(Class<T> type) {
        String contentType = header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!contentType.equals("application/json") && !contentType.startsWith("application/json;")) {
            throw new Problem(415, "Unsupported media type", "Send the body as application/json.");
        }
        try {
            return Json.read(bounded(MOST_BODY_BYTES), type);
        } catch (JsonException e) {
            throw new Problem(400, "Bad request", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public byte[] body(String contentType, int mostBytes) {
        if (!header("Content-Type").orElse("").equalsIgnoreCase(contentType)) {
            throw new Problem(415, "Unsupported media type", "Send the body as " + contentType + ".");
        }
        return bounded(mostBytes);
    }

    private byte[] bounded(int most) {
        if (!request.content().hasEntity()) {
            return new byte[0];
        }
        try (InputStream in = request.content().inputStream()) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                in.skip(MOST_DISCARDED_BYTES);
                throw Problem.tooLarge("A body has at most " + most + " bytes.");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<String> header(String name) {
        return header(request, name);
    }

    static Optional<String> header(ServerRequest request, String name) {
        return request.headers().first(HeaderNames.create(name));
    }
}
