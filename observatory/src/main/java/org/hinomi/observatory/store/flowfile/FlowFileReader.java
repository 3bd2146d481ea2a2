package org.hinomi.observatory.store.flowfile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.wire.flowfile.FlowField;
import org.hinomi.wire.flowfile.FlowFileException;

/**
 * Reads the flow tuples of a file, Hinomi's own or Corsaro's. Values are checked; what is in a file is not believed, so
 * reading never fails beyond opening: it ends early, with a warning that says where. Belongs to the thread that opened it.
 */
public abstract sealed class FlowFileReader implements AutoCloseable
        permits AvroFlowReader, ParquetFlowReader, SegmentFlowReader {
    private static final byte[] AVRO = {'O', 'b', 'j', 1};
    private static final byte[] PARQUET = {'P', 'A', 'R', '1'};
    private static final byte[] SEGMENTS = {'H', 'N', 'M', 'F'};

    private final String name;

    FlowFileReader(Path file) {
        this.name = file.toString();
    }

    /**
     * Opens a file if its first bytes are those of Avro, Parquet or segments; empty when they are not, or nothing can be read.
     *
     * @param catalogue the rules whose match counts are looked for
     * @throws FlowFileException when it is one of these, but can't be read or holds no flow tuples
     */
    public static Optional<FlowFileReader> open(Path file, FingerprintCatalogue catalogue) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(AVRO.length);
        } catch (IOException e) {
            return Optional.empty();
        }
        if (Arrays.equals(start, AVRO)) {
            return Optional.of(new AvroFlowReader(file, catalogue));
        }
        if (Arrays.equals(start, SEGMENTS)) {
            return Optional.of(new SegmentFlowReader(file, catalogue));
        }
        return Arrays.equals(start, PARQUET) ? Optional.of(new ParquetFlowReader(file, catalogue)) : Optional.empty();
    }

    /** What to call the file. */
    String name() {
        return name;
    }

    /**
     * Gives all flow tuples to a sink, in the order of the file; the row is reused.
     *
     * @param progress told from time to time how many bytes of the file were read
     */
    public abstract FlowFileReport read(FlowTupleSink sink, LongConsumer progress);

    @Override
    public abstract void close();

    /** What to say of fields that the file lacks; empty when it lacks none. */
    static Optional<String> missing(List<String> fields, FingerprintCatalogue catalogue) {
        boolean first = fields.contains(FlowField.FIRST_SEQ.id()) && fields.contains(FlowField.FIRST_IP_ID.id());
        if (!first) {
            return Optional.empty();
        }
        return missingRules(catalogue.packetRules().stream()
                .map(Fingerprint::name)
                .filter(rule -> !fields.contains(FlowField.MATCH + rule))
                .toList());
    }

    /** What to say of rules that the file was written without; empty when there are none. */
    static Optional<String> missingRules(List<String> rules) {
        return rules.isEmpty()
                ? Optional.empty()
                : Optional.of("it was written without the fingerprint rules " + String.join(", ", rules)
                        + "; they count as not matched");
    }
}
