package org.hinomi.observatory.cli;

/** A command that can't do what was asked; the message is one sentence that says what, where and what to do. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With the sentence to print. */
    public Failure(String message) {
        super(message);
    }

    /** With the sentence of an exception that was made for a person to read. */
    public Failure(Exception cause) {
        super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }
}
