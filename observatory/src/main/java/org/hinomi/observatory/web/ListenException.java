package org.hinomi.observatory.web;

/** The server cannot listen as its settings say; the message tells the person what to change. */
public final class ListenException extends Exception {
    public ListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
