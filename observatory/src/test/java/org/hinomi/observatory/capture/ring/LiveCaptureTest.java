package org.hinomi.observatory.capture.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hinomi.observatory.capture.ring.NetworkNamespace.FAR;
import static org.hinomi.observatory.capture.ring.NetworkNamespace.NEAR;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

    private JsonNode capture(String from, String to, String... options) throws IOException {
        List<String> command = new ArrayList<>(network.before());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseCompactObjectHeaders", "-Xmx1g"));
        command.addAll(List.of(
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                LiveCapture.class.getName()));
        command.addAll(List.of("from=" + from, "to=" + to, "packets=" + PACKETS));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return JsonMapper.shared().readTree(said);
    }

    private static void everyPacketCountsOnce(JsonNode found) {
        assertThat(found.path("sent").asLong()).isEqualTo(PACKETS);
        assertThat(found.path("dropped").asLong()).isZero();
        assertThat(found.path("seen").asLong()).isEqualTo(PACKETS);
        assertThat(found.path("stored").asLong()).isEqualTo(PACKETS);
        assertThat(found.path("classes")).isEqualTo(found.path("sent_classes"));
        assertThat(found.path("distinct")).isEqualTo(found.path("tuples"));
    }

    @Test
    void whatIsSentIsCountedByClass() throws IOException {
        JsonNode found = capture(FAR, NEAR);
        everyPacketCountsOnce(found);
        assertThat(found.path("clock").asString()).isEqualTo("kernel");
    }

    @Test
    void framesWithOneOrTwoVlanTagsAreCountedLikeThoseWithout() throws IOException {
        everyPacketCountsOnce(capture(FAR, NEAR, "tags=1", "filter=true"));
        everyPacketCountsOnce(capture(FAR, NEAR, "tags=2", "filter=true"));
    }

    @Test
    void theLoopbackGivesEachPacketOnceThoughItPassesTwice() throws IOException {
        everyPacketCountsOnce(capture("lo", "lo"));
    }

    @Test
    void whatTheMachineSendsItselfIsNotCounted() throws IOException {
        JsonNode found = capture(NEAR, NEAR, "packets=1000");

        assertThat(found.path("sent").asLong()).isEqualTo(1000);
        assertThat(found.path("seen").asLong()).isZero();
        assertThat(found.path("dropped").asLong()).isZero();
    }

    @Test
    void theFilterKeepsPacketsToOtherAddressesOutOfTheRing() throws IOException {
        JsonNode without = capture(FAR, NEAR, "filter=false", "dark=198.18.0.0/17");
        JsonNode with = capture(FAR, NEAR, "filter=true", "dark=198.18.0.0/17");

        assertThat(without.path("seen").asLong()).isEqualTo(PACKETS);
        assertThat(without.path("outside").asLong()).isPositive();
        assertThat(with.path("outside").asLong()).isZero();
        assertThat(with.path("seen")).isEqualTo(with.path("stored")).isEqualTo(without.path("stored"));
        assertThat(with.path("classes")).isEqualTo(without.path("classes"));
    }

    @Test
    void prefixesTooManyForAFilterAreToldAndLookedAtAfterTheRing() throws IOException {
        String scattered = IntStream.range(0, 1500)
                .mapToObj(i -> "198.18." + i / 6 + "." + i % 6 * 2)
                .collect(Collectors.joining(","));
        JsonNode found = capture(FAR, NEAR, "filter=true", "dark=" + scattered);

        assertThat(found.path("seen").asLong()).isEqualTo(PACKETS);
        assertThat(found.path("outside").asLong()).isPositive();
        assertThat(found.path("stored").asLong()).isPositive();
    }

    @Test
    void severalCoresCountEachPacketAndEachTupleOnce() throws IOException {
        JsonNode one = capture(FAR, NEAR, "filter=true");
        JsonNode two = capture(FAR, NEAR, "filter=true", "cores=2");
        JsonNode three = capture(FAR, NEAR, "cores=3", "tags=2");
        for (JsonNode found : List.of(one, two, three)) {
            everyPacketCountsOnce(found);
        }
        assertThat(one.path("lanes").asInt()).isEqualTo(1);
        assertThat(two.path("lanes").asInt()).isEqualTo(2);
        assertThat(three.path("lanes").asInt()).isEqualTo(3);
    }

    @Test
    void severalInterfacesAreOneSensorAndATupleOfBothIsOne() throws IOException, InterruptedException {
        network.exec("ip", "link", "add", "near2", "type", "veth", "peer", "name", "far2");
        network.exec("ip", "link", "set", "near2", "up");
        network.exec("ip", "link", "set", "far2", "up");
        everyPacketCountsOnce(capture(FAR + ",far2", NEAR + ",near2", "cores=2", "filter=true"));
    }

    @Test
    void anInterfaceWithoutHardwareTimeSaysSoAndTakesTheKernels() throws IOException {
        JsonNode found = capture(FAR, NEAR, "hardware=true");
        everyPacketCountsOnce(found);
        assertThat(found.path("clock").asString()).isEqualTo("kernel");
    }

    @Test
    void packetsOfATunnelWithoutEthernetAreCounted() throws IOException, InterruptedException {
        network.exec("ip", "tuntap", "add", "tun0", "mode", "tun");
        network.exec("ip", "link", "set", "tun0", "up");
        JsonNode found = capture("tun0", NEAR, "filter=true", "cores=2");
        everyPacketCountsOnce(found);
    }

    @Test
    void aReaderThatStallsLosesPacketsAndTellsExactlyHowMany() throws IOException {
        for (String cores : List.of("cores=1", "cores=2")) {
            JsonNode found = capture(FAR, NEAR, "packets=200000", "stall=true", "blocks=16", "filter=true", cores);
            long seen = found.path("seen").asLong();

            assertThat(found.path("sent").asLong()).isEqualTo(200_000);
            assertThat(found.path("dropped").asLong()).isPositive().isEqualTo(200_000 - seen);
            assertThat(found.path("ring_full").asLong()).isPositive();
            assertThat(seen).isPositive();
        }
    }
}
