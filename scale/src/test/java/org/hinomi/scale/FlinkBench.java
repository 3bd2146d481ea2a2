package org.hinomi.scale;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.hinomi.kernel.flow.FlowBlock;
import org.hinomi.kernel.synthetic.Profile;
import org.hinomi.wire.batch.BatchHeader;
import org.hinomi.wire.batch.Batches;
import org.hinomi.wire.batch.Part;

/**
 * Measures the job: flow tuples a second with checkpoints, and CPU time a tuple on 1, 2 and 4 partitions. Not a test;
 * {@code bench/run flink} runs it. The topic is full before the job starts. Seconds are those between the first and the
 * last checkpoint that wrote results; CPU is that of the threads of the job's steps and its Kafka readers, without the
 * broker, the database and the collector.
 */
final class FlinkBench {
    private static final int SENSORS = 8;
    private static final int CHECKPOINT_SECONDS = 10;

    private FlinkBench() {}

    /** Takes how many packets to make up. */
    @SuppressWarnings("SystemOut") // the output of a command
    public static void main(String[] arguments) throws Exception {
        int packets = Integer.parseInt(arguments[0]);
        System.out.printf(
                Locale.ROOT,
                "| %-28s | %10s | %8s | %10s | %12s |%n",
                "flink",
                "tuples",
                "s",
                "tuples/s",
                "CPU ns/tuple");
        System.out.println("|------------------------------|-----------:|---------:|-----------:|-------------:|");
        GoldenTrace trace = new GoldenTrace("bench", Profile.MIXED, 1, packets / SENSORS, Duration.ofHours(1));
        for (int partitions : new int[] {2, 1, 2, 4}) {
            measure(trace, partitions);
        }
        System.exit(0);
    }

    private static byte[] batch(GoldenTrace trace, String sensor, int minute) {
        FlowBlock block = trace.minutes.get(minute);
        Part part = new Part(minute + 1, block.time(), block.size(), GoldenTrace.packets(block), false);
        BatchHeader header = new BatchHeader(sensor, "0a", List.of(part), GoldenTrace.report(block.time()));
        return Batches.encode(header, GoldenTrace.CATALOGUE, List.of(block));
    }

    private static void fill(GoldenTrace trace, String topic) throws Exception {
        for (int minute = 0; minute < trace.minutes.size(); minute++) {
            List<Map.Entry<String, byte[]>> batches = new ArrayList<>();
            for (int sensor = 0; sensor < SENSORS; sensor++) {
                batches.add(Map.entry("sensor-" + sensor, batch(trace, "sensor-" + sensor, minute)));
            }
            Rig.send(topic, batches);
        }
    }

    private static int run;

    @SuppressWarnings("SystemOut") // the output of a command
    private static void measure(GoldenTrace trace, int partitions) throws Exception {
        String name = "bench" + run++;
        Rig.topic(name, partitions);
        fill(trace, name);
        Path folder = Files.createTempDirectory("hinomi-bench");
        JobSettings settings = Rig.settings(name, Rig.database(name), folder, CHECKPOINT_SECONDS);
        new Outside(settings, System.err::println).await();
        Results results = new Results(settings.results());
        long total = trace.tuples() * SENSORS;
        JobID job = Rig.submit(settings, partitions);
        long firstNanos = 0;
        long first = 0;
        long now = 0;
        Map<Long, Long> cpu = new TreeMap<>();
        while (now < total) {
            TimeUnit.MILLISECONDS.sleep(100);
            threads(cpu);
            now = results.counts().getOrDefault("tuples", 0L);
            if (first == 0 && now > 0) {
                first = now;
                firstNanos = System.nanoTime();
            }
        }
        double seconds = (System.nanoTime() - firstNanos) / 1e9;
        threads(cpu);
        long nanos = cpu.values().stream().mapToLong(Long::longValue).sum();
        System.out.printf(
                Locale.ROOT,
                "| %-28s | %10d | %8.1f | %10.0f | %12.0f |%n",
                partitions + " partitions, parallelism " + partitions + (run == 1 ? " (cold)" : ""),
                total,
                seconds,
                (total - first) / seconds,
                (double) nanos / total);
        Rig.cancel(job);
    }

    /** CPU time so far of each thread of the job, also of those that are over. */
    private static void threads(Map<Long, Long> cpu) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            ThreadGroup group = thread.getThreadGroup();
            boolean task = group != null && group.getName().equals("Flink Task Threads");
            if (task || thread.getName().startsWith("Source Data Fetcher")) {
                cpu.merge(thread.threadId(), threads.getThreadCpuTime(thread.threadId()), Math::max);
            }
        }
    }
}
