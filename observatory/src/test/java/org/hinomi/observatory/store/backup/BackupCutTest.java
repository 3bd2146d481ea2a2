package org.hinomi.observatory.store.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.hinomi.observatory.store.StoreException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A backup cut anywhere, or with any bit flipped, is not restored; nothing of it is left. */
class BackupCutTest {
    private static final int TRIALS = 150;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private byte[] whole(String name) throws Exception {
        MadeData made = new MadeData(folder.resolve("data"));
        Random random = new Random(5);
        for (int hour = 0; hour < 4; hour++) {
            byte[] noise = new byte[3000 * hour];
            random.nextBytes(noise);
            Path file = made.archived("tokyo", hour * 3600L, 0);
            Files.createDirectories(file.getParent());
            Files.write(file, noise);
        }
        made.segment(300);
        MadeData.backup(made.path(), folder.resolve(name));
        return Files.readAllBytes(folder.resolve(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"b.tar.zst", "b.tar.gz"})
    void cutAnywhere(String name) throws Exception {
        byte[] whole = whole(name);
        Path into = folder.resolve("into");
        for (int length = 0; length < whole.length; length += length < 20 ? 1 : Math.max(1, whole.length / TRIALS)) {
            refused(name, Arrays.copyOf(whole, length), into, "cut after " + length);
        }
        refused(name, Arrays.copyOf(whole, whole.length - 1), into, "the last byte");
    }

    private void refused(String name, byte[] bytes, Path into, String what) throws IOException {
        Path file = Files.write(folder.resolve(name), bytes);
        assertThatThrownBy(() -> MadeData.restore(file, into))
                .as(what)
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith(file + " can't be restored: ");
        assertThat(into).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"b.tar.zst", "b.tar.gz"})
    void aFlippedBitIsFoundOrChangesNothing(String name) throws Exception {
        byte[] whole = whole(name);
        Path into = folder.resolve("into");
        MadeData.restore(folder.resolve(name), into);
        Map<String, String> expected = MadeData.files(into);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < TRIALS; i++) {
            byte[] bytes = whole.clone();
            int bit = random.nextInt(bytes.length * 8);
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            Path file = Files.write(folder.resolve(name), bytes);
            Path again = folder.resolve("again" + i);
            try {
                MadeData.restore(file, again);
                assertThat(MadeData.files(again))
                        .as("seed %d, bit %d", seed, bit)
                        .isEqualTo(expected);
            } catch (StoreException told) {
                assertThat(told).hasMessageStartingWith(file + " can't be restored: ");
                assertThat(again).doesNotExist();
            }
        }
    }
}
