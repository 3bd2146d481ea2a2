package org.hinomi.observatory.store.flowfile;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.hinomi.wire.flowfile.Codec;

/** The formats that flow tuple files are written in. */
public sealed interface FlowFormat {
    /**
     * Avro.
     *
     * @param corsaroFieldsOnly leaves Hinomi's own fields out, for readers that go by position alone
     */
    record Avro(Codec codec, boolean corsaroFieldsOnly) implements FlowFormat {}

    /** Parquet, compressed with Zstandard. */
    record Parquet() implements FlowFormat {}

    /** Hinomi's own: the minute segments of the store, one after the other. */
    record Segments() implements FlowFormat {}

    /** The format for a new file, by the end of its name; empty if it is another. */
    static Optional<FlowFormat> ofName(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".avro")) {
            return Optional.of(new Avro(Codec.SNAPPY, false));
        }
        if (name.endsWith(".flows")) {
            return Optional.of(new Segments());
        }
        return name.endsWith(".parquet") ? Optional.of(new Parquet()) : Optional.empty();
    }
}
