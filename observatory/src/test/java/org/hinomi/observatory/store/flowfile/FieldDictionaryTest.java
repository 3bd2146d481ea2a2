package org.hinomi.observatory.store.flowfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.Schema;
import org.hinomi.wire.flowfile.AvroSchemas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class FieldDictionaryTest {
    @TempDir
    Path folder;

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> dictionary() throws IOException {
        try (InputStream in = Objects.requireNonNull(FieldDictionaryTest.class.getResourceAsStream("/fields.yaml"))) {
            Map<String, Object> all =
                    (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
            return (List<Map<String, Object>>) Objects.requireNonNull(all.get("flow_tuple"));
        }
    }

    private static List<String> of(String format, String source) throws IOException {
        return dictionary().stream()
                .filter(field -> Objects.toString(field.get("in")).matches(".*\\b" + format + "\\b.*"))
                .filter(field -> source.isEmpty() || source.equals(field.get("source")))
                .map(field -> field.get("name") + " " + field.get("type"))
                .toList();
    }

    private static List<String> of(Schema schema) {
        return schema.getFields().stream()
                .map(field -> field.name() + " " + field.schema().getType().getName())
                .toList();
    }

    @Test
    void everyFieldSaysAllThatIsAskedOfIt() throws IOException {
        for (Map<String, Object> field : dictionary()) {
            assertThat(field)
                    .containsOnlyKeys("name", "type", "unit", "meaning", "meaning_ja", "source", "in")
                    .allSatisfy((key, value) -> assertThat(value.toString()).isNotBlank());
        }
    }

    @Test
    void avroHasTheFieldsOfTheDictionaryInItsOrder() throws IOException {
        assertThat(of(AvroSchemas.hinomi(Tuples.RULES))).isEqualTo(of("avro", ""));
        assertThat(of(AvroSchemas.corsaro())).isEqualTo(of("avro", "corsaro")).hasSize(19);
    }

    @Test
    void parquetHasTheFieldsOfTheDictionaryInItsOrder() throws IOException, SQLException {
        Path file = folder.resolve("a.parquet");
        Tuples.write(file, new FlowFormat.Parquet(), Tuples.any(1, 3, true));
        List<String> columns = new ArrayList<>();
        try (DuckDbSession session = DuckDbSession.inMemory(file);
                Statement statement = session.connection().createStatement();
                ResultSet rows = statement.executeQuery(
                        "DESCRIBE SELECT * FROM read_parquet(" + DuckDbSession.quoted(file.toString()) + ")")) {
            while (rows.next()) {
                String type = switch (rows.getString(2)) {
                    case "INTEGER" -> "int";
                    case "BIGINT" -> "long";
                    case "VARCHAR" -> "string";
                    default -> rows.getString(2).toLowerCase(Locale.ROOT);
                };
                columns.add(rows.getString(1) + " " + type);
            }
        }
        assertThat(columns).isEqualTo(of("parquet", ""));
    }
}
