package org.hinomi.observatory.store.results;

/**
 * A row after it was looked at: a value that can be stored, or why not.
 *
 * @param <T> what is stored
 */
public sealed interface Judged<T> {
    /** It can be stored. */
    record Good<T>(T value) implements Judged<T> {}

    /** It is left out. */
    record Refused<T>(RowRefusal reason) implements Judged<T> {}
}
