package org.hinomi.observatory.store.control;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.generic.GenericTypes;
import org.jdbi.v3.core.mapper.RowMapperFactory;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;

/**
 * The control database of one data directory: {@code control.sqlite}, readable by its owner only. What a transaction
 * wrote is on disk when it returns (write-ahead log, full synchronisation). Rows map to records by column name.
 */
public final class ControlStore implements AutoCloseable {
    private static final String FILE = "control.sqlite";
    private static final String MIGRATIONS = "classpath:org/hinomi/observatory/control";
    private static final int CONNECTIONS = 4;
    private static final Duration LOCK_WAIT = Duration.ofSeconds(10);

    private final HikariDataSource connections;
    private final Jdbi jdbi;

    private ControlStore(HikariDataSource connections) {
        this.connections = connections;
        this.jdbi = Jdbi.create(connections);
        RowMapperFactory records = (type, config) -> {
            Class<?> raw = GenericTypes.getErasedType(type);
            return raw.isRecord() ? Optional.of(ConstructorMapper.of(raw)) : Optional.empty();
        };
        jdbi.registerRowMapper(records);
    }

    /** Opens the database of a directory, making it and bringing its tables up to date. */
    public static ControlStore open(Path directory) throws ControlStoreException {
        Path file = directory.resolve(FILE);
        try {
            Files.createDirectories(directory);
            createPrivate(file);
        } catch (IOException e) {
            throw new ControlStoreException("Cannot create " + file + ": " + e.getMessage(), e);
        }
        HikariConfig config = new HikariConfig();
        config.setDataSource(sqlite(file));
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setPoolName("control");
        HikariDataSource connections = null;
        try {
            connections = new HikariDataSource(config);
            migrate(connections, file);
            return new ControlStore(connections);
        } catch (ControlStoreException e) {
            connections.close();
            throw e;
        } catch (RuntimeException e) {
            if (connections != null) {
                connections.close();
            }
            throw new ControlStoreException(
                    file + " cannot be opened as Hinomi's control database (" + e.getMessage()
                            + "). Restore it from a backup, or move it away to begin anew.",
                    e);
        }
    }

    private static void createPrivate(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(file);
        }
    }

    private static DataSource sqlite(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setTransactionMode(TransactionMode.IMMEDIATE);
        config.setBusyTimeout((int) LOCK_WAIT.toMillis());
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source;
    }

    private static Flyway flyway(DataSource source) {
        return Flyway.configure(ControlStore.class.getClassLoader())
                .dataSource(source)
                .locations(MIGRATIONS)
                .load();
    }

    private static void refuseNewer(Flyway flyway, Path file) throws ControlStoreException {
        Optional<MigrationInfo> newer = Arrays.stream(flyway.info().all())
                .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS)
                .findFirst();
        if (newer.isPresent()) {
            throw new ControlStoreException(file + " was written by a newer Hinomi (its tables are at version "
                    + newer.get().getVersion() + "). Run that version again, or use another data directory.");
        }
    }

    private static void migrate(DataSource source, Path file) throws ControlStoreException {
        Flyway flyway = flyway(source);
        refuseNewer(flyway, file);
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            throw new ControlStoreException(
                    "The tables of " + file + " cannot be brought up to date: " + e.getMessage(), e);
        }
    }

    /**
     * Copies the database of a directory, as it is at one moment, whether it is in use or not. It hinders nobody.
     *
     * @param target an empty file, on which nobody works
     * @return whether there is one
     */
    public static boolean copy(Path directory, Path target) throws ControlStoreException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return false;
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout((int) LOCK_WAIT.toMillis());
        try (Connection connection = config.createConnection("jdbc:sqlite:" + file);
                PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
            copy.setString(1, target.toString());
            copy.execute();
            return true;
        } catch (SQLException e) {
            throw new ControlStoreException(file + " cannot be copied: " + e.getMessage(), e);
        }
    }

    /** Whether a file that nobody uses is a control database of this release or an older one; throws if not. */
    public static void check(Path file) throws ControlStoreException {
        SQLiteDataSource source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + file);
        try {
            refuseNewer(flyway(source), file);
        } catch (FlywayException e) {
            throw new ControlStoreException(file + " is no control database of Hinomi: " + e.getMessage(), e);
        }
    }

    /** The handle with which a feature's store asks. */
    public Jdbi jdbi() {
        return jdbi;
    }

    @Override
    public void close() {
        connections.close();
    }
}
