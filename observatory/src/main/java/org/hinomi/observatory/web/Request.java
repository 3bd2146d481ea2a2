package org.hinomi.observatory.web;

import java.util.Optional;

/** One request, as a route's handler sees it. */
public interface Request {
    /** Who asks; their role already covers the route's. */
    Caller caller();

    /** The query parameters. */
    Query query();

    /** The decoded path segment that stands for {@code {name}} in the route's path. */
    String path(String name);

    /** The JSON body as a record; throws a 400 {@link Problem} where it does not fit. */
    <T> T body(Class<T> type);

    /**
     * The body as it came, for what is no JSON; throws a 415 or 413 {@link Problem} where it is of another type or
     * too large.
     */
    default byte[] body(String contentType, int mostBytes) {
        throw new Problem(415, "Unsupported media type", "This request has no body.");
    }

    /** A header's value. */
    default Optional<String> header(String name) {
        return Optional.empty();
    }
}
