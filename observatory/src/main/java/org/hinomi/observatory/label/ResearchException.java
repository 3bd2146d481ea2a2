package org.hinomi.observatory.label;

/** A list of researchers that can't be used, told in a sentence with file, line, reason and what to do. */
public final class ResearchException extends RuntimeException {
    public ResearchException(String message) {
        super(message);
    }
}
