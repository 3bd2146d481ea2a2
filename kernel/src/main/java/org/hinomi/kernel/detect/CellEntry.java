package org.hinomi.kernel.detect;

/** A cell in an engine: where it lies in the timer wheel, and how large it was. */
final class CellEntry<S extends KeyState> {
    final KeyedCell<S> cell;
    long slot = Context.NEVER;
    long bytes;
    boolean gone;

    CellEntry(KeyedCell<S> cell) {
        this.cell = cell;
    }
}
