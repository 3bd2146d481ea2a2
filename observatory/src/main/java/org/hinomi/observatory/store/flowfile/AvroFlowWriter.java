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
import org.apache.avro.util.Utf8;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowRow;

/** Writes the IPv4 flow tuples to an Avro file, value by value, without a record object each. */
final class AvroFlowWriter extends FlowFileWriter implements DatumWriter<FlowRow> {
    private static final int BLOCK = 1 << 18;
    private static final int DEFLATE_LEVEL = 6;

    private final FlowLabels labels;
    private final Utf8 sensor;
    private final boolean corsaroFieldsOnly;
    private final int rules;
    private final DataFileWriter<FlowRow> out;
    private long v6Tuples;
    private long v6Packets;

    AvroFlowWriter(Path file, FlowFormat.Avro format, FingerprintCatalogue catalogue, FlowLabels labels, String sensor)
            throws IOException {
        super(file);
        this.labels = labels;
        this.sensor = new Utf8(sensor);
        this.corsaroFieldsOnly = format.corsaroFieldsOnly();
        this.rules = catalogue.packetRules().size();
        this.out = new DataFileWriter<>(this);
        out.setCodec(
                switch (format.codec()) {
                    case NULL -> CodecFactory.nullCodec();
                    case DEFLATE -> CodecFactory.deflateCodec(DEFLATE_LEVEL);
                    case SNAPPY -> CodecFactory.snappyCodec();
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
        FlowLabels.Country country = labels.country(row);
        encoder.writeLong(row.time);
        encoder.writeLong(row.srcLo & 0xffff_ffffL);
        encoder.writeLong(row.dstLo & 0xffff_ffffL);
        encoder.writeInt(row.srcPort);
        encoder.writeInt(row.dstPort);
        encoder.writeInt(row.protocol);
        encoder.writeInt(row.ttl);
        encoder.writeInt(row.tcpFlags);
        encoder.writeInt(row.ipLen);
        encoder.writeInt(row.tcpSynLen);
        encoder.writeInt(row.tcpSynWinLen);
        encoder.writeLong(row.packetCnt);
        encoder.writeInt(CorsaroFilters.spoofed(row) ? 1 : 0);
        encoder.writeInt(CorsaroFilters.masscan(row) ? 1 : 0);
        encoder.writeString(country.continentUtf8());
        encoder.writeString(country.lettersUtf8());
        encoder.writeString(FlowLabels.UNKNOWN_UTF8);
        encoder.writeString(FlowLabels.UNKNOWN_UTF8);
        encoder.writeLong(labels.asn(row));
        if (!corsaroFieldsOnly) {
            writeOurs(row, encoder);
        }
    }

    private void writeOurs(FlowRow row, Encoder encoder) throws IOException {
        encoder.writeString(sensor);
        encoder.writeString(labels.kindUtf8(row));
        encoder.writeLong(row.firstSeq);
        encoder.writeInt(row.firstIpId);
        encoder.writeInt(row.laterFragment ? 1 : 0);
        encoder.writeInt(row.oddFragmentField ? 1 : 0);
        for (int lane = 0; lane < rules; lane++) {
            encoder.writeInt(row.matches(lane));
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
