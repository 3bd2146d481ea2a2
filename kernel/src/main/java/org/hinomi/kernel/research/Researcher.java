package org.hinomi.kernel.research;

/**
 * Somebody who scans for research, by the operator's word.
 *
 * @param name what people call it, 1 to {@value #LONGEST_NAME} characters
 * @param reference address of the page where it says so, at most {@value #LONGEST_REFERENCE} characters
 */
public record Researcher(String name, String reference) {
    /** The most characters of a name. */
    public static final int LONGEST_NAME = 128;

    /** The most characters of a reference. */
    public static final int LONGEST_REFERENCE = 200;

    /** Checks the lengths. */
    public Researcher {
        if (name.isEmpty() || name.length() > LONGEST_NAME || reference.length() > LONGEST_REFERENCE) {
            throw new IllegalArgumentException("a researcher's name or reference is out of bounds");
        }
    }
}
