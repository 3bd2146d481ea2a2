package org.hinomi.observatory.web;

import java.util.Optional;
import org.hinomi.observatory.web.stream.Hub;

/** What a handler answers. */
public sealed interface Response {
    /** A record, list or map, written as JSON. */
    record Json(int status, Object value) implements Response {}

    /** A body written while it is made; with a file name the browser saves it. */
    record Stream(String contentType, Optional<String> fileName, BodyWriter writer) implements Response {}

    /** A short text. */
    record Text(String contentType, String text) implements Response {}

    /** No body. */
    record Empty(int status) implements Response {}

    /** Live events until the reader leaves. */
    record Events(Hub hub) implements Response {}

    /** Another response with one more header. */
    record Headed(Response response, String name, String value) implements Response {}

    static Json ok(Object value) {
        return new Json(200, value);
    }

    static Json created(Object value) {
        return new Json(201, value);
    }

    static Empty noContent() {
        return new Empty(204);
    }

    /** A file for the reader to save, such as {@code flowtuples.csv}. */
    static Stream file(String contentType, String fileName, BodyWriter writer) {
        return new Stream(contentType, Optional.of(fileName), writer);
    }

    /** This response with one more header. */
    default Response with(String name, String value) {
        return new Headed(this, name, value);
    }
}
