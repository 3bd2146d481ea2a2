package org.hinomi.observatory.telescope.sensor;

/** A source of packets that can't go on. The message says what a person can do. */
public final class SourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A sentence. */
    public SourceException(String sentence) {
        super(sentence);
    }

    /** A sentence, with what caused it. */
    public SourceException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
