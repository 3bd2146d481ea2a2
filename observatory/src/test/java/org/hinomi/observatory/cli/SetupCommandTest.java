package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SetupCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        return Hinomi.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(words);
    }

    @Test
    void offlineFetchesNothingAndSaysWhatIsMissing() {
        Path data = folder.resolve("data");
        assertThat(run("setup", "--offline", "--data", data.toString())).isZero();
        assertThat(out.toString()).startsWith("Offline: nothing was fetched.").contains("no geolocation data");
        assertThat(data).doesNotExist();
    }

    @Test
    void packagesThatAreNotThereAreOneSentence() throws IOException {
        Path data = folder.resolve("data");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(run("setup", "--from", empty.toString(), "--data", data.toString()))
                .isEqualTo(Hinomi.FAILED);
        assertThat(err.toString())
                .startsWith("hinomi: ")
                .contains(".tgz is not there")
                .hasLineCount(1);
        assertThat(data.resolve("geo").toFile().list()).isEmpty();
    }

    @Test
    void anUnknownOptionIsWrongUsage() {
        assertThat(run("setup", "--everything")).isEqualTo(2);
    }

    @Test
    void aDamagedTableIsSaidByAnalyzeAndTheFiguresStayEmpty() throws IOException {
        Path geo = Files.createDirectories(folder.resolve("data/geo"));
        Files.writeString(geo.resolve("places.geo"), "not a table");
        Path empty = Files.write(folder.resolve("empty.pcap"), new byte[] {
            (byte) 0xd4,
            (byte) 0xc3,
            (byte) 0xb2,
            (byte) 0xa1,
            2,
            0,
            4,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            -1,
            -1,
            0,
            0,
            1,
            0,
            0,
            0
        });
        assertThat(run(
                        "analyze",
                        empty.toString(),
                        "--json",
                        "--data",
                        folder.resolve("data").toString()))
                .isZero();
        assertThat(out.toString()).contains("\"countries\" : null");
        assertThat(err.toString()).contains("places.geo can't be used: it is cut off; 'hinomi setup' fetches it again");
    }

    @Test
    void theDataDirectoryIsTheOptionThenTheVariableThenData() {
        Map<String, String> named = Map.of("HINOMI_DATA", "/srv/hinomi");
        assertThat(DataFolder.of(Path.of("here"), named)).isEqualTo(Path.of("here"));
        assertThat(DataFolder.of(null, named)).isEqualTo(Path.of("/srv/hinomi"));
        assertThat(DataFolder.of(null, Map.of("HINOMI_DATA", " "))).isEqualTo(Path.of("data"));
        assertThat(DataFolder.of(null, Map.of())).isEqualTo(Path.of("data"));
        assertThatThrownBy(() -> DataFolder.of(null, Map.of("HINOMI_DATA", "a\0b")))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("HINOMI_DATA is not a path");
    }
}
