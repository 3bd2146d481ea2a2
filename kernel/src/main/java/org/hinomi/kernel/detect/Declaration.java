package org.hinomi.kernel.detect;

import java.util.List;

/**
 * What a detector is: the one source of its configuration keys, its documentation and its API description.
 *
 * @param id lower case, part of every detection's id
 * @param version grows when the same traffic gives other detections
 * @param stage what its tuples are brought together by
 * @param meaning one sentence
 * @param source where the method is published
 * @param parameters what may be set
 * @param fields what its detections tell
 * @param keys the fields that, with a space between them, are a detection's key
 */
public record Declaration(
        String id,
        int version,
        KeyStage stage,
        String meaning,
        String source,
        List<Parameter> parameters,
        List<FieldMeaning> fields,
        List<String> keys) {
    /** Keeps copies. */
    public Declaration {
        parameters = List.copyOf(parameters);
        fields = List.copyOf(fields);
        keys = List.copyOf(keys);
    }

    /** A detector whose detections are each about a source. */
    public Declaration(
            String id,
            int version,
            KeyStage stage,
            String meaning,
            String source,
            List<Parameter> parameters,
            List<FieldMeaning> fields) {
        this(id, version, stage, meaning, source, parameters, fields, List.of("source"));
    }

    /** Whether its detections have a field. */
    public boolean tells(String field) {
        return fields.stream().anyMatch(each -> each.name().equals(field));
    }
}
