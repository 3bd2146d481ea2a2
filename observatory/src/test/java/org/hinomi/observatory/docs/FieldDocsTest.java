package org.hinomi.observatory.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Holds the table of docs/flow-tuples.md to the field dictionary. */
class FieldDocsTest {
    private static final Path PAGE = Path.of("..", "docs", "flow-tuples.md");

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> dictionary() throws IOException {
        try (InputStream in = Objects.requireNonNull(FieldDocsTest.class.getResourceAsStream("/fields.yaml"))) {
            Map<String, Object> all =
                    (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
            return (List<Map<String, Object>>) Objects.requireNonNull(all.get("flow_tuple"));
        }
    }

    private static String row(Map<String, Object> field) {
        String formats = Objects.toString(field.get("in"));
        return String.join(
                " | ",
                "| `" + field.get("name") + "`",
                Objects.toString(field.get("type")),
                Objects.toString(field.get("unit")),
                formats.equals("[avro, parquet]") ? "both" : formats.substring(1, formats.length() - 1),
                field.get("meaning") + " |");
    }

    @Test
    void theTableOfThePageIsTheDictionary() throws IOException {
        List<String> table = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .toList();
        assertThat(table)
                .isEqualTo(dictionary().stream().map(FieldDocsTest::row).toList());
    }
}
