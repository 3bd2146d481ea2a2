package org.hinomi.observatory.capture;

/** A capture that can't be read at all; the message is a sentence for the person who named it. */
public final class CaptureException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a sentence that says what, where and what to do. */
    public CaptureException(String message) {
        super(message);
    }
}
