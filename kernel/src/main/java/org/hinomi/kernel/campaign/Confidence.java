package org.hinomi.kernel.campaign;

import java.util.Locale;

/**
 * How sure a statement is, in the words that analysts use (as Intelligence Community Directive 203 asks: the words are
 * about the judgement and its evidence). {@link Attribution} tells which evidence makes which.
 */
public enum Confidence {
    /** Nothing speaks for it. */
    NONE,
    /** It fits what is seen, and so do other explanations. */
    LOW,
    /** Independent signs agree; other explanations remain. */
    MODERATE,
    /** Several independent signs agree, and what is seen is very unlikely otherwise. */
    HIGH;

    /** The name in JSON. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
