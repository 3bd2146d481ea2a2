package org.hinomi.wire.batch;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The header of a batch as JSON, names in snake_case; reading is strict: unknown and repeated names are refused. */
final class HeaderJson {
    private static final int DEEPEST = 16;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private HeaderJson() {}

    static byte[] bytes(BatchHeader header) {
        return MAPPER.writeValueAsBytes(header);
    }

    /** The header; what is missing in it is null. Empty when the bytes are none. */
    static Optional<BatchHeader> read(byte[] json) {
        try {
            return Optional.ofNullable(MAPPER.readValue(json, BatchHeader.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
