package org.hinomi.observatory.store;

/** The data directory can't be used. The message says where, why and what to do. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A sentence for the person who started the program. */
    public StoreException(String sentence) {
        super(sentence);
    }

    /** A sentence, with what caused it. */
    public StoreException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
