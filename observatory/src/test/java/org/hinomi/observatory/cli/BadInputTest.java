package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files and options that make no sense: one sentence, the right exit code, and nothing left behind. */
class BadInputTest {
    private static final int ETHERNET = 1;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Commands commands = new Commands();

    @BeforeEach
    void someFiles() throws IOException {
        byte[] noise = new byte[5000];
        new Random(7).nextBytes(noise);
        Files.write(file("noise"), noise);
        Files.createFile(file("nothing.pcap"));
        Files.createDirectory(file("folder"));
        pcap("sound.pcap", 65_535, ETHERNET, 1_700_000_000, 1_700_000_001);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private String in(String name) {
        return file(name).toString();
    }

    /** A capture of packets of 60 bytes, one at each of the seconds given. */
    private void pcap(String name, int snapLength, int linkType, long... seconds) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(24 + seconds.length * 76).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0xa1b2c3d4).putShort((short) 2).putShort((short) 4);
        bytes.putInt(0).putInt(0).putInt(snapLength).putInt(linkType);
        for (long second : seconds) {
            bytes.putInt((int) second).putInt(0).putInt(60).putInt(60);
            bytes.put(syn());
        }
        Files.write(file(name), bytes.array());
    }

    /** A SYN to 198.18.0.1 port 23, on Ethernet. */
    private static byte[] syn() {
        ByteBuffer frame = ByteBuffer.allocate(60);
        frame.position(12).putShort((short) 0x0800);
        frame.putInt(0x4500_0028)
                .putInt(0)
                .putInt(0x4006_0000)
                .putInt(0x0102_0304)
                .putInt(0xc612_0001);
        frame.putShort((short) 40_000).putShort((short) 23).putInt(1).putInt(0).putShort((short) 0x5002);
        return frame.array();
    }

    private void says(int code, String sentence, String... arguments) {
        assertThat(commands.run(arguments)).as(commands.err()).isEqualTo(code);
        String err = commands.err();
        assertThat(err).startsWith("hinomi: ").contains(sentence).doesNotContain("\tat ", "Exception");
        assertThat(err.lines()).as(err).hasSizeLessThanOrEqualTo(code == Hinomi.WRONG_USAGE ? 2 : 1);
        assertThat(commands.out()).isEmpty();
    }

    private JsonNode analysis(String... arguments) {
        assertThat(commands.run(arguments)).as(commands.err()).isZero();
        return JsonMapper.shared().readTree(commands.out());
    }

    @ParameterizedTest
    @CsvSource({
        "noise, is not a capture: it begins with none of the marks",
        "nothing.pcap, nothing.pcap is empty",
        "folder, folder is a directory; name the capture files in it",
        "missing.pcap, missing.pcap does not exist",
    })
    void whatIsNoCaptureIsToldByAnalyzeAndByRunAlike(String name, String sentence) {
        says(1, sentence, "analyze", in(name));
        says(1, sentence, "analyze", in("sound.pcap"), in(name));
        says(1, sentence, "run", "--offline", "--port=0", "--data", in("data"), "--replay", in("sound.pcap"), in(name));
        assertThat(file("data")).doesNotExist();
    }

    @Test
    void anEmptyNameIsNoFile() {
        says(1, "the name of a capture is empty", "analyze", "");
    }

    @Test
    void aCaptureCutInMidPacketGivesWhatIsWholeAndAWarning() throws IOException {
        byte[] whole = Files.readAllBytes(file("sound.pcap"));
        Files.write(file("cut.pcap"), java.util.Arrays.copyOf(whole, whole.length - 7));
        JsonNode found = analysis("analyze", "--json", in("cut.pcap"));

        assertThat(found.path("packets").asLong()).isEqualTo(1);
        assertThat(commands.err())
                .isEqualTo("warning: " + in("cut.pcap") + ": the file ends in the middle of a record, at byte 100\n");
    }

    @Test
    void aRecordLongerThanItsSnapLengthIsReadWithAWarning() throws IOException {
        pcap("long.pcap", 40, ETHERNET, 1_700_000_000);
        JsonNode found = analysis("analyze", "--json", in("long.pcap"));

        assertThat(found.path("decoded").asLong()).isEqualTo(1);
        assertThat(commands.err()).contains("long.pcap: 1 packets are longer than the file's own snap length");
    }

    @Test
    void aRecordThatClaimsMoreThanAnyPacketEndsTheReadingThere() throws IOException {
        try (var channel = Files.newByteChannel(file("sound.pcap"), StandardOpenOption.WRITE)) {
            channel.position(24 + 76 + 8);
            channel.write(ByteBuffer.wrap(new byte[] {-1, -1, -1, 0x7f}));
        }
        JsonNode found = analysis("analyze", "--json", in("sound.pcap"));

        assertThat(found.path("packets").asLong()).isEqualTo(1);
        assertThat(commands.err()).contains("a record claims 2147483647 bytes", "at byte 100");
    }

    @Test
    void packetsOfAnUnknownLinkTypeAreCountedAsSkipped() throws IOException {
        pcap("odd.pcap", 65_535, 200, 1_700_000_000, 1_700_000_001);
        JsonNode found = analysis("analyze", "--json", in("odd.pcap"));

        assertThat(found.path("packets").asLong()).isEqualTo(2);
        assertThat(found.path("decoded").asLong()).isZero();
        assertThat(found.path("skipped").path("unknown_link_type").asLong())
                .as(found.toString())
                .isEqualTo(2);
    }

    @Test
    void timeThatRunsBackwardsByYearsLosesNoPacket() throws IOException {
        pcap("back.pcap", 65_535, ETHERNET, 1_700_000_000, 1_500_000_000, 1_699_999_000, 100, 0);
        JsonNode found = analysis("analyze", "--json", in("back.pcap"));

        assertThat(found.path("packets").asLong()).isEqualTo(5);
        assertThat(found.path("classes").path("tcp_syn").asLong()).isEqualTo(5);
        assertThat(found.path("first").asString()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(found.path("last").asString()).isEqualTo("2023-11-14T22:13:20Z");
    }

    @Test
    void optionsThatMakeNoSenseAreWrongUsage() {
        String capture = in("sound.pcap");
        says(2, "'300.1.1.0/33' is not a prefix", "analyze", capture, "--darknet", "300.1.1.0/33");
        says(2, "--speed must be more than 0", "run", "--replay", capture, "--speed", "0");
        says(2, "--speed must be a number such as 60, or max", "run", "--replay", capture, "--speed", "fast");
        says(2, "--speed goes with --replay", "run", "--speed", "60");
        says(2, "--promiscuous goes with --interface", "run", "--promiscuous");
        says(2, "--port must be 0 to 65535", "run", "--port", "70000");
        says(2, "--interface needs --darknet", "run", "--interface", "eth0");
        says(2, "--darknet goes with --replay or a live source", "run", "--darknet", "198.18.0.0/16");
        says(2, "there can't be -1 packets", "generate", in("x.pcap"), "--packets", "-1");
        says(2, "'--sped'", "run", "--sped", "5");
        says(
                2,
                "--flowtuples must end in .avro, .parquet or .flows",
                "analyze",
                capture,
                "--flowtuples",
                in("out.csv"));
        says(2, "Missing required parameter: 'FILE'", "analyze");
        assertThat(file("x.pcap")).doesNotExist();
    }

    @Test
    void aWrongCommandIsToldWithTheOneThatMayBeMeant() {
        assertThat(commands.run("analyse")).isEqualTo(2);
        assertThat(commands.err()).startsWith("hinomi: ").contains("analyze").doesNotContain("\tat ");
    }

    @Test
    void everyCommandTellsOfItself() {
        for (String command : List.of("run", "analyze", "generate", "setup")) {
            assertThat(commands.run(command, "--help")).isZero();
            assertThat(commands.out()).startsWith("Usage: hinomi " + command);
        }
        assertThat(commands.run()).isEqualTo(2);
        assertThat(commands.err()).startsWith("Usage: hinomi");
    }

    @ParameterizedTest
    @CsvSource({"avro", "parquet"})
    void flowTuplesIntoAMissingDirectoryAreRefusedAndLeaveNothing(String format) {
        String out = in("none/tuples." + format);
        says(1, out + " can't be written: there is no ", "analyze", in("sound.pcap"), "--flowtuples", out);
        assertThat(file("none")).doesNotExist();
    }
}
