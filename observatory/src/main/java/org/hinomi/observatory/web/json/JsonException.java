package org.hinomi.observatory.web.json;

/** JSON that cannot be read; the message is a sentence for whoever sent it. */
public final class JsonException extends Exception {
    public JsonException(String message) {
        super(message);
    }
}
