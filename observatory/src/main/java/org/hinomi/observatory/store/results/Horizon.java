package org.hinomi.observatory.store.results;

import java.util.List;

/**
 * Up to which change of a table everything can be seen. Transactions that write at the same time end in any order, so
 * that a change may come into sight behind a later one. A change counts as final when each transaction that wrote the
 * table at a moment when it, or a later one, was in sight has ended.
 */
final class Horizon {
    private final ResultsTable table;
    private long reached;
    private long waitedFor;
    private List<String> writers = List.of();

    Horizon(ResultsTable table) {
        this.table = table;
    }

    /** Looks again; the newest change that is final. */
    long look(ResultsReader database) {
        if (writers.isEmpty()) {
            // In this order: who is to write an earlier change still, wrote already when the newest was seen.
            waitedFor = database.newest(table);
            writers = waitedFor == reached ? List.of() : database.writers(table);
        } else {
            List<String> now = database.writers(table);
            writers = writers.stream().filter(now::contains).toList();
        }
        if (writers.isEmpty()) {
            reached = waitedFor;
        }
        return reached;
    }

    /** The newest change that is final, as it was found last. */
    long reached() {
        return reached;
    }

    /** Whether it waits for transactions to end. */
    boolean waits() {
        return !writers.isEmpty();
    }
}
