package org.hinomi.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
    private static final List<String> LEAST = List.of(
            "--kafka", "localhost:9092", "--topic", "flowtuples", "--results", "jdbc:postgresql://h/d?password=x");

    private static JobSettings read(String... more) {
        List<String> arguments = new ArrayList<>(LEAST);
        arguments.addAll(List.of(more));
        return SettingsReader.read(arguments.toArray(String[]::new));
    }

    private static void refused(String sentence, String... more) {
        assertThatThrownBy(() -> read(more))
                .isInstanceOf(SettingsException.class)
                .hasMessage(sentence);
    }

    @Test
    void whatIsNotSaidIsTheUsual() {
        JobSettings settings = read();
        assertThat(settings.group()).isEqualTo("hinomi-flink");
        assertThat(settings.checkpointSeconds()).isEqualTo(60);
        assertThat(settings.fromLatest()).isFalse();
        assertThat(settings.parquet()).isEmpty();
        assertThat(settings.results()).hasToString("jdbc:postgresql://h/d");
    }

    @Test
    void argumentsGoBeforeTheFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("job.properties"),
                "group=night\ncheckpoint-seconds=5\ndarknet.tokyo=192.0.2.0/24, 2001:db8::/48\nscan.quiet_seconds=900\n"
                        + "kafka.security.protocol=SSL\n");
        JobSettings settings = read("--config", file.toString(), "--group", "day");
        assertThat(settings.group()).isEqualTo("day");
        assertThat(settings.checkpointSeconds()).isEqualTo(5);
        assertThat(settings.kafkaProperties()).containsEntry("security.protocol", "SSL");
        assertThat(settings.knowledge().reference().darkAddresses("tokyo", 0)).isEqualTo(256);
        assertThat(settings.knowledge().detectors().getFirst().settings().of("quiet_seconds"))
                .isEqualTo(900);
    }

    @Test
    void whatCanNotBeIsRefusedInASentence(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("job.properties"), "colour=red\n");
        refused("there is no setting 'colour' (--colour); --help lists them", "--colour", "red");
        refused("there is no setting 'colour' (" + file + ": colour); --help lists them", "--config", file.toString());
        refused("'red' is no setting; settings begin with --, and --help lists them", "red", "blue");
        refused("--group lacks its value; --help tells what it takes", "--group");
        refused("--checkpoint-seconds takes 1 to 3600, not 'soon'", "--checkpoint-seconds", "soon");
        refused("--from takes earliest or latest, not 'noon'", "--from", "noon");
        refused("quiet_seconds must be 60 to 86400, not 1", "--scan.quiet_seconds", "1");
        assertThatThrownBy(() -> read("--scan.speed", "1")).hasMessageStartingWith("there is no parameter 'speed'");
        assertThatThrownBy(() -> read("--darknet.tokyo", "192.0.2")).isInstanceOf(SettingsException.class);
        assertThatThrownBy(() -> SettingsReader.read("--topic", "a"))
                .hasMessageEndingWith(" is needed; --help tells what it takes");
    }

    @Test
    void everySettingIsInTheHelp() {
        SettingsReader.NAMES.forEach(name -> assertThat(SettingsReader.HELP).contains("--" + name + " "));
    }

    @Test
    void theSettingsOfThePageAreRead(@TempDir Path folder) throws Exception {
        Matcher shown = Pattern.compile("```properties\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/operate/scale.md")));
        assertThat(shown.find()).isTrue();
        Path password = Files.writeString(folder.resolve("password"), "secret\n");
        Path file = Files.writeString(
                folder.resolve("job.properties"),
                shown.group(1).replace("/etc/hinomi/results.password", password.toString()));
        JobSettings settings = SettingsReader.read("--config", file.toString());
        assertThat(settings.topic()).isEqualTo("flowtuples");
        assertThat(settings.results().password()).isEqualTo("secret");
    }
}
