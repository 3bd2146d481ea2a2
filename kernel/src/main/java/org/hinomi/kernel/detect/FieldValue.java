package org.hinomi.kernel.detect;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The value of a detection's field: small and typed, so that it can be stored, filtered and shown. */
public sealed interface FieldValue {
    /** The most names, or counts, in a value. */
    int MOST = 32;

    /** The most characters of a text or name. */
    int LONGEST = 256;

    /** It as text, without spaces. */
    String text();

    /** A number; its unit is the field's. */
    record Whole(long value) implements FieldValue {
        @Override
        public String text() {
            return Long.toString(value);
        }
    }

    /** A text. */
    record Text(String value) implements FieldValue {
        /** Checks the length. */
        public Text {
            checked(value);
        }

        @Override
        public String text() {
            return value;
        }
    }

    /** Yes or no. */
    record Flag(boolean value) implements FieldValue {
        @Override
        public String text() {
            return value ? "yes" : "no";
        }
    }

    /** Names, in a fixed order. */
    record Names(List<String> values) implements FieldValue {
        /** Checks number and lengths. */
        public Names {
            values = List.copyOf(values);
            values.forEach(FieldValue::checked);
            checked(values.size());
        }

        @Override
        public String text() {
            return String.join(",", values);
        }
    }

    /** Counts by name. */
    record Counts(SortedMap<String, Long> values) implements FieldValue {
        /** Checks number and lengths. */
        public Counts {
            values = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(values));
            values.keySet().forEach(FieldValue::checked);
            checked(values.size());
        }

        @Override
        public String text() {
            return values.entrySet().stream()
                    .map(entry -> entry.getKey() + ":" + entry.getValue())
                    .collect(Collectors.joining(","));
        }
    }

    private static void checked(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a text of " + text.length() + " characters is too long for a field");
        }
    }

    private static void checked(int size) {
        if (size > MOST) {
            throw new IllegalArgumentException(size + " values are too many for a field");
        }
    }
}
