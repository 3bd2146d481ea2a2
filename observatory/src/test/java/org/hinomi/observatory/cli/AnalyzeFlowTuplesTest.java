package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class AnalyzeFlowTuplesTest {
    private static final int RAW_IP = 101;

    @TempDir
    Path folder;

    private String capture = "";

    private record Ran(int code, String out, String err) {
        ObjectNode json() {
            ObjectNode report = (ObjectNode) new JsonMapper().readTree(out);
            report.remove(List.of("first", "last"));
            return report;
        }
    }

    @BeforeEach
    void writeCapture() throws IOException {
        capture = folder.resolve("capture.pcap").toString();
        Files.write(Path.of(capture), pcap(4000));
    }

    private Ran run(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--data", folder.resolve("nothing").toString()));
        CommandLine commandLine =
                Hinomi.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Ran(commandLine.execute(all.toArray(String[]::new)), out.toString(), err.toString());
    }

    /** Three minutes of SYN, some with the marks of tools, SYN+ACK, UDP and ICMP from a few hundred sources. */
    private static byte[] pcap(int packets) {
        SplittableRandom random = new SplittableRandom(20260821);
        ByteBuffer out = ByteBuffer.allocate(24 + packets * 64).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0xa1b2c3d4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65_535)
                .putInt(RAW_IP);
        for (int i = 0; i < packets; i++) {
            byte[] packet = packet(random);
            out.putInt(1_700_000_000 + i * 180 / packets)
                    .putInt(i)
                    .putInt(packet.length)
                    .putInt(packet.length);
            out.put(packet);
        }
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    private static byte[] packet(SplittableRandom random) {
        int shape = random.nextInt(10);
        int protocol = shape < 7 ? 6 : shape < 9 ? 17 : 1;
        int src = 0x0b00_0000 | random.nextInt(300);
        int dst = 0xc612_0000 | random.nextInt(1 << 10);
        int seq = shape == 0 ? dst : random.nextInt();
        ByteBuffer packet = ByteBuffer.allocate(protocol == 6 ? 40 : 28);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) packet.capacity());
        packet.putShort((short) (shape == 1 ? 54_321 : random.nextInt(1 << 16))).putShort((short) 0);
        packet.put((byte) (shape == 1 ? 250 : 64 - shape)).put((byte) protocol).putShort((short) 0);
        packet.putInt(src).putInt(dst);
        if (protocol == 1) {
            packet.put((byte) (random.nextBoolean() ? 8 : 3))
                    .put((byte) 0)
                    .putShort((short) 0)
                    .putInt(0);
            return packet.array();
        }
        packet.putShort((short) random.nextInt(1024, 65_536)).putShort((short) (shape < 4 ? 23 : 2000 + shape));
        if (protocol == 6) {
            packet.putInt(seq)
                    .putInt(0)
                    .put((byte) 0x50)
                    .put((byte) (shape == 6 ? 0x12 : 0x02))
                    .putShort((short) 1024);
        } else {
            packet.putShort((short) 8);
        }
        return packet.array();
    }

    @Test
    void aCaptureAndItsOwnFlowTuplesTellTheSame() {
        for (String name : List.of("out.avro", "out.parquet", "out.flows")) {
            String tuples = folder.resolve(name).toString();
            Ran fromCapture = run("analyze", capture, "--flowtuples", tuples, "--json");
            assertThat(fromCapture.code()).isZero();
            assertThat(fromCapture.json().get("fingerprints").get("mirai").asLong())
                    .isPositive();
            Ran fromTuples = run("analyze", tuples, "--json");
            assertThat(fromTuples.json()).isEqualTo(fromCapture.json());
        }
    }

    @Test
    void tuplesOfOneFormatBecomeTuplesOfTheOther() {
        String avro = folder.resolve("a.avro").toString();
        String parquet = folder.resolve("a.parquet").toString();
        Ran first = run("analyze", capture, "--flowtuples", avro, "--json", "--darknet", "198.18.0.0/24");
        assertThat(first.json().get("outside").asLong()).isPositive();
        run("analyze", avro, "--flowtuples", parquet);
        Ran second = run("analyze", parquet, "--json");
        assertThat(second.json().get("packets")).isEqualTo(first.json().get("decoded"));
        assertThat(second.json().get("classes")).isEqualTo(first.json().get("classes"));
    }

    @Test
    void withCorsarosFieldsOnlyToolsAreNotKnown() {
        String avro = folder.resolve("a.avro").toString();
        Ran first = run("analyze", capture, "--flowtuples", avro, "--corsaro-fields", "--json");
        Ran second = run("analyze", avro, "--json");
        assertThat(second.json().get("fingerprints").isNull()).isTrue();
        assertThat(second.json().get("tools").isNull()).isTrue();
        assertThat(second.json().get("kinds")).isEqualTo(first.json().get("kinds"));
        assertThat(second.json().get("sources")).isEqualTo(first.json().get("sources"));
    }

    @Test
    void anUnknownEndingIsWrongUsage() {
        Ran ran = run("analyze", capture, "--flowtuples", "out.csv");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--flowtuples must end in .avro, .parquet or .flows, not out.csv");
    }

    @Test
    void anOutputThatCannotBeWrittenIsOneSentence() {
        Ran ran = run(
                "analyze",
                capture,
                "--flowtuples",
                folder.resolve("no/where/out.avro").toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .startsWith("hinomi: ")
                .contains("out.avro can't be written")
                .hasLineCount(1);
    }

    @Test
    void aDamagedInputKeepsTheOldOutput() throws IOException {
        Path out = Files.writeString(folder.resolve("out.avro"), "old");
        Path broken = Files.writeString(folder.resolve("broken.avro"), "Obj\u0001 and nothing more");
        Ran ran = run("analyze", broken.toString(), "--flowtuples", out.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("broken.avro is no file of flow tuples");
        assertThat(out).hasContent("old");
    }
}
