package org.hinomi.observatory.store.results;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How rows of the results are asked for and read, with bounds that PostgreSQL itself keeps. */
final class ResultsRows {
    private static final int LONGEST_TEXT = 256;
    private static final int LONGEST_FIELDS = 65_536;
    private static final int LONGEST_SKETCH = 16_384;
    private static final int LONGEST_LIST = 64;

    static final String DETECTIONS = "SELECT changed, " + text("id") + ", revision, " + text("detector") + ", "
            + text("sensor") + ", " + text("source") + ", port, " + text("traffic") + ", " + text("kind")
            + ", started, seen, reported, ended, aggressive, "
            + bounded("length(fields)", LONGEST_FIELDS, "fields") + " FROM hinomi_detection";

    static final String ROLLUPS = "SELECT changed, " + text("sensor") + ", step, time, " + text("dimension") + ", "
            + text("key") + ", packets, tuples, syn_or_udp, to_iot, "
            + bounded("cardinality(classes)", LONGEST_LIST, "classes") + ", "
            + bounded("cardinality(kinds)", LONGEST_LIST, "kinds") + ", "
            + bounded("octet_length(sources)", LONGEST_SKETCH, "sources") + ", "
            + bounded("octet_length(destinations)", LONGEST_SKETCH, "destinations") + " FROM hinomi_rollup";

    private ResultsRows() {}

    private static String text(String column) {
        return bounded("length(" + column + ")", LONGEST_TEXT, column);
    }

    private static String bounded(String size, int most, String column) {
        return "CASE WHEN " + size + " <= " + most + " THEN " + column + " END AS " + column;
    }

    static DetectionRow detection(ResultSet row) throws SQLException {
        return new DetectionRow(
                row.getLong(1),
                row.getString(2),
                number(row, 3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                number(row, 7),
                row.getString(8),
                row.getString(9),
                number(row, 10),
                number(row, 11),
                number(row, 12),
                flag(row, 13),
                flag(row, 14),
                row.getString(15));
    }

    static RollupResult rollup(ResultSet row) throws SQLException {
        return new RollupResult(
                row.getLong(1),
                row.getString(2),
                number(row, 3),
                number(row, 4),
                row.getString(5),
                row.getString(6),
                number(row, 7),
                number(row, 8),
                number(row, 9),
                number(row, 10),
                numbers(row, 11),
                numbers(row, 12),
                row.getBytes(13),
                row.getBytes(14));
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private static @Nullable Boolean flag(ResultSet row, int column) throws SQLException {
        boolean value = row.getBoolean(column);
        return row.wasNull() ? null : value;
    }

    /** A list of whole numbers; null for what is none, such as an array of arrays. */
    private static @Nullable List<@Nullable Long> numbers(ResultSet row, int column) throws SQLException {
        Array array = row.getArray(column);
        if (array == null || !(array.getArray() instanceof Object[] values)) {
            return null;
        }
        List<@Nullable Long> numbers = new ArrayList<>();
        for (Object value : values) {
            numbers.add(value instanceof Number number ? number.longValue() : null);
        }
        return numbers;
    }
}
