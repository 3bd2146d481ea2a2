package org.hinomi.scale;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process of a Flink cluster, started from the jars that Maven resolved: what lies in {@code lib/} of Flink's own
 * distribution, and nothing of ours or of the job.
 */
record FlinkProcess(Process process, Path log) implements AutoCloseable {
    static final String JOB_MANAGER = "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    static final String TASK_MANAGER = "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
    static final String CLIENT = "org.apache.flink.client.cli.CliFrontend";

    /** What Flink's own configuration opens to itself. */
    private static final List<String> OPENED = List.of(
            "java.lang",
            "java.net",
            "java.io",
            "java.nio",
            "sun.nio.ch",
            "java.lang.reflect",
            "java.text",
            "java.time",
            "java.util",
            "java.util.concurrent",
            "java.util.concurrent.atomic",
            "java.util.concurrent.locks");

    private static final Path LOGGING =
            Path.of("target/test-classes/logback-test.xml").toAbsolutePath();

    private static final List<String> LIB = List.of(
            "/org/apache/flink/",
            "/snakeyaml-engine/",
            "/com/esotericsoftware/",
            "/org/objenesis/",
            "/commons-",
            "/org/apache/commons/",
            "/org/javassist/",
            "/org/roaringbitmap/",
            "/slf4j-api/",
            "/ch/qos/logback/",
            "/tools/profiler/",
            "/at/yawk/lz4/",
            "/org/xerial/snappy/");

    /** What the job's jar brings itself. */
    private static final String BROUGHT = ".*/flink-connector-(kafka|base|files)/.*";

    private static String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> LIB.stream().anyMatch(jar::contains) && !jar.matches(BROUGHT))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Writes the configuration of a cluster on loopback. */
    static void configure(Path folder) throws IOException {
        int[] ports = new int[2];
        try (ServerSocket one = new ServerSocket(0);
                ServerSocket other = new ServerSocket(0)) {
            ports[0] = one.getLocalPort();
            ports[1] = other.getLocalPort();
        }
        Files.writeString(folder.resolve("config.yaml"), """
                jobmanager.rpc.address: localhost
                jobmanager.rpc.port: %d
                jobmanager.bind-host: localhost
                rest.address: localhost
                rest.bind-address: localhost
                rest.port: %d
                taskmanager.host: localhost
                taskmanager.bind-host: localhost
                taskmanager.numberOfTaskSlots: 2
                taskmanager.cpu.cores: 2.0
                taskmanager.memory.framework.heap.size: 128m
                taskmanager.memory.framework.off-heap.size: 64m
                taskmanager.memory.task.heap.size: 256m
                taskmanager.memory.task.off-heap.size: 32m
                taskmanager.memory.network.min: 64m
                taskmanager.memory.network.max: 64m
                taskmanager.memory.managed.size: 16m
                taskmanager.memory.jvm-metaspace.size: 128m
                taskmanager.memory.jvm-overhead.min: 64m
                taskmanager.memory.jvm-overhead.max: 64m
                heartbeat.interval: 1000
                heartbeat.timeout: 6000
                restart-strategy.type: fixed-delay
                restart-strategy.fixed-delay.attempts: 1000
                restart-strategy.fixed-delay.delay: 1 s
                execution.checkpointing.dir: %s
                io.tmp.dirs: %s
                """.formatted(
                        ports[0], ports[1], folder.resolve("checkpoints").toUri(), folder.resolve("tmp")));
        Files.createDirectories(folder.resolve("tmp"));
    }

    static FlinkProcess start(Path java, Path folder, String name, String main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                java.resolve("bin/java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dlogback.configurationFile=" + LOGGING));
        OPENED.forEach(opened -> command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED"));
        command.addAll(List.of("-cp", classPath(), main));
        command.addAll(List.of(arguments));
        Path log = folder.resolve(name + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("FLINK_CONF_DIR", folder.toString());
        return new FlinkProcess(builder.start(), log);
    }

    static FlinkProcess jobManager(Path folder) throws IOException {
        return start(here(), folder, "job-manager", JOB_MANAGER, "--configDir", folder.toString());
    }

    static FlinkProcess taskManager(Path folder, String name) throws IOException {
        return start(here(), folder, name, TASK_MANAGER, "--configDir", folder.toString());
    }

    /** The Java that runs this test. */
    static Path here() {
        return Path.of(System.getProperty("java.home"));
    }

    /** Waits for its end and tells what it said. */
    String said() throws Exception {
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return Files.readString(log);
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
