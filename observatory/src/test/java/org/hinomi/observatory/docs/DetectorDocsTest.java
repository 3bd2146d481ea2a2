package org.hinomi.observatory.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hinomi.kernel.detect.Declaration;
import org.hinomi.kernel.detect.DetectorCatalogue;
import org.junit.jupiter.api.Test;

/** Holds the tables of docs/detectors.md to what the detectors declare. */
class DetectorDocsTest {
    @Test
    void theTablesOfThePageAreTheDeclaration() throws IOException {
        List<String> table = Files.readAllLines(Path.of("..", "docs", "detectors.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(table)
                .isEqualTo(DetectorCatalogue.declarations().stream()
                        .flatMap(DetectorDocsTest::rows)
                        .toList());
    }

    private static Stream<String> rows(Declaration detector) {
        return Stream.concat(
                detector.parameters().stream()
                        .map(parameter -> "| `" + parameter.name() + "` | " + parameter.standard() + " | "
                                + parameter.least() + " to " + parameter.most() + " " + parameter.unit() + " | "
                                + parameter.meaning() + " |"),
                detector.fields().stream()
                        .map(field -> "| `" + field.name() + "` | " + field.unit() + " | " + field.meaning() + " |"));
    }
}
