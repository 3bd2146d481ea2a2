package org.hinomi.observatory.capture.ring;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.flow.FlowMinutes;
import org.hinomi.kernel.observe.PacketPath;
import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.kernel.synthetic.Profile;
import org.hinomi.kernel.synthetic.Traffic;
import org.hinomi.kernel.synthetic.TrafficPlan;
import org.hinomi.observatory.telescope.KernelData;
import org.hinomi.observatory.telescope.sensor.InterfaceSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Captures from one interface what it sends out of another, in the network it was started in, and prints what it sent,
 * counted and lost. Arguments: interface to capture from, to send to, packets, VLAN tags, whether the reader stalls.
 */
public final class LiveCapture {
    private static final PrefixSet DARKNET = PrefixSet.of(List.of(Prefix.parse("198.18.0.0/16")));
    private static final int PACE = 1000;

    private final InterfaceSource source;
    private final Map<PacketClass, Long> classes = new HashMap<>();
    private final CountDownLatch sent = new CountDownLatch(1);
    private final CountDownLatch quiet = new CountDownLatch(1);
    private final boolean stalls;
    private final PacketPath path;

    private LiveCapture(String from, boolean stalls) {
        this.source = new InterfaceSource(from, false, InstantSource.system());
        this.stalls = stalls;
        this.path = new PacketPath(
                DARKNET,
                KernelData.fingerprints(),
                new FlowMinutes(1 << 20, batch -> {}),
                (nanos, header, matches, bytes, offset, captured, linkType) -> classes.merge(
                        PacketClass.at(PacketClass.of(header.protocol, header.tcpFlags, header.laterFragment)),
                        1L,
                        Long::sum));
    }

    /** The command line. */
    public static void main(String[] arguments) throws InterruptedException {
        byte[] tags = new byte[Integer.parseInt(arguments[3]) * 4];
        for (int at = 0; at < tags.length; at += 4) {
            tags[at] = (byte) (at == 0 && tags.length > 4 ? 0x88 : 0x81);
            tags[at + 1] = (byte) (at == 0 && tags.length > 4 ? 0xa8 : 0x00);
            tags[at + 3] = 42;
        }
        LiveCapture capture = new LiveCapture(arguments[0], Boolean.parseBoolean(arguments[4]));
        System.out.println(
                JsonMapper.shared().writeValueAsString(capture.run(arguments[1], Long.parseLong(arguments[2]), tags)));
    }

    private Map<String, Object> run(String to, long packets, byte[] tags) throws InterruptedException {
        source.open();
        Thread thread = new Thread(() -> source.run(stalling(path), now -> noteQuiet()));
        thread.start();
        Traffic traffic = new Traffic(
                new TrafficPlan(Profile.MIXED, 11, 0, Duration.ofHours(1).toNanos(), DARKNET, packets));
        try (FrameSender sender = new FrameSender(to, tags)) {
            while (traffic.hasNext()) {
                traffic.emit(sender);
                if (!stalls && sender.sent() % PACE == 0) {
                    Thread.sleep(5);
                }
            }
            sent.countDown();
            quiet.await(60, TimeUnit.SECONDS);
            thread.interrupt();
            thread.join();
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("sent", sender.sent());
            told.put("captured", path.packets());
            told.put("dropped", source.dropped());
            told.put("classes", named(classes));
            told.put("sent_classes", named(traffic.truth().classes()));
            return told;
        }
    }

    private static Map<String, Long> named(Map<PacketClass, Long> counts) {
        Map<String, Long> named = new LinkedHashMap<>();
        for (PacketClass each : PacketClass.values()) {
            named.put(each.id(), counts.getOrDefault(each, 0L));
        }
        return named;
    }

    private void noteQuiet() {
        if (sent.getCount() == 0) {
            quiet.countDown();
        }
    }

    private FrameSink stalling(FrameSink sink) {
        return (long nanos, MemorySegment bytes, long offset, int captured, int wire, int linkType) -> {
            if (stalls) {
                try {
                    sent.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            sink.frame(nanos, bytes, offset, captured, wire, linkType);
        };
    }
}
