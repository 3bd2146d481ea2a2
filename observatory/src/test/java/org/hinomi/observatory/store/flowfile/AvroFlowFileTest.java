package org.hinomi.observatory.store.flowfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.wire.flowfile.AvroCodec;
import org.hinomi.wire.flowfile.Codec;
import org.hinomi.wire.flowfile.CorsaroFilters;
import org.hinomi.wire.flowfile.FlowFileException;
import org.hinomi.wire.flowfile.FlowValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvroFlowFileTest {
    private static final int[] CHANGES = {0x01, 0x80, 0xff};

    /** As Corsaro 3 declares it. */
    private static final String CORSARO = """
            {"type": "record", "namespace": "org.caida.corsaro", "name": "flowtuple",
             "doc": "A Corsaro FlowTuple record. All byte fields are in network byte order.",
             "fields": [
              {"name": "time", "type": "long"}, {"name": "src_ip", "type": "long"},
              {"name": "dst_ip", "type": "long"}, {"name": "src_port", "type": "int"},
              {"name": "dst_port", "type": "int"}, {"name": "protocol", "type": "int"},
              {"name": "ttl", "type": "int"}, {"name": "tcp_flags", "type": "int"},
              {"name": "ip_len", "type": "int"}, {"name": "tcp_synlen", "type": "int"},
              {"name": "tcp_synwinlen", "type": "int"}, {"name": "packet_cnt", "type": "long"},
              {"name": "is_spoofed", "type": "int"}, {"name": "is_masscan", "type": "int"},
              {"name": "maxmind_continent", "type": "string"}, {"name": "maxmind_country", "type": "string"},
              {"name": "netacq_continent", "type": "string"}, {"name": "netacq_country", "type": "string"},
              {"name": "prefix2asn", "type": "long"}]}""";

    @TempDir
    Path folder;

    private static FlowFormat avro(Codec codec) {
        return new FlowFormat.Avro(codec, false);
    }

    @Test
    void whatIsWrittenIsReadAgainWithEachCodec() {
        List<FlowRow> rows = Tuples.any(1, 20_000, false);
        for (Codec codec : Codec.values()) {
            Path file = folder.resolve(codec + ".avro");
            assertThat(Tuples.write(file, avro(codec), rows)).isEmpty();
            Tuples.Read read = Tuples.read(file);
            assertThat(read.report().warnings()).isEmpty();
            assertThat(read.rows()).isEqualTo(Tuples.texts(rows));
        }
    }

    @Test
    void aReaderWithCorsarosSchemaSeesItsFieldsInPlace() throws IOException {
        Path file = folder.resolve("a.avro");
        List<FlowRow> rows = Tuples.any(2, 500, false);
        Tuples.write(file, avro(Codec.DEFLATE), rows);
        Schema corsaro = new Schema.Parser().parse(CORSARO);
        try (DataFileReader<GenericRecord> reader =
                new DataFileReader<>(new File(file.toString()), new GenericDatumReader<>(null, corsaro))) {
            assertThat(reader.getSchema().getFields().subList(0, 19).stream().map(Schema.Field::name))
                    .isEqualTo(
                            corsaro.getFields().stream().map(Schema.Field::name).toList());
            for (FlowRow row : rows) {
                GenericRecord each = reader.next();
                assertThat(each.get("src_ip")).isEqualTo(row.srcLo & 0xffff_ffffL);
                assertThat(each.get("packet_cnt")).isEqualTo(row.packetCnt);
                boolean known = (row.srcLo & 1) == 1;
                assertThat(each.get("maxmind_country").toString()).isEqualTo(known ? "JP" : "??");
                assertThat(each.get("maxmind_continent").toString()).isEqualTo(known ? "AS" : "??");
                assertThat(each.get("netacq_country").toString()).isEqualTo("??");
                assertThat(each.get("prefix2asn")).isEqualTo(known ? 4_200_000_000L : 0L);
                assertThat(each.get("is_spoofed")).isEqualTo(CorsaroFilters.spoofed(row) ? 1 : 0);
            }
            assertThat(reader.hasNext()).isFalse();
        }
    }

    @Test
    void withCorsarosFieldsOnlyTheSchemaIsExactlyCorsaros() throws IOException {
        Path file = folder.resolve("a.avro");
        Tuples.write(file, new FlowFormat.Avro(Codec.SNAPPY, true), Tuples.any(3, 10, false));
        try (DataFileReader<GenericRecord> reader =
                new DataFileReader<>(new File(file.toString()), new GenericDatumReader<>())) {
            assertThat(reader.getSchema()).isEqualTo(new Schema.Parser().parse(CORSARO));
            assertThat(reader.getSchema().getDoc()).startsWith("A Corsaro FlowTuple record.");
        }
    }

    @Test
    void corsarosOwnFilesAreReadWithoutFirstPacketsAndMatches() throws IOException {
        Path file = folder.resolve("corsaro.avro");
        GenericRecord each = corsaroRecord();
        writeRecords(file, each.getSchema(), each);
        Tuples.Read read = Tuples.read(file);
        assertThat(read.report()).isEqualTo(new FlowFileReport(1, List.of()));
        FlowRow expected = new FlowRow();
        FlowValue.defaults(expected);
        expected.time = 1_700_000_040;
        expected.srcLo = 0xffff_0a00_0001L;
        expected.dstLo = 0xffff_c612_0001L;
        expected.srcPort = 40_000;
        expected.dstPort = 23;
        expected.protocol = 6;
        expected.ttl = 50;
        expected.tcpFlags = 2;
        expected.ipLen = 40;
        expected.tcpSynLen = 20;
        expected.tcpSynWinLen = 1024;
        expected.packetCnt = 3;
        assertThat(read.rows()).containsExactly(Tuples.text(expected));
        assertThat(expected.firstSeq).isEqualTo(-1);
    }

    private static GenericRecord corsaroRecord() {
        GenericRecord each = new GenericData.Record(new Schema.Parser().parse(CORSARO));
        Object[] values = {
            1_700_000_040L,
            0x0a00_0001L,
            0xc612_0001L,
            40_000,
            23,
            6,
            50,
            2,
            40,
            20,
            1024,
            3L,
            0,
            0,
            "EU",
            "DE",
            "??",
            "??",
            64_500L
        };
        for (int i = 0; i < values.length; i++) {
            each.put(i, values[i]);
        }
        return each;
    }

    private static void writeRecords(Path file, Schema schema, Object... records) throws IOException {
        try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.create(schema, new File(file.toString()));
            for (Object each : records) {
                writer.append(each);
            }
        }
    }

    @Test
    void aFileCutAtAnyByteGivesTheTuplesBeforeTheCutAndSaysWhere() throws IOException {
        List<FlowRow> rows = Tuples.any(4, 30, false);
        List<String> all = Tuples.texts(rows);
        for (Codec codec : Codec.values()) {
            Path file = folder.resolve("sound.avro");
            Tuples.write(file, avro(codec), rows);
            byte[] sound = Files.readAllBytes(file);
            Path cut = folder.resolve("cut.avro");
            int refused = 0;
            for (int length = 4; length < sound.length; length++) {
                Files.write(cut, Arrays.copyOf(sound, length));
                try {
                    Tuples.Read read = Tuples.read(cut);
                    assertThat(all.subList(0, read.rows().size())).isEqualTo(read.rows());
                    assertThat(read.report().warnings().size() + (read.rows().isEmpty() ? 1 : 0))
                            .isPositive();
                    read.report().warnings().forEach(each -> assertThat(each).contains("cut.avro: the block at byte "));
                } catch (FlowFileException e) {
                    assertThat(e).hasMessageContaining("cut.avro is no file of flow tuples: ");
                    refused++;
                }
            }
            assertThat(refused).isLessThan(sound.length - 1000);
        }
    }

    @Test
    void aFileWithAnyByteChangedIsReadOrRefusedButNeverThrowsOtherwise() throws IOException {
        Path changed = folder.resolve("changed.avro");
        for (Codec codec : Codec.values()) {
            Path file = folder.resolve("sound.avro");
            Tuples.write(file, avro(codec), Tuples.any(5, 20, false));
            byte[] sound = Files.readAllBytes(file);
            for (int at = codec == Codec.NULL ? 4 : sound.length / 2; at < sound.length; at++) {
                byte[] bytes = sound.clone();
                bytes[at] ^= (byte) CHANGES[at % CHANGES.length];
                Files.write(changed, bytes);
                try {
                    assertThat(Tuples.read(changed).report().tuples()).isLessThanOrEqualTo(20);
                } catch (FlowFileException e) {
                    assertThat(e).hasMessageContaining("changed.avro");
                }
            }
        }
    }

    @Test
    void aBlockThatLiesAboutItsLengthAllocatesNothing() throws IOException {
        Path file = folder.resolve("lying.avro");
        Tuples.write(file, avro(Codec.NULL), List.of());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(Files.readAllBytes(file));
        bytes.write(new byte[] {2, (byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f, 1, 2, 3});
        Files.write(file, bytes.toByteArray());
        Tuples.Read read = Tuples.read(file);
        assertThat(read.rows()).isEmpty();
        assertThat(read.report().warnings())
                .singleElement()
                .asString()
                .contains("is damaged: it ends in the middle of a value");
    }

    @Test
    void aBlockThatUnpacksToFarMoreThanItIsIsRefused() throws IOException {
        Path file = folder.resolve("bomb.avro");
        Schema schema = new Schema.Parser()
                .parse(CORSARO.replace("\"prefix2asn\", \"type\": \"long\"", "\"x\", " + "\"type\": \"bytes\""));
        GenericRecord each = new GenericData.Record(schema);
        GenericRecord usual = corsaroRecord();
        for (int i = 0; i < 18; i++) {
            each.put(i, usual.get(i));
        }
        each.put(18, java.nio.ByteBuffer.allocate(AvroCodec.MOST_BYTES + 1));
        try (DataFileWriter<Object> writer = new DataFileWriter<>(new GenericDatumWriter<>(schema))) {
            writer.setCodec(org.apache.avro.file.CodecFactory.deflateCodec(9));
            writer.create(schema, new File(file.toString()));
            writer.append(each);
        }
        assertThat(Tuples.read(file).report().warnings())
                .singleElement()
                .asString()
                .contains("it unpacks to more than 64 MiB");
    }

    @Test
    void aFileOfSomethingElseIsRefusedWithASentence() throws IOException {
        Path file = folder.resolve("other.avro");
        for (String[] schemaAndWhy : new String[][] {
            {"\"long\"", "its values are of type long, not records"},
            {CORSARO.replace("\"ttl\"", "\"hops\""), "its records have no field ttl"},
            {CORSARO.replace("\"ttl\", \"type\": \"int\"", "\"ttl\", \"type\": \"string\""), "not int or long"},
            {
                CORSARO.replace(
                        "\"prefix2asn\", \"type\": \"long\"",
                        "\"l\", \"type\": {\"type\": \"array\", " + "\"items\": \"long\"}"),
                "which flow tuples don't have"
            }
        }) {
            writeRecords(file, new Schema.Parser().parse(schemaAndWhy[0]));
            assertThatThrownBy(() -> Tuples.read(file))
                    .isInstanceOf(FlowFileException.class)
                    .hasMessageContaining("other.avro is no file of flow tuples: ")
                    .hasMessageContaining(schemaAndWhy[1]);
        }
    }

    @Test
    void valuesThatNoPacketHasEndTheReading() throws IOException {
        Path file = folder.resolve("odd.avro");
        GenericRecord odd = corsaroRecord();
        odd.put("dst_port", 70_000);
        writeRecords(file, odd.getSchema(), corsaroRecord(), odd, corsaroRecord());
        Tuples.Read read = Tuples.read(file);
        assertThat(read.rows()).hasSize(1);
        assertThat(read.report().warnings()).singleElement().asString().contains("dst_port is 70000");
    }

    @Test
    void ipv6TuplesAreLeftOutAndSaidSo() {
        Path file = folder.resolve("six.avro");
        List<FlowRow> rows = Tuples.any(6, 100, true);
        assertThat(Tuples.write(file, avro(Codec.SNAPPY), rows))
                .singleElement()
                .asString()
                .contains("six.avro: ", " IPv6 flow tuples ", ".parquet");
        assertThat(Tuples.read(file).rows())
                .isEqualTo(
                        Tuples.texts(rows.stream().filter(row -> row.srcHi == 0).toList()));
    }

    @Test
    void anOldFileStaysUntilTheNewOneIsComplete() throws IOException {
        Path file = folder.resolve("a.avro");
        Files.writeString(file, "old");
        try (FlowFileWriter writer = FlowFileWriter.create(file, avro(Codec.NULL), Tuples.RULES, Tuples.JAPAN, "")) {
            Tuples.any(7, 10, false).forEach(writer::tuple);
            assertThat(file).hasContent("old");
        }
        assertThat(file).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("a.avro");
        Tuples.write(file, avro(Codec.NULL), Tuples.any(7, 10, false));
        assertThat(Tuples.read(file).rows()).hasSize(10);
        assertThat(folder.toFile().list()).containsExactly("a.avro");
    }

    @Test
    void aFolderThatDoesNotExistIsSaid() {
        assertThatThrownBy(() -> Tuples.write(folder.resolve("no/a.avro"), avro(Codec.NULL), List.of()))
                .isInstanceOf(FlowFileException.class)
                .hasMessageContaining("a.avro can't be written");
    }
}
