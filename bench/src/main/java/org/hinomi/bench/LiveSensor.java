package org.hinomi.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.observatory.capture.ring.RingSettings;
import org.hinomi.observatory.telescope.KernelData;
import org.hinomi.observatory.telescope.live.LiveTap;
import org.hinomi.observatory.telescope.sensor.InterfaceSource;
import org.hinomi.observatory.telescope.sensor.Sensor;
import org.hinomi.observatory.telescope.sensor.SensorRun;

/**
 * A live sensor without storage, from the interface to the flow table and the live map's tap. Says "ready", captures
 * until its standard input ends, and prints packets seen and dropped and nanoseconds of its readers' CPU time a
 * packet, all since the last line of its input.
 */
public final class LiveSensor {
    private static final PrefixSet DARK = PrefixSet.of(List.of(Prefix.parse("198.18.0.0/16")));
    private static final int MOST_TUPLES = 1 << 22;

    private LiveSensor() {}

    /** Arguments: interface, cores, whether to filter. */
    public static void main(String[] args) throws IOException, InterruptedException {
        RingSettings ring = new RingSettings(
                args[0],
                false,
                Boolean.parseBoolean(args[2]),
                false,
                Integer.parseInt(args[1]),
                RingSettings.BLOCK,
                RingSettings.RING / RingSettings.BLOCK);
        SensorRun run = new SensorRun(
                new Sensor("bench", "", 0, 0, Sensor.Origin.LIVE, DARK),
                new InterfaceSource(List.of(ring), DARK, InstantSource.system()),
                KernelData.fingerprints(),
                MOST_TUPLES,
                batch -> {},
                new LiveTap(KernelData.ports()),
                List::of);
        run.start();
        while (run.sinceNanos() == Long.MIN_VALUE) {
            Thread.sleep(10);
        }
        System.out.println("ready");
        Start start = new Start(run);
        for (int read = System.in.read(); read >= 0; read = System.in.read()) {
            awaitQuiet(run);
            start = new Start(run);
            System.out.println("counting");
        }
        awaitQuiet(run);
        long packets = run.packets() - start.packets;
        long cpu = 0;
        for (Map.Entry<Long, Long> after : cpuNanos().entrySet()) {
            cpu += after.getValue() - start.cpu.getOrDefault(after.getKey(), 0L);
        }
        run.close();
        System.out.printf(
                Locale.ROOT,
                "%d %d %.0f%n",
                packets,
                run.dropped() - start.dropped,
                (double) cpu / Math.max(1, packets));
    }

    private static final class Start {
        private final long packets;
        private final long dropped;
        private final Map<Long, Long> cpu;

        private Start(SensorRun run) {
            packets = run.packets();
            dropped = run.dropped();
            cpu = cpuNanos();
        }
    }

    private static void awaitQuiet(SensorRun run) throws InterruptedException {
        for (long before = -1; run.packets() != before; ) {
            before = run.packets();
            Thread.sleep(500);
        }
    }

    /** What the threads that read have used so far. */
    private static Map<Long, Long> cpuNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<Long, Long> nanos = new HashMap<>();
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("sensor bench"))
                .forEach(thread -> nanos.put(thread.threadId(), threads.getThreadCpuTime(thread.threadId())));
        return nanos;
    }
}
