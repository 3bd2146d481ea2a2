package org.hinomi.kernel.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** The fields of a detection, gathered in order. */
final class DetectionFields {
    private final List<Detection.Field> fields = new ArrayList<>();

    DetectionFields whole(String name, long value) {
        return add(name, new FieldValue.Whole(value));
    }

    DetectionFields text(String name, String value) {
        return add(name, new FieldValue.Text(value));
    }

    DetectionFields flag(String name, boolean value) {
        return add(name, new FieldValue.Flag(value));
    }

    DetectionFields names(String name, List<String> values) {
        return add(name, new FieldValue.Names(values));
    }

    DetectionFields counts(String name, SortedMap<String, Long> values) {
        return add(name, new FieldValue.Counts(values));
    }

    private DetectionFields add(String name, FieldValue value) {
        fields.add(new Detection.Field(name, value));
        return this;
    }

    List<Detection.Field> list() {
        return fields;
    }
}
