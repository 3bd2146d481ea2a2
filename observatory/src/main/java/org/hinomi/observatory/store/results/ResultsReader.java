package org.hinomi.observatory.store.results;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a cluster's results. It only reads, and needs no right but SELECT. What it gives is bounded: it comes
 * in pages, and no value of it is longer than the longest that is sensible.
 */
public final class ResultsReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResultsReader.class);

    /** The layout of the tables that this release reads. */
    public static final int VERSION = 1;

    private static final String SCHEMA_TABLE = "hinomi_scale_schema";
    private static final int CONNECT_SECONDS = 10;
    private static final int ANSWER_SECONDS = 60;

    private final ResultsAddress address;
    private final Connection connection;

    private ResultsReader(ResultsAddress address, Connection connection) {
        this.address = address;
        this.connection = connection;
    }

    /**
     * Connects, and makes sure that the tables are there and known.
     *
     * @throws ResultsException with a sentence when not
     */
    public static ResultsReader open(ResultsAddress address) {
        Properties properties = new Properties();
        address.user().ifPresent(user -> properties.setProperty("user", user));
        address.password().ifPresent(password -> properties.setProperty("password", password));
        properties.setProperty("ApplicationName", "hinomi");
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        properties.setProperty("loginTimeout", Integer.toString(CONNECT_SECONDS));
        properties.setProperty("socketTimeout", Integer.toString(ANSWER_SECONDS));
        properties.setProperty("tcpKeepAlive", "true");
        try {
            Connection connection = DriverManager.getConnection(address.url(), properties);
            ResultsReader database = new ResultsReader(address, connection);
            try {
                connection.setReadOnly(true);
                database.check();
                return database;
            } catch (SQLException | ResultsException e) {
                database.close();
                throw e;
            }
        } catch (SQLException e) {
            throw ResultsProblem.of(address, e);
        }
    }

    private interface Question<T> {
        T ask(PreparedStatement statement) throws SQLException;
    }

    private <T> T ask(String sql, Question<T> question) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            return question.ask(statement);
        } catch (SQLException e) {
            throw ResultsProblem.of(address, e);
        }
    }

    private void check() {
        identity(SCHEMA_TABLE);
        for (ResultsTable table : ResultsTable.values()) {
            identity(table.sqlName());
        }
        long version = ask("SELECT coalesce(max(version), 0) FROM " + SCHEMA_TABLE, ResultsReader::number);
        if (version != VERSION) {
            throw new ResultsException(
                    version > VERSION
                            ? "the results at " + address.shown() + " are written by a newer Hinomi (layout " + version
                                    + ", this one reads " + VERSION + "); upgrade this tower"
                            : "the results at " + address.shown() + " have no layout version in " + SCHEMA_TABLE
                                    + "; start the job once, it makes the tables");
        }
        // Asks for nothing, and so finds out whether all columns are there.
        detections(0, 0, 1);
        rollups(0, 0, 1);
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    /** What tells a table from one that was made anew in its place. */
    public String identity(ResultsTable table) {
        return address.shown() + "#" + identity(table.sqlName());
    }

    private long identity(String table) {
        long oid = ask("SELECT coalesce(to_regclass(?)::oid::bigint, 0)", statement -> {
            statement.setString(1, table);
            return number(statement);
        });
        if (oid == 0) {
            throw new ResultsException("the database at " + address.shown() + " has no table " + table
                    + "; start the job once, it makes the tables, or correct scale.results");
        }
        return oid;
    }

    /** The newest change of a table that can be seen; 0 when it is empty. */
    long newest(ResultsTable table) {
        return ask("SELECT coalesce(max(changed), 0) FROM " + table.sqlName(), ResultsReader::number);
    }

    /** The transactions that write a table now. */
    List<String> writers(ResultsTable table) {
        String sql = """
                SELECT DISTINCT virtualtransaction FROM pg_locks
                WHERE locktype = 'relation' AND granted AND relation = to_regclass(?)::oid
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                  AND mode IN ('RowExclusiveLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
                """;
        return ask(sql, statement -> {
            statement.setString(1, table.sqlName());
            List<String> writers = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    writers.add(rows.getString(1));
                }
            }
            return writers;
        });
    }

    /** Detections with changes after one and up to another, in their order, about so many as asked. */
    public List<DetectionRow> detections(long after, long upTo, int most) {
        return page(ResultsRows.DETECTIONS, after, upTo, most, ResultsRows::detection);
    }

    /** Roll-ups with changes after one and up to another, in their order, about so many as asked. */
    public List<RollupResult> rollups(long after, long upTo, int most) {
        return page(ResultsRows.ROLLUPS, after, upTo, most, ResultsRows::rollup);
    }

    private interface Read<T> {
        T row(ResultSet row) throws SQLException;
    }

    private <T> List<T> page(String sql, long after, long upTo, int most, Read<T> read) {
        // With ties: what one write changed has one number, and must not be torn.
        String rest = " WHERE changed > ? AND changed <= ? ORDER BY changed FETCH FIRST ? ROWS WITH TIES";
        return ask(sql + rest, statement -> {
            statement.setLong(1, after);
            statement.setLong(2, upTo);
            statement.setInt(3, most);
            List<T> rows = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    rows.add(read.row(row));
                }
            }
            return rows;
        });
    }

    /** Ends it from another thread, whatever it waits for. */
    void abort() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("a connection to {} was lost before it was ended: {}", address.shown(), e.getMessage());
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("a connection to {} was lost before it was closed: {}", address.shown(), e.getMessage());
        }
    }
}
