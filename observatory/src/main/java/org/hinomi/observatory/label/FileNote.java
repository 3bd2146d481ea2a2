package org.hinomi.observatory.label;

/**
 * What is wrong in a file, because of which none of it is used.
 *
 * @param line the first is 1
 * @param reason what is wrong, a sentence
 * @param remedy what to do about it, a sentence
 */
public record FileNote(int line, String reason, String remedy) {
    /** The most of a file that are told. */
    static final int MOST = 100;

    /** All of it in a sentence or two, with the file. */
    String text(String file) {
        return file + ", line " + line + ": " + reason + " " + remedy;
    }
}
