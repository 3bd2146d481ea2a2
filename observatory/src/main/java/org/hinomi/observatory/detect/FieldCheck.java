package org.hinomi.observatory.detect;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hinomi.kernel.detect.Declaration;
import org.hinomi.kernel.detect.Detector;
import org.hinomi.kernel.detect.FieldMeaning;
import org.hinomi.kernel.detect.FieldValue;
import org.hinomi.observatory.web.json.Json;
import org.hinomi.observatory.web.json.JsonException;
import org.jspecify.annotations.Nullable;

/**
 * Looks at values of detections that come from elsewhere: each must be one that the detector declares, of its kind and
 * within its bounds. What is not declared could name what not everybody may see.
 */
final class FieldCheck {
    private static final Set<String> SURGE =
            Set.of("dimension", "observed", "expected", "ratio", "score", "sources", "packets", "new");

    private static final Set<String> SYNC =
            Set.of("methods", "observed", "expected", "score", "sources", "members", "ports", "families");

    /** What must be there, by detector: without it there is nothing to show. */
    private static final Map<String, Set<String>> NEEDED = Map.of(
            "family",
            Set.of("packets", "family", "confidence", "share", "matches"),
            "ports",
            Set.of("packets", "destinations", "distinct_ports", "shape"),
            "scan",
            Set.of("packets", "destinations", "estimated", "tools"),
            "dos",
            Set.of("packets", "destinations", "attack", "ports", "peak"),
            "own",
            Set.of("packets", "destinations", "organisation", "grade", "cause", "evidence"),
            "port_surge",
            SURGE,
            "country_surge",
            SURGE,
            "network_surge",
            SURGE,
            "port_sync",
            SYNC,
            "sync",
            SYNC);

    private final Map<String, Declaration> declared;
    private final Map<String, Map<String, String>> units;

    FieldCheck(List<? extends Detector<?>> detectors) {
        this.declared =
                detectors.stream().map(Detector::declaration).collect(Collectors.toMap(Declaration::id, each -> each));
        this.units = detectors.stream()
                .collect(Collectors.toMap(
                        detector -> detector.declaration().id(),
                        detector -> detector.declaration().fields().stream()
                                .collect(Collectors.toMap(FieldMeaning::name, FieldMeaning::unit))));
    }

    /** What a detector declares; empty when there is no such detector. */
    Optional<Declaration> declaration(@Nullable String detector) {
        return detector == null ? Optional.empty() : Optional.ofNullable(declared.get(detector));
    }

    /** The same values, written anew; empty when one of them can't be true. */
    Optional<String> checked(@Nullable String detector, String json) {
        Map<String, String> declared = detector == null ? null : units.get(detector);
        if (declared == null) {
            return Optional.empty();
        }
        try {
            Map<?, ?> values = Json.read(json.getBytes(StandardCharsets.UTF_8), Map.class);
            Map<String, Object> kept = new LinkedHashMap<>();
            for (Map.Entry<?, ?> value : values.entrySet()) {
                String name = String.valueOf(value.getKey());
                String unit = declared.get(name);
                if (unit == null || !fits(unit, value.getValue())) {
                    return Optional.empty();
                }
                kept.put(name, value.getValue());
            }
            boolean whole = kept.keySet().containsAll(NEEDED.getOrDefault(detector, Set.of()))
                    && declaration(detector).stream()
                            .allMatch(each -> kept.keySet().containsAll(each.keys()));
            return whole ? Optional.of(Json.text(kept)) : Optional.empty();
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private static boolean fits(String unit, @Nullable Object value) {
        return switch (unit) {
            case "text" -> text(value);
            case "yes or no" -> value instanceof Boolean;
            case "names" ->
                value instanceof List<?> names
                        && names.size() <= FieldValue.MOST
                        && names.stream().allMatch(FieldCheck::text);
            case "packets by name", "sources by name" ->
                value instanceof Map<?, ?> counts
                        && counts.size() <= FieldValue.MOST
                        && counts.keySet().stream().allMatch(FieldCheck::text)
                        && counts.values().stream().allMatch(FieldCheck::count);
            default -> count(value);
        };
    }

    private static boolean text(@Nullable Object value) {
        return value instanceof String text && text.length() <= FieldValue.LONGEST;
    }

    private static boolean count(@Nullable Object value) {
        return value instanceof Integer small && small >= 0 || value instanceof Long large && large >= 0;
    }
}
