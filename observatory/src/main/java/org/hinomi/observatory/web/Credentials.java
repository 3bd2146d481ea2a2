package org.hinomi.observatory.web;

import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What a request carries to say who makes it.
 *
 * @param address where it came from
 * @param session the session cookie's value
 * @param authorization the Authorization header
 * @param csrf the header that shows an unsafe request was made by our own page
 * @param unsafe whether the request may change something
 * @param certificate the client's certificate, whose authority is believed
 */
public record Credentials(
        String address,
        Optional<String> session,
        Optional<String> authorization,
        Optional<String> csrf,
        boolean unsafe,
        Optional<X509Certificate> certificate) {
    /** Name of the session cookie. */
    public static final String COOKIE = "hinomi_session";

    /** Name of the header that carries the token of {@link #csrf}. */
    public static final String CSRF_HEADER = "X-Hinomi-Csrf";

    /** The value of one cookie in a Cookie header (RFC 6265). */
    public static Optional<String> cookie(String header, String name) {
        for (String pair : header.split(";", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                return Optional.of(pair.substring(equals + 1).strip());
            }
        }
        return Optional.empty();
    }
}
