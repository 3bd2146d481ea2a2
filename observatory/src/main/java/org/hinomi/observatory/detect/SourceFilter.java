package org.hinomi.observatory.detect;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.observatory.detect.DetectionStore.Stored;
import org.hinomi.observatory.web.Query;
import org.hinomi.observatory.web.json.Json;
import org.hinomi.observatory.web.json.JsonException;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on what the database does not know of a detection: where its source is registered, and what tools it was
 * found to use. One that is not about a source is about a country or a network itself, or about none. Looked up as it is now, as for flow tuples' sources that are not archived yet.
 *
 * @param country two ASCII letters, {@code first << 8 | second}; 0 for unknown
 * @param fields values of fields, one of which each must have, by name
 */
record SourceFilter(
        Origin origin,
        Optional<Prefix> sources,
        Optional<Integer> country,
        Optional<Long> asn,
        Optional<String> family,
        Map<String, List<String>> fields) {
    /** Fields of own machines that can be asked for, by name. */
    private static final List<String> FIELDS = List.of("organisation", "grade", "cause");

    static SourceFilter of(Query query, Origin origin) {
        OptionalLong asn = query.whole("asn", 0, 0xffff_ffffL);
        return new SourceFilter(
                origin,
                query.text("source").filter(text -> text.contains("/")).map(SourceFilter::prefix),
                query.text("country").map(SourceFilter::country),
                asn.isPresent() ? Optional.of(asn.getAsLong()) : Optional.empty(),
                query.text("family").map(SourceFilter::family),
                fields(query));
    }

    private static Map<String, List<String>> fields(Query query) {
        Map<String, List<String>> fields = new TreeMap<>();
        for (String name : FIELDS) {
            List<String> values = query.list(name);
            for (String value : values) {
                if (!value.matches("[a-z0-9][a-z0-9-]{0,62}")) {
                    throw Query.unusable(name, value, "lower-case letters, digits and '-'");
                }
            }
            if (!values.isEmpty()) {
                fields.put(name, values);
            }
        }
        return fields;
    }

    private static Prefix prefix(String text) {
        try {
            return Prefix.parse(text);
        } catch (IllegalArgumentException e) {
            throw Query.unusable("source", text, "an address or a prefix such as 192.0.2.0/24");
        }
    }

    private static int country(String text) {
        if (!text.matches("[A-Za-z]{2}|\\?\\?")) {
            throw Query.unusable("country", text, "two letters such as JP, or ?? for unknown");
        }
        String letters = text.toUpperCase(Locale.ROOT);
        return letters.startsWith("?") ? 0 : letters.charAt(0) << 8 | letters.charAt(1);
    }

    private static String family(String text) {
        if (!text.matches("[A-Za-z0-9._-]{1,64}")) {
            throw Query.unusable("family", text, "the name of a fingerprint");
        }
        return text;
    }

    /** Whether anything is asked. */
    boolean any() {
        return sources.isPresent() || country.isPresent() || asn.isPresent() || family.isPresent() || !fields.isEmpty();
    }

    /** Whether a detection is one that is asked for. */
    boolean fits(Stored detection) {
        if (detection.source().isEmpty()) {
            return sources.isEmpty() && family.isEmpty() && isAbout(detection.values());
        }
        Optional<IpAddress> source = IpAddress.parse(detection.source());
        return source.isPresent()
                && fits(source.get())
                && family.filter(name -> !uses(detection, name)).isEmpty()
                && fields.entrySet().stream().allMatch(each -> has(detection, each.getKey(), each.getValue()));
    }

    private boolean isAbout(Map<String, Object> values) {
        String letters = country.map(code -> code == 0 ? "??" : "" + (char) (code >>> 8) + (char) (code & 0xff))
                .orElse("");
        boolean place =
                country.isEmpty() || "country".equals(values.get("dimension")) && letters.equals(values.get("what"));
        return place
                && asn.filter(number -> !isNumber(values.get("network"), number))
                        .isEmpty();
    }

    private static boolean isNumber(@Nullable Object value, long number) {
        return value instanceof Number known && known.longValue() == number;
    }

    private boolean fits(IpAddress source) {
        return sources.filter(prefix -> !prefix.contains(source.hi(), source.lo()))
                        .isEmpty()
                && country.filter(code -> code != origin.country(source.hi(), source.lo()))
                        .isEmpty()
                && asn.filter(number -> number != origin.asn(source.hi(), source.lo()))
                        .isEmpty();
    }

    private static boolean uses(Stored detection, String name) {
        if (!detection.fields().contains('"' + name + '"')) {
            return false;
        }
        try {
            Map<?, ?> fields = Json.read(detection.fields().getBytes(StandardCharsets.UTF_8), Map.class);
            return fields.get("tools") instanceof List<?> tools && tools.contains(name);
        } catch (JsonException e) {
            return false;
        }
    }

    private static boolean has(Stored detection, String name, List<String> values) {
        try {
            Map<?, ?> fields = Json.read(detection.fields().getBytes(StandardCharsets.UTF_8), Map.class);
            return fields.get(name) instanceof String value && values.contains(value);
        } catch (JsonException e) {
            return false;
        }
    }
}
