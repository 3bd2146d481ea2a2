package org.hinomi.observatory.store.flowfile;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * A DuckDB of its own for one Parquet file: bounded memory, no extension fetched or loaded, no other file than the named
 * one within reach of a statement.
 */
final class DuckDbSession implements AutoCloseable {
    private static final String MEMORY = "512MB";
    private static final String THREADS = "2";

    private final DuckDBConnection connection;

    private DuckDbSession(DuckDBConnection connection) {
        this.connection = connection;
    }

    /** Opens a database in memory that reaches one file. */
    static DuckDbSession inMemory(Path reachable) throws SQLException {
        return open("", "", reachable);
    }

    /** Opens a database in a folder of its own, which reaches the folder and one file. */
    static DuckDbSession in(Path folder, Path reachable) throws SQLException {
        Path absolute = folder.toAbsolutePath();
        return open("", absolute.toString(), reachable);
    }

    private static DuckDbSession open(String database, String work, Path reachable) throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("memory_limit", MEMORY);
        settings.setProperty("threads", THREADS);
        settings.setProperty("temp_directory", work);
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("preserve_insertion_order", "true");
        settings.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
        DuckDBConnection connection =
                DriverManager.getConnection("jdbc:duckdb:" + database, settings).unwrap(DuckDBConnection.class);
        DuckDbSession session = new DuckDbSession(connection);
        try {
            session.run(
                    "SET allowed_paths = [" + quoted(reachable.toAbsolutePath().toString()) + "]");
            session.run("SET enable_external_access = false");
            session.run("SET lock_configuration = true");
            return session;
        } catch (SQLException e) {
            session.close();
            throw e;
        }
    }

    DuckDBConnection connection() {
        return connection;
    }

    void run(String statement) throws SQLException {
        try (Statement running = connection.createStatement()) {
            running.execute(statement);
        }
    }

    /** A text as SQL writes it. */
    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
