package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GenerateCommandTest {
    private static final List<String> RULES_OF_ONE_PACKET =
            List.of("mirai", "zmap", "masscan", "masscan_options", "hajime", "bare_syn");
    private static final double CHANCE = 1.6e-5;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine commands = Hinomi.commandLine();
        commands.setOut(new PrintWriter(out));
        commands.setErr(new PrintWriter(err));
        return commands.execute(arguments);
    }

    private String in(String name) {
        return folder.resolve(name).toString();
    }

    private JsonNode analysis(String... files) {
        out.getBuffer().setLength(0);
        String[] arguments = new String[files.length + 2];
        arguments[0] = "analyze";
        arguments[1] = "--json";
        System.arraycopy(files, 0, arguments, 2, files.length);
        assertThat(run(arguments)).as(err.toString()).isZero();
        return JsonMapper.shared().readTree(out.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"day", "scan", "backscatter", "mixed"})
    void anAnalysisOfAMadeUpCaptureGivesTheTruth(String profile) throws IOException {
        int code = run(
                "generate",
                in("a.pcap"),
                "--packets=120000",
                "--profile",
                profile,
                "--truth",
                in("t.json"),
                "--darknet",
                "198.18.0.0/16",
                "2001:db8::/48");
        assertThat(code).as(err.toString()).isZero();

        JsonNode found = analysis(in("a.pcap"));
        JsonNode truth = JsonMapper.shared().readTree(Files.readString(folder.resolve("t.json")));

        assertThat(found.path("packets").asLong()).isEqualTo(120_000);
        assertThat(found.path("decoded").asLong()).isEqualTo(120_000);
        assertThat(found.path("sources")).isEqualTo(truth.path("sources_count"));
        assertThat(found.path("classes")).isEqualTo(truth.path("classes"));
        assertThat(found.path("kinds")).isEqualTo(truth.path("kinds"));
        assertThat(found.path("warnings")).isEmpty();
        for (String rule : found.path("fingerprints").propertyNames()) {
            long meant = truth.path("fingerprints").path(rule).asLong();
            long byChance = (long) (20 + 120_000 * CHANCE * 4);
            assertThat(found.path("fingerprints").path(rule).asLong())
                    .as(rule)
                    .isBetween(RULES_OF_ONE_PACKET.contains(rule) ? meant : meant - 2, meant + byChance);
        }
        sourcesAreNamedByTheirTools(truth, found);
        busySourcesAreFound(truth, found);
    }

    private static void sourcesAreNamedByTheirTools(JsonNode truth, JsonNode found) {
        var needs = java.util.Map.of(
                "mirai",
                1,
                "zmap",
                3,
                "masscan",
                3,
                "masscan_options",
                2,
                "hajime",
                5,
                "unicornscan",
                3,
                "unicornscan_le",
                3,
                "nmap",
                5);
        TreeMap<String, Long> expected = new TreeMap<>();
        needs.keySet().forEach(rule -> expected.put(rule, 0L));
        for (JsonNode source : truth.path("sources")) {
            for (JsonNode rule : source.path("rules")) {
                if (source.path("packets").asLong() >= needs.getOrDefault(rule.asString(), 0)) {
                    expected.merge(rule.asString(), 1L, Long::sum);
                }
            }
        }
        TreeMap<String, Long> named = new TreeMap<>();
        needs.keySet()
                .forEach(rule -> named.put(rule, found.path("tools").path(rule).asLong()));
        assertThat(named).isEqualTo(expected);
    }

    private static void busySourcesAreFound(JsonNode truth, JsonNode found) {
        TreeMap<String, Long> packets = new TreeMap<>();
        truth.path("sources")
                .forEach(s -> packets.put(
                        s.path("address").asString(), s.path("packets").asLong()));
        assertThat(found.path("top_sources"))
                .hasSize(20)
                .allSatisfy(
                        source -> assertThat(packets.get(source.path("address").asString()))
                                .isEqualTo(source.path("packets").asLong()));
    }

    @Test
    void theSameSeedGivesTheSameFileAndCompressedFilesHoldTheSame() throws IOException {
        for (String name : List.of("a.pcap", "b.pcap", "c.pcap.gz", "d.pcap.zst")) {
            assertThat(run("generate", in(name), "--packets=3000", "--seed=5"))
                    .as(err.toString())
                    .isZero();
        }

        assertThat(folder.resolve("b.pcap")).hasSameBinaryContentAs(folder.resolve("a.pcap"));
        assertThat(Files.size(folder.resolve("c.pcap.gz"))).isLessThan(Files.size(folder.resolve("a.pcap")) / 2);
        JsonNode plain = analysis(in("a.pcap"));
        assertThat(analysis(in("c.pcap.gz"))).isEqualTo(plain);
        assertThat(analysis(in("d.pcap.zst"))).isEqualTo(plain);
    }

    @Test
    void timesBeginWhereAskedAndADayIsADay() {
        run("generate", in("a.pcap"), "--packets=5000", "--start=2026-06-01T00:00:00Z", "--nanoseconds");
        JsonNode found = analysis(in("a.pcap"));

        assertThat(found.path("first").asString()).startsWith("2026-06-01T00:0");
        assertThat(found.path("last").asString()).startsWith("2026-06-01T23:5");
    }

    @Test
    void aCaptureOfNoPacketsIsACapture() {
        assertThat(run("generate", in("a.pcap"), "--packets=0")).isZero();
        assertThat(analysis(in("a.pcap")).path("packets").asLong()).isZero();
    }

    @Test
    void wrongUsageEndsWithTwoAndASentence() {
        assertThat(run("generate", "-")).isEqualTo(2);
        assertThat(err.toString()).startsWith("hinomi: a capture can't be generated to the standard output");
        assertThat(run("generate", in("a.pcap"), "--packets=-1")).isEqualTo(2);
        assertThat(run("generate", in("a.pcap"), "--start=tomorrow")).isEqualTo(2);
        assertThat(run("generate", in("a.pcap"), "--start=2106-02-07T00:00:00Z"))
                .isEqualTo(2);
        assertThat(run("generate", in("a.pcap"), "--darknet=198.18.0.0/99")).isEqualTo(2);
        assertThat(run("generate", in("a.pcap"), "--profile=night")).isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatCannotBeWrittenEndsWithOneAndASentenceAndLeavesNothing() {
        assertThat(run("generate", in("none/a.pcap"))).isEqualTo(1);
        assertThat(err.toString()).contains("none/a.pcap can't be written: there is no ");
        assertThat(run("generate", folder.toString())).isEqualTo(1);
        assertThat(run("generate", in("a.pcap"), "--packets=10", "--truth", in("none/t.json")))
                .isEqualTo(1);
        assertThat(err.toString()).contains("none/t.json can't be written");
        assertThat(folder).isEmptyDirectory();
    }
}
