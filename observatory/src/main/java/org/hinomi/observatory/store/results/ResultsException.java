package org.hinomi.observatory.store.results;

/** The cluster's results can't be read now; the message is a sentence that says why and what to do. */
public final class ResultsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A sentence. */
    public ResultsException(String sentence) {
        super(sentence);
    }

    /** A sentence, with what caused it. */
    public ResultsException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
