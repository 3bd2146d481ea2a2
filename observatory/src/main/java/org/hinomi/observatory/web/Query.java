package org.hinomi.observatory.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/** The parameters of a query; whatever does not fit is a 400 {@link Problem} that says what would. */
public final class Query {
    private static final int MOST_PARAMETERS = 50;

    private final Map<String, List<String>> values;

    public Query(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Parses the text after the question mark (application/x-www-form-urlencoded). */
    public static Query parse(String text) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        String[] pairs = text.isEmpty() ? new String[0] : text.split("&", MOST_PARAMETERS + 1);
        if (pairs.length > MOST_PARAMETERS) {
            throw Problem.badRequest("A query has at most " + MOST_PARAMETERS + " parameters.");
        }
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
        return new Query(values);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Problem(400, "Bad request", "The query is not well encoded: % needs two hexadecimal digits.");
        }
    }

    /** Refuses every parameter but these. */
    public Query only(String... names) {
        List<String> allowed = Arrays.asList(names);
        for (String given : values.keySet()) {
            if (!allowed.contains(given)) {
                String offer = names.length == 0
                        ? "this takes none."
                        : "allowed are " + String.join(", ", new TreeSet<>(allowed)) + ".";
                throw Problem.badRequest("Unknown parameter \"" + given + "\": " + offer);
            }
        }
        return this;
    }

    /** The value of a parameter that was given and is not blank. */
    public Optional<String> text(String name) {
        List<String> given = values.getOrDefault(name, List.of());
        if (given.size() > 1) {
            throw Problem.badRequest("Parameter \"" + name + "\" was given " + given.size() + " times; give it once.");
        }
        return given.stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** A whole number within bounds. */
    public OptionalLong whole(String name, long min, long max) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long value = Long.parseLong(text.get());
            if (value >= min && value <= max) {
                return OptionalLong.of(value);
            }
        } catch (NumberFormatException e) {
            // Refused below with what is allowed.
        }
        throw unusable(name, text.get(), "a whole number from " + min + " to " + max);
    }

    /** A point in time, written as in RFC 3339. */
    public Optional<Instant> instant(String name) {
        return text(name).map(text -> {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw unusable(name, text, "a time such as 2026-11-23T09:30:00Z");
            }
        });
    }

    /** The values of a parameter that may be repeated or hold several values with commas between. */
    public List<String> list(String name) {
        return values.getOrDefault(name, List.of()).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** A 400 problem about one parameter: "must be" followed by what is allowed. */
    public static Problem unusable(String name, String value, String allowed) {
        return Problem.badRequest("Parameter \"" + name + "\" must be " + allowed + ", not \"" + value + "\".");
    }
}
