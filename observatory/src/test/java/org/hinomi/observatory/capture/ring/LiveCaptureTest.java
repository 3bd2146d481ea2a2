package org.hinomi.observatory.capture.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hinomi.observatory.capture.ring.NetworkNamespace.FAR;
import static org.hinomi.observatory.capture.ring.NetworkNamespace.NEAR;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Counts of live capture, packet by packet, in a network of its own. */
@Tag("root")
@Timeout(180)
class LiveCaptureTest {
    private static final long PACKETS = 50_000;

    @SuppressWarnings("NullAway.Init")
    private NetworkNamespace network;

    @BeforeEach
    void makeNetwork() throws IOException, InterruptedException {
        network = NetworkNamespace.make();
    }

    @AfterEach
    void removeNetwork() throws InterruptedException {
        if (network != null) {
            network.close();
        }
    }

    private JsonNode capture(String from, String to, long packets, int tags, boolean stalls) throws IOException {
        List<String> command = new ArrayList<>(network.before());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseCompactObjectHeaders", "-Xmx512m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LiveCapture.class.getName()));
        command.addAll(List.of(from, to, "" + packets, "" + tags, "" + stalls));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return JsonMapper.shared().readTree(said);
    }

    private static void everyPacketCountsOnce(JsonNode found) {
        assertThat(found.path("sent").asLong()).isEqualTo(PACKETS);
        assertThat(found.path("dropped").asLong()).isZero();
        assertThat(found.path("captured").asLong()).isEqualTo(PACKETS);
        assertThat(found.path("classes")).isEqualTo(found.path("sent_classes"));
    }

    @Test
    void whatIsSentIsCountedByClass() throws IOException {
        everyPacketCountsOnce(capture(FAR, NEAR, PACKETS, 0, false));
    }

    @Test
    void framesWithOneOrTwoVlanTagsAreCountedLikeThoseWithout() throws IOException {
        everyPacketCountsOnce(capture(FAR, NEAR, PACKETS, 1, false));
        everyPacketCountsOnce(capture(FAR, NEAR, PACKETS, 2, false));
    }

    @Test
    void theLoopbackGivesEachPacketOnceThoughItPassesTwice() throws IOException {
        everyPacketCountsOnce(capture("lo", "lo", PACKETS, 0, false));
    }

    @Test
    void whatTheMachineSendsItselfIsNotCounted() throws IOException {
        JsonNode found = capture(NEAR, NEAR, 1000, 0, false);

        assertThat(found.path("sent").asLong()).isEqualTo(1000);
        assertThat(found.path("captured").asLong()).isZero();
        assertThat(found.path("dropped").asLong()).isZero();
    }

    @Test
    void aReaderThatStallsLosesPacketsAndTellsHowMany() throws IOException {
        long packets = 800_000;
        JsonNode found = capture(FAR, NEAR, packets, 0, true);
        long captured = found.path("captured").asLong();

        assertThat(found.path("sent").asLong()).isEqualTo(packets);
        assertThat(found.path("dropped").asLong()).isPositive().isEqualTo(packets - captured);
        assertThat(captured).isPositive();
    }
}
