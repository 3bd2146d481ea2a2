package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tower that knows the remote sensor {@code osaka}, sensors that deliver to it, and captures with their truth. */
final class RemoteSite implements AutoCloseable {
    static final String SENSOR = "osaka";
    static final String DARKNET = "198.18.0.0/16";

    private static final String WHOLE = "from=2025-12-31T00:00:00Z&to=2026-01-03T00:00:00Z";

    private final Path folder;
    private final int port;
    private final Path keyFile;
    private Program tower;
    private boolean signedIn;

    /** Starts the tower; it is waited for when it is needed first. */
    RemoteSite(Path folder) throws IOException {
        this.folder = folder;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Files.writeString(folder.resolve("hinomi.yaml"), """
                port: %d
                offline: true
                sensors:
                  - {name: osaka, place: Osaka, latitude: 34.69, longitude: 135.5, darknet: [%s], remote: true}
                """.formatted(port, DARKNET));
        keyFile = folder.resolve("sensor.key");
        tower = startTower();
    }

    private Program startTower() throws IOException {
        return Program.start(folder, "run", "--data=" + data(), "--config=" + folder.resolve("hinomi.yaml"));
    }

    Path data() {
        return folder.resolve("data");
    }

    Path spool() {
        return folder.resolve("spool");
    }

    Path keyFile() throws IOException, InterruptedException {
        tower();
        return keyFile;
    }

    String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    /** The tower, once it watches and the sensor has a key. */
    Program tower() throws IOException, InterruptedException {
        if (!signedIn) {
            tower.signIn();
            Files.writeString(keyFile, tower.sensorKey(SENSOR) + "\n");
            signedIn = true;
        }
        return tower;
    }

    /** Kills the tower and starts it again. */
    void restart() throws IOException, InterruptedException {
        tower().kill();
        Program again = startTower();
        again.as(tower);
        tower = again;
    }

    /** A capture of made-up traffic, with what an analysis says of it. */
    JsonNode generate(Path capture, String... more) {
        Commands commands = new Commands();
        List<String> arguments = new ArrayList<>(List.of("generate", capture.toString()));
        arguments.addAll(Arrays.asList(more));
        assertThat(commands.run(arguments.toArray(String[]::new)))
                .as(commands.err())
                .isZero();
        assertThat(commands.run("analyze", "--json", "--darknet", DARKNET, "--", capture.toString()))
                .as(commands.err())
                .isZero();
        return JsonMapper.shared().readTree(commands.out());
    }

    /** A sensor that delivers a capture to the tower. */
    Program sensor(Path capture, String... more) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "sensor",
                "--to=" + url(),
                "--key-file=" + keyFile(),
                "--name=" + SENSOR,
                "--darknet=" + DARKNET,
                "--spool=" + spool(),
                "--files=" + capture));
        arguments.addAll(Arrays.asList(more));
        return Program.start(folder, arguments.toArray(String[]::new));
    }

    /** The tower's summary, when it has as many packets as it should or does not get there. */
    JsonNode summary(long packets) throws IOException, InterruptedException {
        JsonNode found = tower().ask("/api/v1/summary?sensor=osaka&" + WHOLE);
        for (int i = 0; i < 300 && found.path("packets").asLong() < packets; i++) {
            Thread.sleep(100);
            found = tower.ask("/api/v1/summary?sensor=osaka&" + WHOLE);
        }
        return found;
    }

    /** Checks that the tower has what an analysis of the same capture says. */
    void assertTruth(JsonNode truth) throws IOException, InterruptedException {
        JsonNode found = summary(truth.path("packets").asLong());
        for (String name : List.of("packets", "flow_tuples", "classes", "kinds")) {
            assertThat(found.path(name)).as(name).isEqualTo(truth.path(name));
        }
    }

    /** How the tower sees the sensor. */
    JsonNode status() throws IOException, InterruptedException {
        return tower().ask("/api/v1/sensors").get("items").get(0);
    }

    @Override
    public void close() throws InterruptedException {
        tower.close();
    }
}
