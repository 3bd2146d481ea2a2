package org.hinomi.wire.batch;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.wire.flowfile.AvroBatch;

/**
 * The form in which batches travel, by HTTP or Kafka: an Avro container ({@link AvroBatch}) whose metadata holds the
 * form's version under {@code hinomi.version} and the {@link BatchHeader} as JSON under {@code hinomi.batch}.
 */
public final class Batches {
    /** The version of the form that is written, and the newest that is read. */
    public static final int VERSION = 1;

    /** The media type of a batch. */
    public static final String MEDIA_TYPE = "application/vnd.hinomi.batch";

    /** The most bytes of a batch. */
    public static final int MOST_BYTES = 32 << 20;

    /** The most flow tuples of a batch. */
    public static final int MOST_TUPLES = 1 << 18;

    /** The most parts of a batch. */
    public static final int MOST_PARTS = 256;

    static final String VERSION_NAME = "hinomi.version";
    static final String HEADER_NAME = "hinomi.batch";

    private Batches() {}

    /** Makes a batch of parts that lie in the order of its header. */
    public static byte[] encode(BatchHeader header, FingerprintCatalogue catalogue, List<? extends FlowBatch> minutes) {
        return encode(VERSION, header, catalogue, minutes);
    }

    static byte[] encode(
            int version, BatchHeader header, FingerprintCatalogue catalogue, List<? extends FlowBatch> minutes) {
        return AvroBatch.encode(
                Map.of(
                        VERSION_NAME,
                        Integer.toString(version).getBytes(StandardCharsets.US_ASCII),
                        HEADER_NAME,
                        HeaderJson.bytes(header)),
                catalogue,
                header.sensor(),
                minutes);
    }

    /** The version a batch says it has; empty when it says none. */
    public static Optional<Integer> version(AvroBatch batch) {
        return batch.said(VERSION_NAME)
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .filter(text -> text.matches("[1-9][0-9]{0,8}"))
                .map(Integer::valueOf);
    }

    /** The bytes of a batch's header. */
    public static Optional<byte[]> header(AvroBatch batch) {
        return batch.said(HEADER_NAME);
    }
}
