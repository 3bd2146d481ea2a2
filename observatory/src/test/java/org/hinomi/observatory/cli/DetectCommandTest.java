package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code hinomi detect} tells of a made-up recording, held against who was in it. */
class DetectCommandTest {
    private static final String DARKNET = "--darknet=198.18.0.0/16";

    @TempDir
    Path folder;

    private final Commands commands = new Commands();

    private String capture() {
        String capture = folder.resolve("a.pcap").toString();
        assertThat(commands.run(
                        "generate",
                        capture,
                        "--packets=60000",
                        "--profile=mixed",
                        "--seed=5",
                        "--truth=" + folder.resolve("truth.json")))
                .isZero();
        return capture;
    }

    private JsonNode detected(String... arguments) {
        assertThat(commands.run(arguments)).as(commands.err()).isZero();
        return JsonMapper.shared().readTree(commands.out());
    }

    @Test
    void aRecordingTellsTheSameAsItsFlowTuplesAndNamesOnlyWhoWasThere() throws Exception {
        String capture = capture();
        String tuples = folder.resolve("a.flows").toString();
        assertThat(commands.run("analyze", capture, DARKNET, "--flowtuples=" + tuples))
                .isZero();
        JsonNode packets = detected("detect", capture, DARKNET, "--json");
        JsonNode stored = detected("detect", tuples, DARKNET, "--json");

        assertThat(packets.get("packets").asLong()).isEqualTo(60_000);
        assertThat(packets.get("lost").asLong()).isZero();
        assertThat(packets.get("detections").size()).isPositive();
        assertThat(stored.get("detections")).isEqualTo(packets.get("detections"));
        TreeSet<String> families = new TreeSet<>();
        JsonNode truth = JsonMapper.shared().readTree(Files.readAllBytes(folder.resolve("truth.json")));
        for (JsonNode found : packets.get("detections")) {
            if (found.get("detector").asString().equals("scan")) {
                assertThat(truth.toString())
                        .contains(found.get("fields").get("source").asString());
                found.get("fields").get("tools").forEach(tool -> families.add(tool.asString()));
            }
        }
        assertThat(families).contains("mirai", "zmap");
    }

    @Test
    void ownMachinesAndParametersCountAndTheTextSaysWhatWasFound() throws Exception {
        String capture = capture();
        JsonNode plain = detected("detect", capture, DARKNET, "--json");
        String source =
                plain.get("detections").get(0).get("fields").get("source").asString();
        assertThat(commands.run("detect", capture, DARKNET, "--own", source + "/32"))
                .isZero();
        assertThat(commands.out()).contains("60,000 packets, ", "own 1", "own  " + source + " own  20", "  grade");

        Path config = Files.writeString(folder.resolve("hinomi.yaml"), """
                detectors:
                  scan: {least_destinations: 60000}
                """);
        JsonNode strict = detected("detect", capture, DARKNET, "--config=" + config, "--json");
        assertThat(strict.get("detections")
                        .valueStream()
                        .map(each -> each.get("detector").asString()))
                .doesNotContain("scan");
    }

    @Test
    void whatCanNotBeReadIsOneSentence() throws Exception {
        Path text = Files.writeString(folder.resolve("a.txt"), "no capture at all, but long enough to have a head");
        for (List<String> bad : List.of(
                List.of("detect", text.toString()),
                List.of("detect", folder.resolve("none.pcap").toString()),
                List.of("detect", capture(), "--config=" + text))) {
            assertThat(commands.run(bad.toArray(String[]::new))).isEqualTo(1);
            assertThat(commands.err()).hasLineCount(1).contains(folder.toString());
        }
        assertThat(commands.run("detect")).isEqualTo(2);
        assertThat(commands.run("detect", "a.pcap", "--own", "300.1.1.1/8")).isEqualTo(2);
    }
}
