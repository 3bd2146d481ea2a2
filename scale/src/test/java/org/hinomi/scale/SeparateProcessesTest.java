package org.hinomi.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hinomi.scale.result.Database;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The job's jar on a cluster whose parts are processes of their own, submitted with Flink's own command. */
@ExtendWith(Rig.Closing.class)
class SeparateProcessesTest {
    private static final Path JAR = Path.of("target/hinomi-flink.jar").toAbsolutePath();

    @TempDir
    Path folder;

    @BeforeAll
    static void theJarIsThere() {
        assumeTrue(Files.exists(JAR), "target/hinomi-flink.jar is made by mvn package; then mvn verify tests it");
    }

    private String submit(String topic, Database database) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "-d",
                "-p",
                "2",
                JAR.toString(),
                "--kafka",
                Rig.kafka(),
                "--topic",
                topic,
                "--results",
                database.url(),
                "--parquet",
                folder.resolve("parquet").toString(),
                "--darknet.golden",
                Rig.darknet(),
                "--checkpoint-seconds",
                "1"));
        Rig.knowledge()
                .parameters()
                .forEach((detector, values) -> values.forEach(
                        (name, value) -> arguments.addAll(List.of("--" + detector + "." + name, value.toString()))));
        try (FlinkProcess client = FlinkProcess.start(
                FlinkProcess.here(), folder, "client", FlinkProcess.CLIENT, arguments.toArray(String[]::new))) {
            return client.said();
        }
    }

    @Test
    void aTaskManagerThatIsKilledLosesNothingAndDoublesNothing() throws Exception {
        GoldenTrace trace = GoldenTrace.golden();
        Rig.topic("killed", 2);
        Database database = Rig.database("killed");
        Results results = new Results(database);
        FlinkProcess.configure(folder);
        try (FlinkProcess jobManager = FlinkProcess.jobManager(folder);
                FlinkProcess first = FlinkProcess.taskManager(folder, "first")) {
            assertThat(jobManager.process().isAlive()).isTrue();
            assertThat(submit("killed", database)).contains("Job has been submitted with JobID");
            Rig.send("killed", trace.batches(0, 60));
            Results.awaitAtLeast(1, () -> results.counts().getOrDefault("batches", 0L));
            Rig.send("killed", trace.batches(60, 90));
            first.kill();
            try (FlinkProcess second = FlinkProcess.taskManager(folder, "second")) {
                Rig.send("killed", trace.batches(90, trace.minutes.size()));
                Rig.send("killed", List.of(Map.entry("golden", trace.end())));
                Results.await(trace.rows(), results::detections);
                Results.await(trace.sums(), results::sums);
                Results.await(trace.tuples(), () -> ParquetFolder.tuples(folder.resolve("parquet")));
                assertThat(results.counts())
                        .containsEntry("batches", trace.minutes.size() + 1L)
                        .containsEntry("tuples", trace.tuples())
                        .doesNotContainKey("duplicate_parts");
                assertThat(second.process().isAlive()).isTrue();
            }
        }
    }

    @Test
    void anOlderJavaIsToldWhichOneIsNeeded() throws Exception {
        Path old;
        assumeTrue(Files.isDirectory(Path.of("/usr/lib/jvm")), "there is no /usr/lib/jvm with a Java 17 to try");
        try (Stream<Path> all = Files.list(Path.of("/usr/lib/jvm"))) {
            old = all.filter(java -> java.getFileName().toString().matches("(java|temurin)-17.*"))
                    .filter(java -> Files.isExecutable(java.resolve("bin/java")))
                    .findFirst()
                    .orElse(null);
        }
        assumeTrue(old != null, "there is no Java 17 in /usr/lib/jvm to try");
        FlinkProcess.configure(folder);
        try (FlinkProcess client =
                FlinkProcess.start(old, folder, "old", FlinkProcess.CLIENT, "run", JAR.toString(), "--help")) {
            assertThat(client.said()).contains("hinomi-flink: needs Java 25 or newer, and this is Java 17");
        }
    }
}
