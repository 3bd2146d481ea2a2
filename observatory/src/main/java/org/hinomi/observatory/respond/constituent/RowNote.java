package org.hinomi.observatory.respond.constituent;

import org.jspecify.annotations.Nullable;

/**
 * What is to be said about a row: an error, because of which nothing is stored, or only a note.
 *
 * @param line of the file, or the number of the item; 1 is the first
 * @param column null for the whole row
 * @param reason what is wrong, a sentence
 * @param remedy what to do about it; null where nothing needs be done
 */
public record RowNote(
        int line,
        @Nullable String column,
        String reason,
        @Nullable String remedy) {}
