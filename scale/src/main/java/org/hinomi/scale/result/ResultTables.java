package org.hinomi.scale.result;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables of results. Each row has {@code changed}, a number that grows with each write, by which a reader follows:
 * it asks for what is greater than the greatest it has seen. That is safe because whoever writes holds
 * {@link #LOCK} from before it takes the first number until its transaction has ended: no smaller number appears later.
 */
public final class ResultTables {
    /** The version of these tables; tables of a newer one are left alone. */
    public static final int VERSION = 1;

    /** The advisory lock of who writes: the letters "hinomi". */
    static final long LOCK = 0x68696e6f6d69L;

    private static final List<String> TABLES = List.of(
            "CREATE TABLE hinomi_scale_schema (version INT NOT NULL)",
            "CREATE SEQUENCE hinomi_changed",
            """
            CREATE TABLE hinomi_detection (
              id TEXT PRIMARY KEY, revision INT NOT NULL, detector TEXT NOT NULL, sensor TEXT NOT NULL,
              source TEXT NOT NULL, port BIGINT NOT NULL, traffic TEXT NOT NULL, kind TEXT NOT NULL,
              started BIGINT NOT NULL, seen BIGINT NOT NULL, reported BIGINT NOT NULL, ended BOOLEAN NOT NULL,
              aggressive BOOLEAN NOT NULL, fields TEXT NOT NULL, changed BIGINT NOT NULL)
            """,
            "CREATE INDEX hinomi_detection_by_change ON hinomi_detection (changed)",
            """
            CREATE TABLE hinomi_rollup (
              sensor TEXT NOT NULL, step INT NOT NULL, time BIGINT NOT NULL, dimension TEXT NOT NULL,
              key TEXT NOT NULL, packets BIGINT NOT NULL, tuples BIGINT NOT NULL, syn_or_udp BIGINT NOT NULL,
              to_iot BIGINT NOT NULL, classes BIGINT[] NOT NULL, kinds BIGINT[] NOT NULL, sources BYTEA NOT NULL,
              destinations BYTEA NOT NULL, changed BIGINT NOT NULL,
              PRIMARY KEY (sensor, step, time, dimension, key))
            """,
            "CREATE INDEX hinomi_rollup_by_change ON hinomi_rollup (changed)",
            "CREATE TABLE hinomi_scale_state (name TEXT PRIMARY KEY, value BIGINT NOT NULL)",
            """
            CREATE TABLE hinomi_scale_refused (
              partition INT NOT NULL, position BIGINT NOT NULL, came BIGINT NOT NULL, sensor TEXT NOT NULL,
              bytes INT NOT NULL, reason TEXT NOT NULL, sentence TEXT NOT NULL, PRIMARY KEY (partition, position))
            """,
            "INSERT INTO hinomi_scale_schema VALUES (" + VERSION + ")");

    private ResultTables() {}

    /**
     * Makes the tables when there are none, in a transaction of its own.
     *
     * @throws ResultException when there are tables of a newer version
     */
    public static void make(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            int version = version(statement);
            if (version > VERSION) {
                throw new ResultException("the tables of results have version " + version + ", this job knows "
                        + VERSION + "; run a newer hinomi-flink.jar");
            }
            if (version == 0) {
                for (String table : TABLES) {
                    statement.execute(table);
                }
            }
            connection.commit();
        } finally {
            connection.rollback();
        }
    }

    /** The version of the tables that are there; 0 when there are none. */
    private static int version(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT to_regclass('hinomi_scale_schema') IS NOT NULL")) {
            found.next();
            if (!found.getBoolean(1)) {
                return 0;
            }
        }
        try (ResultSet rows = statement.executeQuery("SELECT max(version) FROM hinomi_scale_schema")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
