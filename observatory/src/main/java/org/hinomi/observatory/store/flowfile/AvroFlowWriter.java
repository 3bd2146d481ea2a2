package org.hinomi.observatory.store.flowfile;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Encoder;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.wire.flowfile.AvroBatch;
import org.hinomi.wire.flowfile.AvroSchemas;
import org.hinomi.wire.flowfile.AvroValues;
import org.hinomi.wire.flowfile.FlowLabels;

/** Writes the IPv4 flow tuples to an Avro file, value by value, without a record object each. */
final class AvroFlowWriter extends FlowFileWriter implements DatumWriter<FlowRow> {
    private static final int BLOCK = 1 << 18;
    private static final int DEFLATE_LEVEL = 6;

    private final AvroValues values;
    private final boolean corsaroFieldsOnly;
    private final DataFileWriter<FlowRow> out;
    private long v6Tuples;
    private long v6Packets;

    AvroFlowWriter(Path file, FlowFormat.Avro format, FingerprintCatalogue catalogue, FlowLabels labels, String sensor)
            throws IOException {
        super(file);
        this.values = new AvroValues(labels, sensor, catalogue.packetRules().size());
        this.corsaroFieldsOnly = format.corsaroFieldsOnly();
        this.out = new DataFileWriter<>(this);
        out.setCodec(
                switch (format.codec()) {
                    case NULL -> CodecFactory.nullCodec();
                    case DEFLATE -> CodecFactory.deflateCodec(DEFLATE_LEVEL);
                    case SNAPPY -> CodecFactory.snappyCodec();
                    case ZSTANDARD -> CodecFactory.zstandardCodec(AvroBatch.LEVEL);
                });
        out.setSyncInterval(BLOCK);
        out.create(
                corsaroFieldsOnly ? AvroSchemas.corsaro() : AvroSchemas.hinomi(catalogue),
                new BufferedOutputStream(Files.newOutputStream(part()), 1 << 16));
    }

    @Override
    void write(FlowRow tuple) throws IOException {
        if (tuple.srcHi != 0 || tuple.srcLo >>> 32 != 0xffff) {
            v6Tuples++;
            v6Packets += tuple.packetCnt;
            return;
        }
        try {
            out.append(tuple);
        } catch (AvroRuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void setSchema(Schema schema) {
        // Values are written in the order of FlowField, which the schema is made from.
    }

    @Override
    public void write(FlowRow row, Encoder encoder) throws IOException {
        values.corsaro(row, encoder);
        if (!corsaroFieldsOnly) {
            values.ours(row, encoder);
        }
    }

    @Override
    List<String> complete() throws IOException {
        out.close();
        if (v6Tuples == 0) {
            return List.of();
        }
        return List.of(String.format(
                Locale.ROOT,
                "%,d IPv6 flow tuples (%,d packets) were left out, because Corsaro's format has room for IPv4 only;"
                        + " a .parquet file holds both",
                v6Tuples,
                v6Packets));
    }

    @Override
    void release() throws IOException {
        out.close();
    }
}
