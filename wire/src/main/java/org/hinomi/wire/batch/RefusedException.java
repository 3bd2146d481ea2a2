package org.hinomi.wire.batch;

/** A batch that is refused; the message is a sentence for the person who runs its sensor. */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;

    public RefusedException(Refusal reason, String sentence) {
        super(sentence, null, false, false);
        this.reason = reason;
    }

    public Refusal reason() {
        return reason;
    }
}
