package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sensors as processes of their own that send to Kafka: each tuple is there once, wherever Kafka was meanwhile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class KafkaSensorTest {
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private KafkaBroker broker;

    @SuppressWarnings("NullAway.Init")
    private Program early;

    @SuppressWarnings("NullAway.Init")
    private JsonNode earlyTruth;

    /** A sensor starts while nobody listens there. */
    @BeforeAll
    void startTooEarly(@TempDir Path shared) throws Exception {
        folder = shared;
        broker = new KafkaBroker();
        for (String topic : List.of("early", "restart", "forbidden")) {
            broker.topic(topic);
        }
        broker.forbid("forbidden");
        broker.stop();
        earlyTruth = generate("early", "--packets=60000");
        early = sensor("early", "early");
        early.awaitSaid("minutes wait in the spool: Kafka at " + broker.servers() + " does not take batches for early");
        broker.startAgain();
    }

    @AfterAll
    void stop() throws Exception {
        early.close();
        broker.close();
    }

    private JsonNode generate(String name, String... more) {
        Commands commands = new Commands();
        String capture = folder.resolve(name + ".pcap").toString();
        List<String> arguments = new ArrayList<>(List.of("generate", capture, "--profile=mixed"));
        arguments.addAll(Arrays.asList(more));
        assertThat(commands.run(arguments.toArray(String[]::new)))
                .as(commands.err())
                .isZero();
        assertThat(commands.run("analyze", "--json", "--darknet", RemoteSite.DARKNET, "--", capture))
                .as(commands.err())
                .isZero();
        return JsonMapper.shared().readTree(commands.out());
    }

    private Program sensor(String topic, String name) throws Exception {
        return Program.start(
                folder,
                "sensor",
                "--to=kafka://" + broker.servers() + "/" + topic,
                "--name=" + RemoteSite.SENSOR,
                "--darknet=" + RemoteSite.DARKNET,
                "--spool=" + folder.resolve("spool-" + topic.hashCode()),
                "--files=" + folder.resolve(name + ".pcap"));
    }

    @Test
    void aSensorThatWasThereBeforeKafkaSpoolsAndCatchesUp() throws Exception {
        assertThat(early.end()).as(early.err()).isZero();
        assertThat(early.out()).contains("All is sent.");
        assertThat(early.err()).contains("takes batches again").doesNotContain("\tat ");
        try (KafkaBatches batches = new KafkaBatches(broker.servers(), "early")) {
            batches.assertWhole(earlyTruth);
        }
    }

    @Test
    void aBrokerThatIsStartedAgainInTheMidstHasEveryTupleOnce() throws Exception {
        JsonNode truth = generate("restart", "--packets=200000");
        try (Program sensor = sensor("restart", "restart");
                KafkaBatches batches = new KafkaBatches(broker.servers(), "restart")) {
            batches.await(1);
            broker.stop();
            broker.startAgain();
            assertThat(sensor.end()).as(sensor.err()).isZero();
            assertThat(sensor.out()).contains("All is sent.");
            batches.assertWhole(truth);
        }
    }

    @Test
    void aTopicThatCanNotBeWrittenIsOneSentence() throws Exception {
        try (Program forbidden = sensor("forbidden", "early");
                Program nameless = sensor("..", "early");
                Program bad = sensor("a+b", "early")) {
            assertThat(bad.end()).isEqualTo(1);
            assertThat(bad.err()).contains("is not an address such as kafka://broker.example.org:9092/flowtuples");
            forbidden.awaitSaid("refuses writing to the topic forbidden: give this sensor the right to write it");
            nameless.awaitSaid("refuses the topic name ..");
            for (Program sensor : List.of(forbidden, nameless)) {
                assertThat(sensor.err()).doesNotContain("\tat ");
                assertThat(sensor.alive()).isTrue();
            }
        }
    }
}
