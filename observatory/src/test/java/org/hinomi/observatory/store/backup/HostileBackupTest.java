package org.hinomi.observatory.store.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.hinomi.observatory.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups that nobody who means well has made: each is refused with a sentence, and nothing is written. */
class HostileBackupTest {
    private static final String HEAD = "hinomi backup 1\nlayout 1\nprogram 1\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @FunctionalInterface
    private interface Writing {
        void to(TarWriter tar) throws IOException;
    }

    private static byte[] archive(String head, Writing entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(bytes, done -> {});
        tar.text(EntryName.HEAD, head);
        tar.text(EntryName.VERSION, "1\n");
        entries.to(tar);
        tar.finish();
        return bytes.toByteArray();
    }

    private static byte[] good() throws IOException {
        return archive(HEAD, tar -> tar.text("archive/tokyo/0-0.parquet", "an hour"));
    }

    private static byte[] changed(byte[] archive, int at, Consumer<byte[]> change) {
        byte[] bytes = archive.clone();
        byte[] block = java.util.Arrays.copyOfRange(bytes, at, at + TarHeader.BLOCK);
        change.accept(block);
        int sum = 8 * ' ';
        for (int i = 0; i < block.length; i++) {
            sum += i >= 148 && i < 156 ? 0 : block[i] & 0xff;
        }
        byte[] octal = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octal, 0, block, 148, 8);
        System.arraycopy(block, 0, bytes, at, block.length);
        return bytes;
    }

    private void refused(byte[] archive, String why) throws IOException {
        Path file = folder.resolve("b.tar.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(archive);
        }
        Path into = folder.resolve("into");
        assertThatThrownBy(() -> MadeData.restore(file, into))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith(file + " can't be restored: ")
                .hasMessageContaining(why)
                .hasMessageNotContaining("\n");
        assertThat(MadeData.files(folder)).containsOnlyKeys("b.tar.gz");
        assertThat(into).doesNotExist();
    }

    @Test
    void whatItIsMadeFromIsGood() throws IOException {
        assertThat(new BackupReader(folder, done -> {})
                        .read(new ByteArrayInputStream(good()), BackupReader::check)
                        .archivedHours())
                .isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "/etc/passwd",
                "archive/../../evil",
                "archive/../0-0.parquet",
                "archive/./0-0.parquet",
                "archive/tokyo//0-0.parquet",
                "archive/tokyo/0-0.parquet/",
                "archive/0-0.parquet",
                "archive/.tokyo/0-0.parquet",
                "archive/tokyo/0-0.parquet.segments",
                "segments/tokyo/0/../0/0-0000.seg",
                "segments/tokyo/0/3600-0000.seg",
                "segments/tokyo/0/0-0.seg",
                "segments/tokyo/0/99999999999999999999-0000.seg",
                "warehouse.duckdb",
                "lock",
                "control.sqlite-wal",
                ""
            })
    void namesThatNoBackupHoldsAreRefused(String name) throws IOException {
        refused(archive(HEAD, tar -> tar.text(name, "x")), "no backup of hinomi holds an entry '" + name + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "3", "5", "6", "x", "g", "L", "K", "S", "\0"})
    void linksFoldersDevicesAndExtensionsAreRefused(String type) throws IOException {
        byte[] archive = changed(good(), 2048, block -> block[156] = (byte) type.charAt(0));
        refused(archive, "at byte 2048 of the unpacked archive is not the header of a plain file");
    }

    @Test
    void sizesThatAreNotTrueAreRefused() throws IOException {
        refused(changed(good(), 2048, block -> block[135] = 'z'), "is not the header of a plain file");
        refused(changed(good(), 2048, block -> block[134] = '1'), "is not the file of that name");
        refused(changed(good(), 2048, block -> block[125] = '7'), "breaks off in 'archive/tokyo/0-0.parquet', at byte");
        refused(changed(good(), 2048, block -> block[124] = (byte) 0x80), "is not the header of a plain file");
        refused(archive(HEAD, tar -> tar.text("pseudonym.key", "x".repeat(5000))), "'pseudonym.key' of 5000 bytes");
    }

    @Test
    void bytesThatWereChangedAreNamed() throws IOException {
        byte[] archive = good();
        archive[2560] = 'A';
        refused(archive, "archive/tokyo/0-0.parquet is not the file of that name that was backed up");
    }

    @Test
    void whatIsTwiceMissingOrTooMuchIsRefused() throws IOException {
        refused(archive(HEAD, tar -> tar.text("version", "1\n")), "version is in it twice");
        refused(archive(HEAD, tar -> tar.text(EntryName.SUMS, "")), "SHA-256 is");
        byte[] good = good();
        refused(java.util.Arrays.copyOf(good, 4096), "breaks off in");
        byte[] without = java.util.Arrays.copyOf(good, 3072 + 1024);
        java.util.Arrays.fill(without, 3072, without.length, (byte) 0);
        refused(without, "its last entry, SHA256SUMS, is missing");
        byte[] more = java.util.Arrays.copyOf(good, good.length + 512);
        more[good.length + 511] = 1;
        refused(more, "something follows the end of the archive");
        refused(java.util.Arrays.copyOf(good, good.length + (1 << 17)), "something follows the end of the archive");
    }

    @Test
    void whatIsNoBackupOrANewerOneIsRefused() throws IOException {
        refused(archive("hinomi backup 2\nwith more\n", tar -> {}), "it was written by a newer hinomi");
        refused(archive("hinomi backup 1\nlayout 2\nprogram 1\n", tar -> {}), "it was written by a newer hinomi");
        refused(archive("hello", tar -> {}), "does not tell what it is a backup of");
        refused(new byte[1024], "SHA256SUMS, is missing");
        refused(new byte[0], "it breaks off in the first entry, at byte 0");
        ByteArrayOutputStream other = new ByteArrayOutputStream();
        TarWriter tar = new TarWriter(other, done -> {});
        tar.text("README\nof\u001b[31m something", "x");
        tar.finish();
        refused(other.toByteArray(), "it is not a backup of hinomi: its first entry is 'README?of?[31m something'");
    }
}
