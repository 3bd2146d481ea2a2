package org.hinomi.observatory.web;

/** The methods of HTTP (RFC 9110) that routes use. HEAD is answered wherever GET is. */
public enum Method {
    GET,
    POST,
    PUT,
    PATCH,
    DELETE;

    /** Whether a request with this method may change something. */
    public boolean unsafe() {
        return this != GET;
    }
}
