package org.hinomi.observatory.cli;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.UnaryOperator;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.packet.LinkType;
import org.hinomi.kernel.synthetic.Profile;
import org.hinomi.kernel.synthetic.Traffic;
import org.hinomi.kernel.synthetic.TrafficPlan;
import org.hinomi.kernel.synthetic.Truth;
import org.hinomi.observatory.capture.PcapWriter;
import org.hinomi.observatory.cli.config.ConfigFile;
import org.hinomi.observatory.cli.config.RunSettings;
import org.hinomi.observatory.cli.config.SensorSettings;
import org.hinomi.observatory.cli.config.SensorSettings.Source;
import org.hinomi.observatory.telescope.sensor.SensorRun;
import org.hinomi.observatory.telescope.sensor.Station;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tower that has played an hour of made-up traffic whose truth is known, and its administrator's session. */
final class PlayedTower implements AutoCloseable {
    /** Packets of the recording. */
    static final long PACKETS = 60_000;

    /** A range that holds the recording. */
    static final String WHOLE = "from=2026-01-01T00:00:00Z&to=2026-01-01T02:00:00Z";

    static final JsonMapper JSON = TowerSession.JSON;

    private static final long START = 1_767_225_600L;
    private final Tower tower;
    private final Truth truth;
    private final TowerSession session;

    PlayedTower(Path folder) throws Exception {
        this(folder, ConfigFile.defaults(folder.resolve("data")));
    }

    /** A tower with other settings. */
    PlayedTower(Path folder, UnaryOperator<RunSettings> other) throws Exception {
        this(folder, other.apply(ConfigFile.defaults(folder.resolve("data"))));
    }

    /** A tower with what a file says, but for its sensors. */
    PlayedTower(Path folder, Path config) throws Exception {
        this(folder, ConfigFile.read(config, folder.resolve("data")));
    }

    private PlayedTower(Path folder, RunSettings settings) throws Exception {
        Path capture = folder.resolve("hour.pcap");
        truth = generate(capture);
        SensorSettings sensor = new SensorSettings(
                "recording",
                "Tokyo",
                35.68,
                139.77,
                List.of(Prefix.parse("198.18.0.0/16")),
                new Source.Files(List.of(capture.toString()), Double.POSITIVE_INFINITY));
        tower = new Tower(
                settings.withPort(0).withOffline(true).withSensors(List.of(sensor)), InstantSource.system(), () -> {});
        for (Station station : tower.sensors().runs()) {
            ((SensorRun) station).join();
        }
        session = new TowerSession(tower);
        awaitPackets();
    }

    Tower tower() {
        return tower;
    }

    Truth truth() {
        return truth;
    }

    private static Truth generate(Path file) throws IOException {
        Traffic traffic = new Traffic(new TrafficPlan(
                Profile.MIXED,
                7,
                START * 1_000_000_000L,
                Duration.ofHours(1).toNanos(),
                TrafficPlan.USUAL_DARKNET,
                PACKETS));
        try (PcapWriter writer = PcapWriter.create(file, LinkType.ETHERNET, PcapWriter.Resolution.MICROSECONDS)) {
            traffic.emitAll(writer);
            writer.finish();
        }
        return traffic.truth();
    }

    private void awaitPackets() throws Exception {
        for (int i = 0; i < 600; i++) {
            if (get("/api/v1/summary?" + WHOLE).get("packets").asLong() == PACKETS
                    && get("/api/v1/top/ports?" + WHOLE).get("items").size() > 0) {
                return;
            }
            Thread.sleep(100);
        }
    }

    /** Asks as nobody. */
    HttpResponse<String> asVisitor(String path) throws Exception {
        return session.asVisitor(path);
    }

    /** Asks as the administrator. */
    HttpResponse<String> ask(String path) throws Exception {
        return session.ask(path);
    }

    /** Sends a body of any type, or none, as the administrator. */
    HttpResponse<String> send(String method, String path, String contentType, String body) throws Exception {
        return session.send(method, path, contentType, body);
    }

    /** What the administrator is answered. */
    JsonNode get(String path) throws Exception {
        return session.get(path);
    }

    /** A new API key with a role. */
    String keyFor(String role) throws Exception {
        return session.keyFor(role);
    }

    /** Asks with an API key. */
    HttpResponse<String> as(String key, String path) throws Exception {
        return session.as(key, path);
    }

    /** Asks with an API key, for a body of any kind. */
    <T> HttpResponse<T> as(String key, String path, BodyHandler<T> body) throws Exception {
        return session.as(key, path, body);
    }

    /** Posts with an API key. */
    HttpResponse<String> post(String key, String path, String body) throws Exception {
        return session.post(key, path, body);
    }

    /** Deletes with an API key; the status. */
    int delete(String key, String path) throws Exception {
        return session.delete(key, path);
    }

    @Override
    public void close() {
        tower.close();
    }
}
