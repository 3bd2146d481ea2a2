package org.hinomi.observatory.store.control;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Changes of a table in the order in which they were committed, so that a later step reads on from where it stood: the
 * table is its own outbox. Each row that a transaction wrote gets the next number in its column {@code changed};
 * whoever takes numbers next waits for the end of that transaction. A reader keeps the highest number it has dealt
 * with in the transaction in which it deals with it: a crash neither loses a change nor lets one count twice. A row
 * that changed more than once meanwhile is read once, as it is now.
 */
public final class Changes {
    private Changes() {}

    /**
     * Numbers rows that were written in this transaction.
     *
     * @param table named by the program, never by a person; it has columns {@code id} and {@code changed}
     */
    public static void mark(Handle handle, String table, List<String> ids) {
        if (ids.isEmpty()) {
            return;
        }
        handle.createUpdate("""
                        INSERT INTO change_counter (name, changed) VALUES (:name, :count)
                        ON CONFLICT (name) DO UPDATE SET changed = change_counter.changed + excluded.changed
                        """).bind("name", table).bind("count", ids.size()).execute();
        long last = number(handle, "change_counter", "changed", table);
        PreparedBatch batch = handle.prepareBatch("UPDATE " + table + " SET changed = :changed WHERE id = :id");
        for (int i = 0; i < ids.size(); i++) {
            batch.bind("changed", last - ids.size() + 1 + i)
                    .bind("id", ids.get(i))
                    .add();
        }
        batch.execute();
    }

    /** Up to which number a reader has dealt with all; 0 for nothing yet. */
    public static long offset(Handle handle, String reader) {
        return number(handle, "change_offset", "reached", reader);
    }

    /** Notes up to which number a reader has dealt with all. */
    public static void reached(Handle handle, String reader, long number) {
        handle.createUpdate("""
                        INSERT INTO change_offset (name, reached) VALUES (:name, :reached)
                        ON CONFLICT (name) DO UPDATE SET reached = excluded.reached
                        """).bind("name", reader).bind("reached", number).execute();
    }

    private static long number(Handle handle, String table, String column, String name) {
        return handle.createQuery("SELECT " + column + " FROM " + table + " WHERE name = :name")
                .bind("name", name)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
    }
}
