package org.hinomi.wire.flowfile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.Encoder;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;

/**
 * Flow tuples on their way from a sensor to its tower: an Avro object container in memory with all of Hinomi's fields,
 * those of IPv6 too, compressed with Zstandard; what the sensor says of them stands in the container's metadata.
 * Reading believes nothing: lengths, numbers and sizes are checked.
 */
public final class AvroBatch {
    /** How hard Zstandard tries. */
    public static final int LEVEL = 3;

    private static final int BLOCK = 1 << 20;
    private static final byte[] MAGIC = {'O', 'b', 'j', 1};

    private final AvroContainer container;

    private AvroBatch(AvroContainer container) {
        this.container = container;
    }

    /**
     * Makes a batch.
     *
     * @param said what stands in the metadata, by name
     * @param minutes the tuples, in order
     */
    public static byte[] encode(
            Map<String, byte[]> said,
            FingerprintCatalogue catalogue,
            String sensor,
            List<? extends FlowBatch> minutes) {
        AvroValues values = new AvroValues(
                new FlowLabels(Origin.UNKNOWN), sensor, catalogue.packetRules().size());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        try (DataFileWriter<FlowRow> out = new DataFileWriter<>(new Rows(values))) {
            out.setCodec(CodecFactory.zstandardCodec(LEVEL));
            out.setSyncInterval(BLOCK);
            said.forEach(out::setMeta);
            out.create(AvroSchemas.batch(catalogue), bytes);
            FlowRow row = new FlowRow();
            for (FlowBatch minute : minutes) {
                for (int i = 0; i < minute.size(); i++) {
                    minute.read(i, row);
                    out.append(row);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory can't be written to", e);
        }
        return bytes.toByteArray();
    }

    private record Rows(AvroValues values) implements DatumWriter<FlowRow> {
        @Override
        public void setSchema(Schema schema) {
            // Values are written in the order of FlowField, which the schema is made from.
        }

        @Override
        public void write(FlowRow row, Encoder encoder) throws IOException {
            values.corsaro(row, encoder);
            values.ours(row, encoder);
            values.addresses6(row, encoder);
        }
    }

    /**
     * Opens a batch.
     *
     * @throws FlowFileException when it is none
     */
    public static AvroBatch open(byte[] bytes) {
        if (bytes.length < MAGIC.length || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new FlowFileException("it does not begin like an Avro container");
        }
        try {
            return new AvroBatch(AvroContainer.open(MemorySegment.ofArray(bytes)));
        } catch (Damage e) {
            throw new FlowFileException(e.what());
        }
    }

    /** What stands in its metadata under a name. */
    public Optional<byte[]> said(String name) {
        return container.said(name).map(value -> value.toArray(ValueLayout.JAVA_BYTE));
    }

    /**
     * Gives all its tuples to a sink; the row is reused.
     *
     * @param catalogue the rules whose match counts are taken
     * @throws FlowFileException when something is wrong with it
     */
    public void read(FingerprintCatalogue catalogue, Consumer<FlowRow> sink) {
        FlowRow row = new FlowRow();
        try {
            AvroRecord record = AvroRecord.of(container.schema(), catalogue);
            while (!container.atEnd()) {
                long count = container.nextBlock();
                AvroCursor values = new AvroCursor(container.block());
                for (long i = 0; i < count; i++) {
                    record.read(values, row);
                    sink.accept(row);
                }
                if (!values.atEnd()) {
                    throw new Damage("a block has more bytes than flow tuples");
                }
                container.endBlock();
            }
        } catch (Damage e) {
            throw new FlowFileException(e.what());
        }
    }
}
