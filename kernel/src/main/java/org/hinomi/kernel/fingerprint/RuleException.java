package org.hinomi.kernel.fingerprint;

/** A fingerprint file that can't be read; the message names the line and what is wrong. */
public final class RuleException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** With a sentence for the person who wrote the file. */
    public RuleException(String message) {
        super(message);
    }
}
