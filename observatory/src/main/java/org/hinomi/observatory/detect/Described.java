package org.hinomi.observatory.detect;

import java.util.List;
import java.util.Map;
import org.hinomi.kernel.detect.Detector;

/** A detector as the API describes it: what it declares, with the parameters in effect. */
record Described(
        String id,
        int version,
        String stage,
        String meaning,
        String source,
        List<Map<String, Object>> parameters,
        List<?> fields) {
    static Described of(Detector<?> detector) {
        var of = detector.declaration();
        return new Described(
                of.id(),
                of.version(),
                of.stage().name().toLowerCase(java.util.Locale.ROOT),
                of.meaning(),
                of.source(),
                of.parameters().stream()
                        .map(parameter -> Map.<String, Object>of(
                                "name", parameter.name(),
                                "unit", parameter.unit(),
                                "value", detector.settings().of(parameter.name()),
                                "standard", parameter.standard(),
                                "least", parameter.least(),
                                "most", parameter.most(),
                                "meaning", parameter.meaning()))
                        .toList(),
                of.fields());
    }
}
