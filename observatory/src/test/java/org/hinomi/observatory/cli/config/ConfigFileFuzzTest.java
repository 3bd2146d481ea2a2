package org.hinomi.observatory.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Any bytes are settings or are refused with a sentence that names the file. */
class ConfigFileFuzzTest {
    private static Path file = Path.of("hinomi.yaml");

    @BeforeAll
    static void makeFile() throws IOException {
        file = Files.createTempFile("hinomi", ".yaml");
    }

    @AfterAll
    static void removeFile() throws IOException {
        Files.deleteIfExists(file);
    }

    @FuzzTest
    void anyBytesAreSettingsOrRefused(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try {
            RunSettings settings = ConfigFile.read(file, Path.of("data"));
            assertThat(settings.port()).isBetween(0, 65_535);
        } catch (ConfigException e) {
            assertThat(e).hasMessageContaining(file.toString());
            assertThat(e.getMessage()).doesNotContain("\n");
        }
    }
}
