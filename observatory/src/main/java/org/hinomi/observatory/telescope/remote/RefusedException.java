package org.hinomi.observatory.telescope.remote;

/** A batch that is refused; the message is a sentence for the person who runs its sensor. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Refusal reason;

    RefusedException(Refusal reason, String sentence) {
        super(sentence, null, false, false);
        this.reason = reason;
    }

    Refusal reason() {
        return reason;
    }
}
