package org.hinomi.observatory.detect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.hinomi.kernel.detect.Declaration;
import org.hinomi.kernel.detect.Detector;
import org.hinomi.kernel.detect.Parameter;
import org.hinomi.observatory.web.json.Json;
import org.hinomi.observatory.web.json.JsonException;

/**
 * A detector as the API describes it: what it declares, with the parameters in effect, and how well it found things in
 * made-up traffic; nothing measured where there is no truth to hold it to.
 */
record Described(
        String id,
        int version,
        String stage,
        String meaning,
        String meaningJa,
        String source,
        List<Map<String, Object>> parameters,
        List<?> fields,
        List<Measured.Row> measured) {
    private static final JapaneseWords JAPANESE = new JapaneseWords(text("detectors-ja.txt"));

    /** What was measured last. */
    static final Measured MEASURED = measured(text("measured.json"));

    static Described of(Detector<?> detector) {
        Declaration of = detector.declaration();
        return new Described(
                of.id(),
                of.version(),
                of.stage().name().toLowerCase(Locale.ROOT),
                of.meaning(),
                JAPANESE.meaning(of.id(), of.meaning()),
                of.source(),
                of.parameters().stream()
                        .map(parameter -> parameter(detector, parameter))
                        .toList(),
                of.fields(),
                MEASURED.of(of.id()));
    }

    private static Map<String, Object> parameter(Detector<?> detector, Parameter parameter) {
        String id = detector.declaration().id();
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("name", parameter.name());
        described.put("unit", parameter.unit());
        described.put("unit_ja", JAPANESE.unit(parameter.unit()));
        described.put("value", detector.settings().of(parameter.name()));
        described.put("standard", parameter.standard());
        described.put("least", parameter.least());
        described.put("most", parameter.most());
        described.put("meaning", parameter.meaning());
        described.put("meaning_ja", JAPANESE.meaning(id, parameter.name(), parameter.meaning()));
        return described;
    }

    private static String text(String name) {
        try (InputStream in = Objects.requireNonNull(Described.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Measured measured(String json) {
        try {
            return Json.read(json.getBytes(StandardCharsets.UTF_8), Measured.class);
        } catch (JsonException e) {
            throw new IllegalStateException("measured.json is damaged: " + e.getMessage(), e);
        }
    }
}
