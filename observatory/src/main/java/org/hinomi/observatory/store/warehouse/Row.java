package org.hinomi.observatory.store.warehouse;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.hinomi.observatory.store.StoreException;

/** A row of an answer. Columns are counted from 1. */
public final class Row {
    private final ResultSet row;

    Row(ResultSet row) {
        this.row = row;
    }

    private interface Read<T> {
        T read() throws SQLException;
    }

    private static <T> T read(Read<T> read) {
        try {
            return read.read();
        } catch (SQLException e) {
            throw new StoreException("an answer of the query database can't be read: " + e.getMessage(), e);
        }
    }

    /** A whole number; 0 for none. */
    public long number(int column) {
        return read(() -> row.getLong(column));
    }

    /** A whole number that fits an int; 0 for none. */
    public int small(int column) {
        return read(() -> row.getInt(column));
    }

    /** A text. */
    public String text(int column) {
        return read(() -> String.valueOf(row.getString(column)));
    }

    /** Bytes. */
    public byte[] bytes(int column) {
        return read(() -> row.getBytes(column));
    }
}
