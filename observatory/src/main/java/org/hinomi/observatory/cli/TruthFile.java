package org.hinomi.observatory.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hinomi.kernel.synthetic.SourceTruth;
import org.hinomi.kernel.synthetic.Truth;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.util.MinimalPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The truth about a made-up capture as JSON: totals in the words of {@code hinomi analyze --json}, then a line a
 * source.
 */
final class TruthFile {
    private TruthFile() {}

    static void write(Truth truth, Path file) {
        PrettyPrinter lines = new MinimalPrettyPrinter();
        try (JsonGenerator json =
                JsonMapper.builder().defaultPrettyPrinter(lines).build().createGenerator(file, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeNumberProperty("packets", truth.packets());
            json.writeNumberProperty("sources_count", truth.sources());
            counts(json, "classes", named(truth.classes(), c -> c.id()));
            counts(json, "kinds", named(truth.kinds(), k -> k.id()));
            counts(json, "families", truth.families());
            counts(json, "fingerprints", named(truth.matches(), r -> r.id()));
            json.writeArrayPropertyStart("sources");
            truth.forEachSource(source -> {
                json.writeRaw('\n');
                source(json, source);
            });
            json.writeEndArray();
            json.writeEndObject();
        } catch (JacksonException e) {
            throw new Failure(file + " can't be written: " + e.getOriginalMessage());
        }
    }

    private static <K> Map<String, Long> named(Map<K, Long> counts, java.util.function.Function<K, String> id) {
        Map<String, Long> named = new LinkedHashMap<>();
        counts.forEach((key, count) -> named.put(id.apply(key), count));
        return named;
    }

    private static void counts(JsonGenerator json, String name, Map<String, Long> counts) {
        json.writeObjectPropertyStart(name);
        counts.forEach(json::writeNumberProperty);
        json.writeEndObject();
    }

    private static void source(JsonGenerator json, SourceTruth source) {
        json.writeStartObject();
        json.writeStringProperty("address", source.address().toString());
        json.writeStringProperty("country", source.country());
        json.writeStringProperty("family", source.family());
        json.writeStringProperty("kind", source.kind().id());
        json.writeNumberProperty("packets", source.packets());
        json.writeArrayPropertyStart("ports");
        source.ports().forEach(json::writeNumber);
        json.writeEndArray();
        json.writeArrayPropertyStart("rules");
        source.rules().forEach(rule -> json.writeString(rule.id()));
        json.writeEndArray();
        json.writeEndObject();
    }
}
