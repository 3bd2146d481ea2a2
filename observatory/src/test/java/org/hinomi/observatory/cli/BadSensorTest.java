package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hinomi.observatory.store.control.ControlStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sensors that can't deliver: one sentence, exit code 1. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadSensorTest {
    private final Commands commands = new Commands();

    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private RemoteSite site;

    @SuppressWarnings("NullAway.Init")
    private Path key;

    @SuppressWarnings("NullAway.Init")
    private String capture;

    @BeforeAll
    void startATower(@TempDir Path temporary) throws Exception {
        folder = temporary;
        site = new RemoteSite(folder);
        key = site.keyFile();
        capture = folder.resolve("a.pcap").toString();
        assertThat(commands.run("generate", capture, "--packets=10")).isZero();
    }

    @AfterAll
    void stop() throws Exception {
        site.close();
    }

    /** Options of a sensor that could deliver, with others in the place of some. */
    private void fails(String sentence, String... others) {
        List<String> arguments = new ArrayList<>(List.of("sensor"));
        for (String usual : List.of(
                "--to=" + site.url(),
                "--key-file=" + key,
                "--name=osaka",
                "--darknet=198.18.0.0/16",
                "--files=" + capture,
                "--spool=" + folder.resolve("unused"))) {
            String option = usual.substring(0, usual.indexOf('='));
            boolean replaced = List.of(others).stream().anyMatch(other -> other.startsWith(option));
            if (!replaced) {
                arguments.add(usual);
            }
        }
        List.of(others).stream().filter(other -> !other.endsWith("=")).forEach(arguments::add);
        assertThat(commands.run(arguments.toArray(String[]::new)))
                .as(commands.err() + commands.out())
                .isEqualTo(1);
        assertThat(commands.err())
                .startsWith("hinomi: ")
                .contains(sentence)
                .doesNotContain("\tat ")
                .hasLineCount(1);
    }

    private String keyFile(String name, String key) throws IOException {
        return "--key-file=" + Files.writeString(folder.resolve(name), key + "\n");
    }

    @Test
    void aMissingOptionIsNamed() {
        fails("a sensor needs --to", "--to=");
        fails("a sensor needs --name", "--name=");
        fails("a sensor needs --darknet", "--darknet=");
        fails("a sensor needs --interface or --files", "--files=");
        fails("a sensor needs --key-file", "--key-file=");
    }

    @Test
    void anAddressThatIsNoneOrInTheClearIsTold() {
        fails("is not an address such as https://", "--to=tower.example.org");
        fails("would send dark addresses in the clear; use https", "--to=http://tower.example.org/");
        fails("is not an address such as kafka://", "--to=kafka://broker.example.org/");
    }

    @Test
    void aKeyThatIsNoneWrongOfAnotherSensorOrExpiredIsTold() throws Exception {
        fails("does not hold a sensor's key", keyFile("a.key", "hk_something"));
        fails("none.key can't be read", "--key-file=" + folder.resolve("none.key"));
        fails("This sensor key is not, or no longer, valid", keyFile("b.key", "hs_" + "x".repeat(43)));
        String kyoto = keyFile("kyoto.key", site.tower().sensorKey("kyoto"));
        fails("is for the sensor 'kyoto' alone", kyoto);
        fails("This tower knows no sensor 'kyoto'; add it to 'sensors'", kyoto, "--name=kyoto");
        String old = keyFile("old.key", site.tower().sensorKey("osaka"));
        try (ControlStore control = ControlStore.open(site.data())) {
            control.jdbi()
                    .useHandle(handle -> handle.execute(
                            "UPDATE sensor_key SET expires_us = 1 WHERE created_us = (SELECT max(created_us)"
                                    + " FROM sensor_key)"));
        }
        fails("This sensor key expired at 1970-01-01T00:00:00.000001Z; make another one", old);
    }

    @Test
    void darkAddressesThatTheTowerDoesNotKnowAreTold() {
        fails("does not have the dark prefix 192.0.2.0/24 for sensor osaka", "--darknet=192.0.2.0/24");
    }

    @Test
    void anAddressWithoutATowerIsTold() throws IOException {
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        other.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        other.start();
        String url = "http://127.0.0.1:" + other.getAddress().getPort() + "/";
        fails("there is no Hinomi tower at " + url + " (it answers 200", "--to=" + url);
        other.stop(0);
    }

    @Test
    void aSpoolThatCantBeUsedIsTold() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        fails("the spool " + file + " can't be written", "--spool=" + file);
        Path busy = Files.createDirectory(folder.resolve("busy"));
        try (RandomAccessFile lock = new RandomAccessFile(busy.resolve("lock").toFile(), "rw");
                FileLock held = lock.getChannel().lock()) {
            assertThat(held.isValid()).isTrue();
            fails("is in use by another sensor; stop that one", "--spool=" + busy);
        }
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.writeString(other.resolve("sensor"), "nara\n");
        fails("is of sensor 'nara'; start that one", "--spool=" + other);
    }

    @Test
    void aWrongConfigurationIsToldWithItsPlace() throws IOException {
        Path config = Files.writeString(folder.resolve("s.yaml"), "spol: x\n");
        fails(config + ": unknown key 'spol'", "--config=" + config);
        Files.writeString(config, "spool_full: never\n");
        fails("'never' is neither drop_oldest nor drop_newest", "--config=" + config);
    }

    @Test
    void aKafkaThatIsAwayIsToldAndTheSensorGoesOn() throws Exception {
        try (Program sensor = Program.start(
                folder,
                "sensor",
                "--to=kafka://127.0.0.1:9/flowtuples",
                "--name=osaka",
                "--darknet=198.18.0.0/16",
                "--files=" + capture,
                "--spool=" + folder.resolve("kafka-spool"))) {
            sensor.awaitSaid("minutes wait in the spool: Kafka at 127.0.0.1:9 does not take batches for flowtuples");
            assertThat(sensor.alive()).isTrue();
            sensor.stop();
            assertThat(sensor.out()).contains("wait in " + folder.resolve("kafka-spool") + " for the next start");
        }
    }
}
