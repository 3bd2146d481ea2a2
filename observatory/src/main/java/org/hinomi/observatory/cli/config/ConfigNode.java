package org.hinomi.observatory.cli.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A mapping of the configuration file, with the way to it, so that what is wrong is told with its place. */
final class ConfigNode {
    private final String file;
    private final String path;
    private final Map<?, ?> values;

    private ConfigNode(String file, String path, Map<?, ?> values) {
        this.file = file;
        this.path = path;
        this.values = values;
    }

    /** The mapping of a whole document; an empty document is an empty mapping. */
    static ConfigNode root(String file, @Nullable Object document) {
        if (document == null) {
            return new ConfigNode(file, "", Map.of());
        }
        if (document instanceof Map<?, ?> map) {
            return new ConfigNode(file, "", map);
        }
        throw new ConfigException(file + ": expected keys and values, found " + shown(document));
    }

    /** Refuses keys that mean nothing. */
    ConfigNode only(String... known) {
        Set<String> accepted = new TreeSet<>(Set.of(known));
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            if (!accepted.contains(String.valueOf(entry.getKey()))) {
                throw new ConfigException(file + ": unknown key '" + path + entry.getKey() + "' (value "
                        + shown(entry.getValue()) + "); known here: " + String.join(", ", accepted));
            }
        }
        return this;
    }

    boolean has(String key) {
        return values.get(key) != null;
    }

    Optional<String> text(String key) {
        return value(key, String.class::isInstance, "a text").map(String.class::cast);
    }

    Optional<Boolean> flag(String key) {
        return value(key, Boolean.class::isInstance, "true or false").map(Boolean.class::cast);
    }

    Optional<Double> number(String key, double least, double most) {
        return value(
                        key,
                        v -> v instanceof Number n && n.doubleValue() >= least && n.doubleValue() <= most,
                        "a number from " + plain(least) + " to " + plain(most))
                .map(v -> ((Number) v).doubleValue());
    }

    /** A number, or the word {@code max} for infinity. */
    Optional<Double> numberOrMax(String key, double least, double most) {
        return value(
                        key,
                        v -> v.equals("max")
                                || v instanceof Number n && n.doubleValue() >= least && n.doubleValue() <= most,
                        "a number from " + plain(least) + " to " + plain(most) + ", or max")
                .map(v -> v instanceof Number n ? n.doubleValue() : Double.POSITIVE_INFINITY);
    }

    Optional<Integer> whole(String key, int least, int most) {
        return value(
                        key,
                        v -> v instanceof Integer n && n >= least && n <= most,
                        "a whole number from " + least + " to " + most)
                .map(Integer.class::cast);
    }

    Optional<ConfigNode> node(String key) {
        return value(key, Map.class::isInstance, "keys and values")
                .map(v -> new ConfigNode(file, path + key + ".", (Map<?, ?>) v));
    }

    List<ConfigNode> nodes(String key) {
        List<ConfigNode> nodes = new ArrayList<>();
        for (Object element : list(key)) {
            if (!(element instanceof Map<?, ?> map)) {
                throw wrong(key, element, "a list of keys and values");
            }
            nodes.add(new ConfigNode(file, path + key + "[" + nodes.size() + "].", map));
        }
        return nodes;
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Object element : list(key)) {
            if (!(element instanceof String text)) {
                throw wrong(key, element, "a list of texts");
            }
            texts.add(text);
        }
        return texts;
    }

    /** A list of texts, or a single one without the brackets. */
    List<String> oneOrMore(String key) {
        return values.get(key) instanceof String ? text(key).stream().toList() : texts(key);
    }

    /** A text turned into something else, by a function that throws IllegalArgumentException with a sentence. */
    <T> T convert(String key, String text, Function<String, T> conversion) {
        try {
            return conversion.apply(text);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(file + ": '" + path + key + "': " + e.getMessage());
        }
    }

    ConfigException missing(String key, String what) {
        return new ConfigException(file + ": '" + path + key + "' is missing: " + what);
    }

    /** A key that is there, but can't be used so. */
    ConfigException unusable(String key, String why) {
        return new ConfigException(file + ": '" + path + key + "' can't be used: " + why);
    }

    private List<?> list(String key) {
        return value(key, List.class::isInstance, "a list")
                .map(v -> (List<?>) v)
                .orElse(List.of());
    }

    private Optional<Object> value(String key, Predicate<Object> accepted, String expected) {
        Object value = values.get(key);
        if (value != null && !accepted.test(value)) {
            throw wrong(key, value, expected);
        }
        return Optional.ofNullable(value);
    }

    private ConfigException wrong(String key, @Nullable Object value, String expected) {
        return new ConfigException(file + ": '" + path + key + "' is " + shown(value) + "; it takes " + expected);
    }

    private static String shown(@Nullable Object value) {
        String text = String.valueOf(value);
        return "'" + (text.length() > 60 ? text.substring(0, 60) + "..." : text) + "'";
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }
}
