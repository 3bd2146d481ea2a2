package org.hinomi.observatory.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hinomi.kernel.detect.Declaration;
import org.hinomi.kernel.detect.ScanEvents;
import org.junit.jupiter.api.Test;

/** Holds the tables of docs/detectors.md to what the detectors declare. */
class DetectorDocsTest {
    @Test
    void theTablesOfThePageAreTheDeclaration() throws IOException {
        Declaration scan = new ScanEvents(Map.of(), List.of()).declaration();
        List<String> table = Files.readAllLines(Path.of("..", "docs", "detectors.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(table)
                .isEqualTo(Stream.concat(
                                scan.parameters().stream()
                                        .map(parameter -> "| `" + parameter.name() + "` | " + parameter.standard()
                                                + " | " + parameter.least() + " to " + parameter.most() + " "
                                                + parameter.unit() + " | " + parameter.meaning() + " |"),
                                scan.fields().stream()
                                        .map(field -> "| `" + field.name() + "` | " + field.unit() + " | "
                                                + field.meaning() + " |"))
                        .toList());
    }
}
