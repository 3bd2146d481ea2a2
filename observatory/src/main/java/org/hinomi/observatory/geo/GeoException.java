package org.hinomi.observatory.geo;

/** Geolocation data that can't be fetched or converted; the message is a sentence for the person who asked for it. */
public final class GeoException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a sentence that says what, where and what to do. */
    public GeoException(String message) {
        super(message);
    }
}
