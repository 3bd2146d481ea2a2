package org.hinomi.observatory.store.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;

/** Any bytes are read as a backup, or refused with a reason; only known names are given. */
class BackupFuzzTest {
    private static final Path DATA = Path.of("/somewhere/data");

    @FuzzTest
    void anyBytesAreABackupOrRefused(byte[] bytes) {
        try {
            BackupContents contents = new BackupReader(DATA, done -> {})
                    .read(new ByteArrayInputStream(bytes), (name, content) -> {
                        assertThat(EntryName.allows(name, 0)).isTrue();
                        assertThat(DATA.resolve(name).normalize().toString()).isEqualTo(DATA + "/" + name);
                        assertThat(content.readAllBytes().length).isLessThanOrEqualTo(bytes.length);
                    });
            assertThat(contents.bytes()).isLessThanOrEqualTo(bytes.length);
        } catch (IOException told) {
            assertThat(told).message().isNotBlank();
        }
    }
}
