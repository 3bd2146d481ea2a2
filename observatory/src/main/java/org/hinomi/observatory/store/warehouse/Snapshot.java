package org.hinomi.observatory.store.warehouse;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The warehouse as it was at one moment. Values go into a query by name, never into its text. */
public final class Snapshot {
    private final Handle handle;

    Snapshot(Handle handle) {
        this.handle = handle;
    }

    /** The rows of a query. */
    public <T> List<T> list(String sql, Map<String, ?> values, Function<Row, T> read) {
        try (Query query = handle.createQuery(sql)) {
            return query.bindMap(values)
                    .map((row, context) -> read.apply(new Row(row)))
                    .list();
        }
    }

    /** The row of a query that has exactly one. */
    public <T> T one(String sql, Map<String, ?> values, Function<Row, T> read) {
        return list(sql, values, read).getFirst();
    }

    /** Gives each row of a query, without keeping them. */
    public void each(String sql, Map<String, ?> values, Consumer<Row> consumer) {
        try (Query query = handle.createQuery(sql)) {
            query.bindMap(values)
                    .map((row, context) -> {
                        consumer.accept(new Row(row));
                        return true;
                    })
                    .forEach(done -> {});
        }
    }

    /**
     * Gives each flow tuple of a query; the buffer is reused.
     *
     * @param rest the query from its FROM on
     */
    public void tuples(String rest, Map<String, ?> values, Consumer<Tagged> consumer) {
        TupleReader.each(handle, rest, values, consumer);
    }
}
