package org.hinomi.observatory.store.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteDataSource;

class ControlStoreTest {
    record Pragma(String journalMode) {}

    @TempDir
    Path directory;

    @Test
    void aNewStoreHasItsTablesAndAWriteAheadLog() throws Exception {
        try (ControlStore store = ControlStore.open(directory.resolve("new"))) {
            assertThat(store.jdbi()
                            .<Integer, RuntimeException>withHandle(
                                    handle -> handle.createQuery("SELECT count(*) FROM account")
                                            .mapTo(Integer.class)
                                            .one()))
                    .isZero();
            assertThat(store.jdbi()
                            .<Pragma, RuntimeException>withHandle(handle -> handle.createQuery("PRAGMA journal_mode")
                                    .mapTo(Pragma.class)
                                    .one()))
                    .isEqualTo(new Pragma("wal"));
            assertThat(store.jdbi()
                            .<Integer, RuntimeException>withHandle(handle -> handle.createQuery("PRAGMA synchronous")
                                    .mapTo(Integer.class)
                                    .one()))
                    .isEqualTo(2);
        }
    }

    @Test
    void onlyItsOwnerMayReadIt() throws Exception {
        try (ControlStore store = ControlStore.open(directory)) {
            assertThat(store.jdbi()).isNotNull();
            for (String name : new String[] {"control.sqlite", "control.sqlite-wal"}) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(name))))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void openingAgainKeepsWhatWasWritten() throws Exception {
        try (ControlStore store = ControlStore.open(directory)) {
            store.jdbi()
                    .useHandle(
                            handle -> handle.execute("INSERT INTO audit (id, time_us, who, action, what, from_address)"
                                    + " VALUES ('1', 2, '', '', '', '')"));
        }
        try (ControlStore store = ControlStore.open(directory)) {
            assertThat(store.jdbi()
                            .<Integer, RuntimeException>withHandle(
                                    handle -> handle.createQuery("SELECT count(*) FROM audit")
                                            .mapTo(Integer.class)
                                            .one()))
                    .isOne();
        }
    }

    @Test
    void tablesOfAnOlderVersionAreBroughtUpToDateAndKeepTheirRows() throws Exception {
        SQLiteDataSource older = new SQLiteDataSource();
        older.setUrl("jdbc:sqlite:" + directory.resolve("control.sqlite"));
        Flyway.configure(ControlStore.class.getClassLoader())
                .dataSource(older)
                .locations("classpath:org/hinomi/observatory/control")
                .target("1")
                .load()
                .migrate();
        try (Connection connection = older.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO audit VALUES ('1', 2, '', '', '', '')");
        }
        ControlStore.check(directory.resolve("control.sqlite"));
        try (ControlStore store = ControlStore.open(directory)) {
            for (String one : new String[] {"SELECT count(*) FROM audit", "SELECT 1 + count(*) FROM sensor"}) {
                assertThat(store.jdbi()
                                .<Integer, RuntimeException>withHandle(handle -> handle.createQuery(one)
                                        .mapTo(Integer.class)
                                        .one()))
                        .isOne();
            }
        }
    }

    @Test
    void tablesOfANewerVersionAreRefused() throws Exception {
        try (ControlStore store = ControlStore.open(directory)) {
            store.jdbi()
                    .useHandle(handle -> handle.execute("INSERT INTO flyway_schema_history"
                            + " (installed_rank, version, description, type, script, checksum, installed_by,"
                            + " execution_time, success)"
                            + " VALUES (99, '9000', 'later', 'SQL', 'V9000__later.sql', 1, '', 1, 1)"));
        }
        assertThatThrownBy(() -> ControlStore.open(directory))
                .isInstanceOf(ControlStoreException.class)
                .hasMessageContaining("newer Hinomi")
                .hasMessageContaining("9000");
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedWithWhatToDo() throws IOException {
        Files.writeString(directory.resolve("control.sqlite"), "this is not a database, however long it may be");
        assertThatThrownBy(() -> ControlStore.open(directory))
                .isInstanceOf(ControlStoreException.class)
                .hasMessageContaining("Restore it from a backup");
    }

    @Test
    void timesKeepTheirMicroseconds() {
        Instant time = Instant.parse("2026-11-23T01:02:03.456789Z");
        assertThat(EpochMicros.time(EpochMicros.of(time))).isEqualTo(time);
    }
}
