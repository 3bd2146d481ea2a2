package org.hinomi.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hinomi.scale.result.Database;
import org.hinomi.scale.result.ResultException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is not there at the start is waited for, with a sentence. */
@ExtendWith(Rig.Closing.class)
class OutsideTest {
    private static JobSettings waiting(JobSettings from, String kafka, Database results, int seconds) {
        return new JobSettings(
                kafka,
                from.topic(),
                from.group(),
                false,
                from.kafkaProperties(),
                results,
                Optional.empty(),
                1,
                seconds,
                from.knowledge());
    }

    private static int closedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void kafkaThatIsAwayIsNamed() throws Exception {
        String away = "localhost:" + closedPort();
        JobSettings settings =
                waiting(Rig.settings("away", Rig.database("away"), null), away, Rig.database("away2"), 0);
        assertThatThrownBy(() -> new Outside(settings, sentence -> {}).await())
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("Kafka at " + away + " does not answer (");
    }

    @Test
    void aTopicThatComesLaterIsWaitedFor() throws Exception {
        JobSettings from = Rig.settings("later", Rig.database("later"), null);
        CountDownLatch told = new CountDownLatch(1);
        CompletableFuture<String> sentence = new CompletableFuture<>();
        CompletableFuture<Void> ready = CompletableFuture.runAsync(
                () -> {
                    try {
                        new Outside(waiting(from, from.kafka(), from.results(), 60), amiss -> {
                                    sentence.complete(amiss);
                                    told.countDown();
                                })
                                .await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                runnable -> Thread.ofVirtual().start(runnable));
        assertThat(told.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(sentence.get()).contains("has no topic later; make it, or let a sensor send to it; trying again");
        Rig.topic("later", 1);
        ready.get(60, TimeUnit.SECONDS);
    }

    @Test
    void aDatabaseThatIsAwayIsNamedWithoutItsPassword() throws Exception {
        Rig.topic("nodatabase", 1);
        JobSettings from = Rig.settings("nodatabase", Rig.database("nodatabase"), null);
        Database away = new Database("jdbc:postgresql://localhost:" + closedPort() + "/x?password=secret", "", "");
        assertThatThrownBy(() -> new Outside(waiting(from, from.kafka(), away, 0), sentence -> {}).await())
                .hasMessageStartingWith("results can't be written to jdbc:postgresql://localhost:")
                .hasMessageNotContaining("secret");
    }

    @Test
    void tablesOfANewerVersionAreLeftAlone() throws Exception {
        Rig.topic("newer", 1);
        Database database = Rig.database("newer");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE hinomi_scale_schema (version INT NOT NULL)");
            statement.execute("INSERT INTO hinomi_scale_schema VALUES (2)");
        }
        JobSettings settings = Rig.settings("newer", database, null);
        assertThatThrownBy(() -> new Outside(settings, sentence -> {}).await())
                .isInstanceOf(ResultException.class)
                .hasMessage("the tables of results have version 2, this job knows 1; run a newer hinomi-flink.jar");
    }
}
