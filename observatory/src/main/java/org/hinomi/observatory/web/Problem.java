package org.hinomi.observatory.web;

import java.time.Duration;
import java.util.Map;

/**
 * A request that is refused, answered as problem details (RFC 9457). The detail says in a sentence what the caller
 * can do.
 */
public final class Problem extends RuntimeException {
    private static final String TYPE = "urn:hinomi:problem:";

    private final String type;
    private final int status;
    private final String title;
    private final String detail;
    private final transient Map<String, String> headers;

    public Problem(int status, String title, String detail) {
        this(status, title, detail, Map.of());
    }

    /** A problem whose answer carries headers, such as {@code Allow} or {@code Retry-After}. */
    public Problem(int status, String title, String detail, Map<String, String> headers) {
        this("about:blank", status, title, detail, headers);
    }

    private Problem(String type, int status, String title, String detail, Map<String, String> headers) {
        super(detail, null, false, false);
        this.type = type;
        this.status = status;
        this.title = title;
        this.detail = detail;
        this.headers = Map.copyOf(headers);
    }

    public static Problem badRequest(String detail) {
        return new Problem(400, "Bad request", detail);
    }

    public static Problem unauthorized(String detail) {
        return new Problem(401, "Sign in first", detail, Map.of("WWW-Authenticate", "Bearer"));
    }

    public static Problem forbidden(String detail) {
        return new Problem(403, "Not allowed", detail);
    }

    public static Problem notFound(String detail) {
        return new Problem(404, "Not found", detail);
    }

    public static Problem conflict(String detail) {
        return new Problem(409, "Conflict", detail);
    }

    public static Problem tooLarge(String detail) {
        return new Problem(413, "Too large", detail);
    }

    public static Problem tooMany(String detail, Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return new Problem(429, "Too many attempts", detail, Map.of("Retry-After", Long.toString(seconds)));
    }

    public static Problem unavailable(String detail) {
        return new Problem(503, "Not available now", detail);
    }

    /** The same with a name, by which the console and other programs tell it apart whatever the detail says. */
    public Problem named(String name) {
        return new Problem(TYPE + name, status, title, detail, headers);
    }

    /** A URI: that of its name, else {@code about:blank}. */
    public String type() {
        return type;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String detail() {
        return detail;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
