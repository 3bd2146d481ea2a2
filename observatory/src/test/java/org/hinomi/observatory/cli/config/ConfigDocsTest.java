package org.hinomi.observatory.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every configuration that a page shows can be used as it is. */
class ConfigDocsTest {
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void theConfigurationsOfTowerAndSensorAreRead() throws IOException {
        List<String> shown = YAML.matcher(Files.readString(Path.of("../docs/operate/remote-sensors.md")))
                .results()
                .map(block -> block.group(1))
                .toList();

        assertThat(shown).hasSize(3);
        for (String yaml : shown) {
            Path file = Files.writeString(folder.resolve("any.yaml"), yaml);
            assertThat(yaml.startsWith("# sensor.yaml") ? UplinkFile.read(file) : ConfigFile.read(file, folder))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "README.ja.md",
                "docs/fingerprints.md",
                "docs/operate/alerts.md",
                "docs/operate/configuration.md",
                "docs/operate/scale-results.md",
                "docs/operate/tls.md"
            })
    void theConfigurationOfThePageIsRead(String page) throws IOException {
        List<String> shown = YAML.matcher(Files.readString(Path.of("..", page)))
                .results()
                .map(block -> block.group(1))
                .toList();

        assertThat(shown).isNotEmpty();
        for (String yaml : shown) {
            Path file = Files.writeString(folder.resolve("hinomi.yaml"), yaml);
            assertThat(ConfigFile.read(file, Path.of("data"))).isNotNull();
        }
    }
}
