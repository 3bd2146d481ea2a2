package org.hinomi.observatory.store.warehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.duckdb.DuckDBConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open DuckDB file. DuckDB gives a database up when it can't be written to the disk at the wrong moment, and all
 * that is asked of it fails from then on: such a one is opened again. So that a commit is either there or not, the
 * write-ahead log is brought into the file apart from commits.
 */
final class DuckDbFile {
    private static final Logger LOG = LoggerFactory.getLogger(DuckDbFile.class);
    private static final long LARGEST_LOG = 16L << 20;

    private final Path file;
    private final Path archive;
    private final int memoryMegabytes;
    private final ReadWriteLock opening = new ReentrantReadWriteLock();
    private DuckDBConnection connection;
    private boolean broken;

    DuckDbFile(Path file, Path archive, int memoryMegabytes) throws SQLException {
        this.file = file;
        this.archive = archive;
        this.memoryMegabytes = memoryMegabytes;
        this.connection = open();
    }

    private DuckDBConnection open() throws SQLException {
        Properties settings = new Properties();
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("memory_limit", memoryMegabytes + "MB");
        settings.setProperty("threads", "2");
        settings.setProperty("wal_autocheckpoint", "1TB");
        DuckDBConnection opened = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file, settings);
        try (Statement statement = opened.createStatement()) {
            statement.execute("SET allowed_directories = ["
                    + Warehouse.literal(archive.toAbsolutePath().toString()) + "]");
            statement.execute("SET enable_external_access = false");
            statement.execute("SET lock_configuration = true");
        } catch (SQLException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    /** A connection, to be closed. */
    DuckDBConnection another() throws SQLException {
        return connection.duplicate();
    }

    /** Asks while the database is not opened again. */
    <T> T using(Supplier<T> questions) {
        opening.readLock().lock();
        try {
            return questions.get();
        } finally {
            opening.readLock().unlock();
        }
    }

    /** Finds out, after a failure, whether the database was given up. */
    void doubt() {
        try (DuckDBConnection trial = connection.duplicate();
                Statement statement = trial.createStatement()) {
            statement.execute("SELECT max(version) FROM schema_version");
        } catch (SQLException e) {
            broken = true;
        }
    }

    /** Opens the database again if it was given up. */
    void mend() throws SQLException {
        if (!broken) {
            return;
        }
        opening.writeLock().lock();
        try {
            connection.close();
            connection = open();
            broken = false;
            LOG.info("the query database was opened again");
        } finally {
            opening.writeLock().unlock();
        }
    }

    /** Brings the write-ahead log into the file when it is large; where that fails, nothing is lost. */
    void checkpoint() {
        try {
            if (Files.size(file.resolveSibling(file.getFileName() + ".wal")) < LARGEST_LOG) {
                return;
            }
            try (DuckDBConnection separate = connection.duplicate();
                    Statement statement = separate.createStatement()) {
                statement.execute("CHECKPOINT");
            }
        } catch (NoSuchFileException e) {
            LOG.debug("there is no write-ahead log");
        } catch (IOException | SQLException e) {
            LOG.debug("the write-ahead log stays: {}", e.getMessage());
            doubt();
        }
    }

    void close() throws SQLException {
        connection.close();
    }
}
