package org.hinomi.observatory.store.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hinomi.observatory.store.DataDirectory;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.control.ControlStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupTest {
    private static final String LONGEST = "a.long_name-" + "x".repeat(51);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private MadeData made;

    @BeforeEach
    void make() throws Exception {
        made = new MadeData(folder.resolve("data"));
        made.segment(60);
        made.segment(61);
        made.write(made.archived("tokyo", MadeData.HOUR, 0), "an hour");
        made.write(made.archived(LONGEST, -3600, 12), "");
    }

    private Path file() {
        return folder.resolve("b.tar.zst");
    }

    private Path restored() {
        return folder.resolve("restored");
    }

    @ParameterizedTest
    @ValueSource(strings = {"b.tar.zst", "b.tar.gz", "b.tgz"})
    void whatCanNotBeMadeAgainComesBackAsItWas(String name) throws Exception {
        Path file = folder.resolve(name);
        BackupContents written = MadeData.backup(made.path(), file);
        assertThat(written.segments()).isEqualTo(2);
        assertThat(written.archivedHours()).isEqualTo(2);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(MadeData.restore(file, restored())).isEqualTo(written);

        Map<String, String> before = MadeData.files(made.path());
        before.keySet().removeAll(List.of("warehouse.duckdb", "geo/table", "setup-token", "control.sqlite"));
        Map<String, String> after = MadeData.files(restored());
        assertThat(after.remove("control.sqlite")).isNotNull();
        assertThat(after).isEqualTo(before);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(restored())))
                .isEqualTo("rwx------");
        try (ControlStore control = ControlStore.open(restored())) {
            assertThat(control.jdbi()
                            .<String, RuntimeException>withHandle(
                                    handle -> handle.createQuery("SELECT name FROM sensor")
                                            .mapTo(String.class)
                                            .one()))
                    .isEqualTo("tokyo");
        }
        DataDirectory.open(restored()).close();
    }

    @Test
    void anyTarAndSha256sumCanReadIt() throws Exception {
        Path file = folder.resolve("b.tar.gz");
        MadeData.backup(made.path(), file);
        Path by = Files.createDirectory(folder.resolve("by-hand"));
        run(by, "tar", "-xzf", file.toString());
        run(by, "sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS");
        assertThat(by.resolve("segments").resolve(MadeData.name(60).path())).exists();
    }

    private static void run(Path folder, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).isEmpty();
    }

    @Test
    void aFileOfThatNameIsKeptUnlessToldOtherwise() throws IOException {
        Files.writeString(file(), "precious");
        refuses(made.path(), file(), "is there already");
        assertThat(file()).hasContent("precious");
        MadeData.backup(made.path(), file());
        assertThat(new Restore(file()).check(done -> {}).segments()).isEqualTo(2);
    }

    private void refuses(Path data, Path to, String why) {
        assertThatThrownBy(() -> new Backup(data, to, false).write("1", bytes -> done -> {}))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(why);
    }

    @Test
    void placesThatMakeNoSenseAreRefused() throws IOException {
        refuses(made.path(), made.path().resolve("b.tar.zst"), "would lie within the data directory");
        refuses(made.path(), folder.resolve("none/b.tar.zst"), "there is no directory");
        refuses(folder.resolve("none"), file(), "there is no data directory");
        refuses(Files.createDirectory(folder.resolve("empty")), file(), "is not a data directory of hinomi");
        Files.writeString(made.path().resolve("version"), "2\n");
        refuses(made.path(), file(), "was written by a newer hinomi (layout 2, this one knows 1)");
        assertThatThrownBy(() -> new Backup(made.path(), folder.resolve("b.zip"), false))
                .hasMessageContaining("ends with .tar.zst or .tar.gz");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString())).containsOnly("data", "empty");
        }
    }

    @Test
    void aControlDatabaseThatIsDamagedLeavesNoFile() throws IOException {
        Files.writeString(made.path().resolve("control.sqlite"), "this is not a database, however long it may be");
        refuses(made.path(), file(), "control.sqlite cannot be copied");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(made.path());
        }
    }

    @Test
    void aDirectoryWithSomethingInItIsNotRestoredInto() throws IOException {
        MadeData.backup(made.path(), file());
        Files.createDirectory(restored());
        Files.writeString(restored().resolve("mine"), "precious");
        assertThatThrownBy(() -> MadeData.restore(file(), restored()))
                .hasMessageContaining("is not empty (it holds mine)");
        assertThat(MadeData.files(restored())).containsExactly(Map.entry("mine", "precious"));
        assertThatThrownBy(() -> MadeData.restore(file(), restored().resolve("mine")))
                .hasMessageContaining("mine can't be used: it is not a directory");
        Files.delete(restored().resolve("mine"));
        assertThat(MadeData.restore(file(), restored()).archivedHours()).isEqualTo(2);
    }

    @Test
    void aControlDatabaseOfANewerReleaseIsNotRestored() throws Exception {
        try (ControlStore store = ControlStore.open(made.path())) {
            store.jdbi()
                    .useHandle(handle -> handle.execute("INSERT INTO flyway_schema_history"
                            + " (installed_rank, version, description, type, script, checksum, installed_by,"
                            + " execution_time, success)"
                            + " VALUES (99, '9000', 'later', 'SQL', 'V9000__later.sql', 1, '', 1, 1)"));
        }
        MadeData.backup(made.path(), file());
        assertThatThrownBy(() -> MadeData.restore(file(), restored()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("newer Hinomi")
                .hasMessageContaining("9000");
        assertThat(restored()).doesNotExist();
    }

    @Test
    void aStartRefusesADirectoryIntoWhichABackupWasHalfRestored() throws IOException {
        Files.createDirectory(made.path().resolve(DataDirectory.RESTORING));
        assertThatThrownBy(() -> DataDirectory.open(made.path()).close())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("was not wholly restored");
    }
}
