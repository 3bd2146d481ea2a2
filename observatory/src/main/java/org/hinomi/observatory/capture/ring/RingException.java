package org.hinomi.observatory.capture.ring;

/** An interface that packets can't be taken from. The message says what a person can do. */
public final class RingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RingException(String sentence) {
        super(sentence);
    }
}
