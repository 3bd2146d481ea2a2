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
 */
public record Declaration(
        String id,
        int version,
        KeyStage stage,
        String meaning,
        String source,
        List<Parameter> parameters,
        List<FieldMeaning> fields) {
    /** Keeps copies. */
    public Declaration {
        parameters = List.copyOf(parameters);
        fields = List.copyOf(fields);
    }
}
