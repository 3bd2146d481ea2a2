package org.hinomi.kernel.detect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parameters of a detector with the values in effect.
 *
 * @param values every parameter's value by its name, in the order of the declaration
 */
public record Settings(Map<String, Long> values) {
    /** Keeps the order. */
    public Settings {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * The standard values but for those given.
     *
     * @throws IllegalArgumentException with a sentence that names a parameter there is not, or a value out of bounds
     */
    public static Settings of(List<Parameter> parameters, Map<String, Long> given) {
        Map<String, Long> values = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            long value = given.getOrDefault(parameter.name(), parameter.standard());
            if (value < parameter.least() || value > parameter.most()) {
                throw new IllegalArgumentException(parameter.name() + " must be " + parameter.least() + " to "
                        + parameter.most() + ", not " + value);
            }
            values.put(parameter.name(), value);
        }
        for (String name : given.keySet()) {
            if (!values.containsKey(name)) {
                throw new IllegalArgumentException(
                        "there is no parameter '" + name + "'; there are " + String.join(", ", values.keySet()));
            }
        }
        return new Settings(values);
    }

    /** The value of a parameter that is declared. */
    public long of(String name) {
        Long value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("there is no parameter '" + name + "'");
        }
        return value;
    }
}
