package org.hinomi.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.hinomi.kernel.tally.TallyRow;
import org.hinomi.scale.result.Database;
import org.hinomi.scale.result.DetectionRow;

/** Reads the tables of results. */
record Results(Database database) {
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> Map<String, T> rows(String sql, Row<T> value) throws SQLException {
        Map<String, T> rows = new TreeMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet set = statement.executeQuery(sql)) {
            while (set.next()) {
                rows.put(set.getString(1), value.of(set));
            }
        }
        return rows;
    }

    Map<String, Long> counts() throws SQLException {
        return rows("SELECT name, value FROM hinomi_scale_state", row -> row.getLong(2));
    }

    Map<String, String> refused() throws SQLException {
        return rows(
                "SELECT reason, sentence, sensor, bytes FROM hinomi_scale_refused",
                row -> row.getString(2) + " " + row.getString(3));
    }

    Map<String, DetectionRow> detections() throws SQLException {
        return rows(
                "SELECT id, revision, detector, sensor, source, port, traffic, kind, started, seen, reported, ended,"
                        + " aggressive, fields FROM hinomi_detection",
                row -> new DetectionRow(
                        row.getString(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getLong(6),
                        row.getString(7),
                        row.getString(8),
                        row.getLong(9),
                        row.getLong(10),
                        row.getLong(11),
                        row.getBoolean(12),
                        row.getBoolean(13),
                        row.getString(14)));
    }

    Map<String, String> sums() throws SQLException {
        Map<String, String> lines = new TreeMap<>();
        rows(
                        "SELECT sensor || ' ' || step || ' ' || time || ' ' || dimension || ' ' || key, sensor, step,"
                                + " time, dimension, key, packets, tuples, syn_or_udp, to_iot, classes, kinds, sources,"
                                + " destinations FROM hinomi_rollup",
                        Results::sum)
                .forEach((key, sum) -> lines.put(key, GoldenTrace.line(sum)));
        return lines;
    }

    private static TallyRow sum(ResultSet row) throws SQLException {
        return new TallyRow(
                row.getString(2),
                row.getInt(3),
                row.getLong(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10),
                longs(row.getArray(11)),
                longs(row.getArray(12)),
                row.getBytes(13),
                row.getBytes(14));
    }

    private static long[] longs(Array array) throws SQLException {
        return Arrays.stream((Long[]) array.getArray())
                .mapToLong(Long::longValue)
                .toArray();
    }

    interface Question<T> {
        T ask() throws Exception;
    }

    /** Asks until the answer is what is expected; after a minute it must be. */
    static <T> void await(T expected, Question<T> question) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (System.nanoTime() < end) {
            if (expected.equals(question.ask())) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        assertThat(question.ask()).isEqualTo(expected);
    }

    /** Asks until the answer is at least so much. */
    static void awaitAtLeast(long least, Question<Long> question) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (System.nanoTime() < end && question.ask() < least) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        assertThat(question.ask()).isGreaterThanOrEqualTo(least);
    }
}
