package org.hinomi.observatory.store.warehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.duckdb.DuckDBConnection;
import org.hinomi.observatory.store.StoreException;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The query database, one writer and many readers. It is rebuilt rather than repaired: one that can't be opened is put
 * aside, and {@link #fresh()} tells so.
 */
public final class Warehouse implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Warehouse.class);
    private static final String FILE = "warehouse.duckdb";

    private final ArchiveFolder archive;
    private final DuckDbFile database;
    private final Jdbi jdbi;
    private final boolean fresh;
    private final ReentrantLock writing = new ReentrantLock();

    private Warehouse(ArchiveFolder archive, DuckDbFile database, boolean fresh) {
        this.archive = archive;
        this.database = database;
        this.fresh = fresh;
        this.jdbi = Jdbi.create(database::another);
    }

    /** Changes rows; runs in a transaction of the one writer. */
    @FunctionalInterface
    public interface Change {
        /** Makes the change. */
        void make(Writer writer) throws SQLException;
    }

    /**
     * Opens the database of a data directory, and makes it if need be.
     *
     * @param memoryMegabytes the most memory that DuckDB takes
     */
    public static Warehouse open(Path data, int memoryMegabytes) {
        Path archive = data.resolve("archive");
        Path file = data.resolve(FILE);
        try {
            Files.createDirectories(archive);
            boolean there = Files.exists(file);
            try {
                return opened(file, archive, memoryMegabytes, !there);
            } catch (SQLException e) {
                if (!there) {
                    throw new StoreException(file + " can't be made: " + e.getMessage(), e);
                }
                LOG.warn("{} can't be used and is made again from segments and archive: {}", file, e.getMessage());
                Files.move(file, data.resolve(FILE + ".damaged"), StandardCopyOption.REPLACE_EXISTING);
                Files.deleteIfExists(data.resolve(FILE + ".wal"));
                return opened(file, archive, memoryMegabytes, true);
            }
        } catch (IOException | SQLException e) {
            throw new StoreException(file + " can't be opened: " + e.getMessage(), e);
        }
    }

    private static Warehouse opened(Path file, Path archive, int memoryMegabytes, boolean fresh) throws SQLException {
        DuckDbFile database = new DuckDbFile(file, archive, memoryMegabytes);
        try (DuckDBConnection connection = database.another();
                Statement statement = connection.createStatement()) {
            if (fresh) {
                for (String table : Schema.TABLES) {
                    statement.execute(table);
                }
            } else {
                try (ResultSet version = statement.executeQuery("SELECT max(version) FROM schema_version")) {
                    if (!version.next() || version.getInt(1) != Schema.VERSION) {
                        throw new SQLException("it has another layout");
                    }
                }
            }
            for (String table : Schema.CLUSTER_TABLES) {
                statement.execute(table);
            }
        } catch (SQLException e) {
            database.close();
            throw e;
        }
        return new Warehouse(new ArchiveFolder(archive), database, fresh);
    }

    /** Whether the tables were empty when it was opened, so that what is archived must be added up again. */
    public boolean fresh() {
        return fresh;
    }

    /** Asks questions of one snapshot, on a connection of its own. */
    public <T> T read(Function<Snapshot, T> questions) {
        return database.using(() -> jdbi.inTransaction(handle -> questions.apply(new Snapshot(handle))));
    }

    /** Where archived hours lie. */
    public ArchiveFolder archive() {
        return archive;
    }

    /**
     * Makes a change, wholly or not at all.
     *
     * @throws StoreException when it can't be made, as on a full disk
     */
    public void write(Change change) {
        writing.lock();
        try {
            database.mend();
            make(change);
            database.checkpoint();
        } catch (SQLException e) {
            throw new StoreException(
                    "the query database can't be written (" + firstLine(e)
                            + "); make room or mend the disk: what is stored in segments is safe",
                    e);
        } finally {
            writing.unlock();
        }
    }

    /** On a connection of its own: nothing is left of a change that failed. */
    private void make(Change change) throws SQLException {
        try (DuckDBConnection connection = database.another();
                Statement transaction = connection.createStatement()) {
            Writer writer = new Writer(connection, archive);
            try {
                transaction.execute("BEGIN TRANSACTION");
                change.make(writer);
                transaction.execute("COMMIT");
            } catch (SQLException e) {
                rollBack(transaction);
                writer.undo();
                throw e;
            }
        } catch (SQLException e) {
            database.doubt();
            throw e;
        }
    }

    private static void rollBack(Statement transaction) {
        try {
            transaction.execute("ROLLBACK");
        } catch (SQLException e) {
            LOG.debug("there is nothing to roll back: {}", e.getMessage());
        }
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** A text as an SQL literal. */
    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public void close() {
        writing.lock();
        try {
            database.close();
        } catch (SQLException e) {
            throw new StoreException("the query database can't be closed: " + e.getMessage(), e);
        } finally {
            writing.unlock();
        }
    }
}
