package org.hinomi.observatory.capture.ring;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.observe.PacketWitness;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.kernel.synthetic.Profile;
import org.hinomi.kernel.synthetic.Traffic;
import org.hinomi.kernel.synthetic.TrafficPlan;
import org.hinomi.observatory.telescope.KernelData;
import org.hinomi.observatory.telescope.live.LiveTap;
import org.hinomi.observatory.telescope.sensor.InterfaceSource;
import org.hinomi.observatory.telescope.sensor.Sensor;
import org.hinomi.observatory.telescope.sensor.SensorRun;
import tools.jackson.databind.json.JsonMapper;

/**
 * Captures as a sensor from interfaces what it sends out of others, in the network it was started in, and prints what
 * it sent, counted and lost. Arguments are {@code key=value}: from, to (separated by commas), packets, tags, stall,
 * cores, filter, blocks, dark, hardware; a name that begins with tun is a tunnel of its own.
 */
public final class LiveCapture {
    private static final PrefixSet DARKNET = PrefixSet.of(List.of(Prefix.parse("198.18.0.0/16")));
    private static final int PACE = 1000;
    private static final int MOST_WAITS = 10_000;
    private static final long QUIET = Duration.ofSeconds(4).toNanos();

    private final Map<String, String> options = new LinkedHashMap<>();
    private final CountDownLatch sent = new CountDownLatch(1);
    private final Map<PacketClass, Long> classes = new EnumMap<>(PacketClass.class);
    private final Set<FlowKey> keys = new HashSet<>();
    private final InstantSource clock = InstantSource.system();
    private final Queue<Long> waits = new ConcurrentLinkedQueue<>();
    private long tuples;
    private long packets;

    private record FlowKey(long time, List<Long> fields) {}

    private LiveCapture(String[] arguments) {
        for (String argument : arguments) {
            options.put(argument.substring(0, argument.indexOf('=')), argument.substring(argument.indexOf('=') + 1));
        }
    }

    /** The command line. */
    public static void main(String[] arguments) throws InterruptedException {
        System.out.println(JsonMapper.shared().writeValueAsString(new LiveCapture(arguments).run()));
    }

    private int number(String key, int otherwise) {
        return Integer.parseInt(options.getOrDefault(key, Integer.toString(otherwise)));
    }

    private boolean flag(String key) {
        return Boolean.parseBoolean(options.getOrDefault(key, "false"));
    }

    private static byte[] tags(int count) {
        byte[] tags = new byte[count * 4];
        for (int at = 0; at < tags.length; at += 4) {
            tags[at] = (byte) (at == 0 && tags.length > 4 ? 0x88 : 0x81);
            tags[at + 1] = (byte) (at == 0 && tags.length > 4 ? 0xa8 : 0x00);
            tags[at + 3] = 42;
        }
        return tags;
    }

    private SensorRun sensor(PrefixSet dark, List<PacketWitness> stalling) {
        int cores = number("cores", 1);
        List<RingSettings> rings = Arrays.stream(
                        options.getOrDefault("from", "").split(","))
                .map(name -> new RingSettings(
                        name,
                        false,
                        flag("filter"),
                        flag("hardware"),
                        cores,
                        RingSettings.BLOCK,
                        number("blocks", RingSettings.RING / RingSettings.BLOCK)))
                .toList();
        return new SensorRun(
                new Sensor("test", "", 0, 0, Sensor.Origin.LIVE, dark),
                new InterfaceSource(rings, dark, InstantSource.system()),
                KernelData.fingerprints(),
                1 << 20,
                this::minute,
                new LiveTap(KernelData.ports()),
                () -> stalling);
    }

    private void minute(FlowBatch batch) {
        FlowRow row = new FlowRow();
        tuples += batch.size();
        for (int i = 0; i < batch.size(); i++) {
            batch.read(i, row);
            packets += row.packetCnt;
            classes.merge(PacketClass.at(row.packetClass()), row.packetCnt, Long::sum);
            keys.add(new FlowKey(
                    batch.time(),
                    List.of(
                            row.srcHi,
                            row.srcLo,
                            row.dstHi,
                            row.dstLo,
                            (long) row.srcPort << 32 | row.dstPort,
                            (long) row.protocol << 32 | row.ttl << 8 | row.tcpFlags,
                            (long) row.ipLen << 1 | (row.laterFragment ? 1 : 0))));
        }
    }

    private Map<String, Object> run() throws InterruptedException {
        PacketWitness stall = (nanos, header, matches, bytes, offset, captured, linkType) -> {
            try {
                sent.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        PrefixSet dark = options.containsKey("dark")
                ? PrefixSet.of(Arrays.stream(options.getOrDefault("dark", "").split(","))
                        .map(Prefix::parse)
                        .toList())
                : DARKNET;
        Traffic traffic = new Traffic(
                new TrafficPlan(Profile.MIXED, 11, 0, Duration.ofHours(1).toNanos(), DARKNET, number("packets", 1000)));
        String from = options.getOrDefault("from", "");
        Optional<TunSender> tunnel = from.startsWith("tun") ? Optional.of(new TunSender(from)) : Optional.empty();
        PacketWitness watch = (nanos, header, matches, bytes, offset, captured, linkType) -> {
            if (waits.size() < MOST_WAITS) {
                Instant now = clock.instant();
                waits.add(now.getEpochSecond() * 1_000_000_000L + now.getNano() - nanos);
            }
        };
        SensorRun run = sensor(dark, List.of(flag("stall") ? stall : watch));
        run.start();
        while (run.sinceNanos() == Long.MIN_VALUE) {
            Thread.sleep(10);
        }
        long sending = tunnel.isPresent() ? tunnel.get().send(traffic) : send(traffic);
        sent.countDown();
        awaitAll(run, sending);
        Map<String, Object> told = new LinkedHashMap<>();
        told.put(
                "lanes",
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("sensor test"))
                        .count());
        run.close();
        told.put("sent", sending);
        told.put("seen", run.packets() + run.outside() + run.refused());
        told.put("outside", run.outside());
        told.put("stored", packets);
        told.put("dropped", run.dropped());
        told.put("ring_full", run.figures().ringFull());
        told.put("clock", run.figures().clock().orElse(""));
        told.put(
                "wait_millis",
                waits.isEmpty() ? 0 : waits.stream().sorted().toList().get(waits.size() / 2) / 1_000_000);
        told.put("tuples", tuples);
        told.put("distinct", keys.size());
        told.put("classes", named(classes));
        told.put("sent_classes", named(traffic.truth().classes()));
        return told;
    }

    private long send(Traffic traffic) throws InterruptedException {
        String[] to = options.getOrDefault("to", "").split(",");
        byte[] tags = tags(number("tags", 0));
        long count = 0;
        try (FrameSender sender = new FrameSender(to[0], tags);
                FrameSender other = new FrameSender(to[to.length - 1], tags)) {
            while (traffic.hasNext()) {
                traffic.emit(count % 2 == 0 ? sender : other);
                count++;
                if (!flag("stall") && count % PACE == 0) {
                    Thread.sleep(5);
                }
            }
            return sender.sent() + other.sent();
        }
    }

    /** Waits until all that was sent is seen or lost, or nothing has come for a while. */
    private static void awaitAll(SensorRun run, long sent) throws InterruptedException {
        long before = -1;
        long since = System.nanoTime();
        while (System.nanoTime() - since < QUIET) {
            long now = run.packets() + run.outside() + run.refused() + run.dropped();
            if (now >= sent) {
                return;
            }
            if (now != before) {
                before = now;
                since = System.nanoTime();
            }
            Thread.sleep(20);
        }
    }

    private static Map<String, Long> named(Map<PacketClass, Long> counts) {
        Map<String, Long> named = new LinkedHashMap<>();
        for (PacketClass each : PacketClass.values()) {
            named.put(each.id(), counts.getOrDefault(each, 0L));
        }
        return named;
    }
}
