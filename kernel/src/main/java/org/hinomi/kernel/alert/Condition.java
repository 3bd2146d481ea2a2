package org.hinomi.kernel.alert;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a rule asks of one field. A field that is missing, or of another kind, meets no condition. */
public sealed interface Condition {
    /** Whether a value meets it: a Boolean, a whole number, a String, a List of names or a Map of counts by name. */
    boolean holds(@Nullable Object value);

    /** Whether a field of this {@linkplain org.hinomi.kernel.detect.FieldMeaning#unit unit} can meet it. */
    boolean suits(String unit);

    /** Yes or no. */
    record Is(boolean wanted) implements Condition {
        @Override
        public boolean holds(@Nullable Object value) {
            return value instanceof Boolean flag && flag == wanted;
        }

        @Override
        public boolean suits(String unit) {
            return unit.equals("yes or no");
        }
    }

    /** A text that is one of these, or names of which one is. */
    record OneOf(List<String> texts) implements Condition {
        /** Keeps a copy. */
        public OneOf {
            texts = List.copyOf(texts);
        }

        @Override
        public boolean holds(@Nullable Object value) {
            return switch (value) {
                case String text -> texts.contains(text);
                case List<?> names -> names.stream().anyMatch(texts::contains);
                case Map<?, ?> counts -> counts.keySet().stream().anyMatch(texts::contains);
                case null, default -> false;
            };
        }

        @Override
        public boolean suits(String unit) {
            return unit.equals("text") || unit.equals("names") || unit.endsWith("by name");
        }
    }

    /** A number within bounds, both included. */
    record Within(long least, long most) implements Condition {
        @Override
        public boolean holds(@Nullable Object value) {
            return value instanceof Number number && number.longValue() >= least && number.longValue() <= most;
        }

        @Override
        public boolean suits(String unit) {
            return !unit.equals("yes or no") && !new OneOf(List.of()).suits(unit);
        }
    }
}
