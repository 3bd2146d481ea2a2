package org.hinomi.wire.flowfile;

/** A flow tuple file that can't be read or written; the message is a sentence for the person who named it. */
public final class FlowFileException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a sentence that says what, where and what to do. */
    public FlowFileException(String message) {
        super(message);
    }
}
