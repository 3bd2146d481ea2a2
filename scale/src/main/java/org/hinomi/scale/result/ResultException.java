package org.hinomi.scale.result;

/** Results that can't be written; the message is a sentence for the person who runs the job. */
public final class ResultException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** With a sentence that says what, where and what to do. */
    public ResultException(String sentence) {
        super(sentence);
    }
}
