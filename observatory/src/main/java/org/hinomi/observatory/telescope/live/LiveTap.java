package org.hinomi.observatory.telescope.live;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.datasketches.hll.HllSketch;
import org.hinomi.kernel.observe.PacketWitness;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.kernel.packet.PacketHeader;
import org.hinomi.kernel.rollup.PortTest;

/**
 * Watches one sensor's packet path for the live map: a fair sample of the packets since it was last drained (reservoir
 * sampling, Vitter's algorithm R), and counts of the event-time day.
 */
public final class LiveTap implements PacketWitness, Tap {
    /** The most packets of a sample. */
    public static final int SAMPLE = 60;

    private static final long DAY_NANOS = 86_400_000_000_000L;
    private static final int SKETCH_LG_K = 12;

    private final PortTest iotPorts;
    private final SplittableRandom random = new SplittableRandom();
    private final LivePacket[] sample = new LivePacket[SAMPLE];
    private final long[] classes = new long[PacketClass.count()];
    private HllSketch sources = new HllSketch(SKETCH_LG_K);
    private long sinceDrained;
    private long day = Long.MIN_VALUE;
    private long total;
    private long synOrUdp;
    private long toIotPorts;
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;

    /** A tap that tells IoT ports by a set. */
    public LiveTap(PortTest iotPorts) {
        this.iotPorts = iotPorts;
    }

    /** A tap of the same kind, for another thread of the same sensor. */
    public LiveTap another() {
        return new LiveTap(iotPorts);
    }

    @Override
    public synchronized void seen(
            long nanos,
            PacketHeader header,
            long matches,
            MemorySegment bytes,
            long offset,
            int captured,
            int linkType) {
        int packetClass = PacketClass.of(header.protocol, header.tcpFlags, header.laterFragment);
        count(nanos, header, packetClass);
        long place = sinceDrained < SAMPLE ? sinceDrained : random.nextLong(sinceDrained + 1);
        sinceDrained++;
        if (place < SAMPLE) {
            sample[(int) place] = new LivePacket(
                    nanos, header.srcHi, header.srcLo, packetClass, header.protocol, header.dstPort, matches);
        }
    }

    private void count(long nanos, PacketHeader header, int packetClass) {
        long packetDay = Math.floorDiv(nanos, DAY_NANOS);
        if (packetDay > day) {
            day = packetDay;
            java.util.Arrays.fill(classes, 0);
            sources = new HllSketch(SKETCH_LG_K);
            synOrUdp = 0;
            toIotPorts = 0;
        }
        total++;
        firstNanos = Math.min(firstNanos, nanos);
        lastNanos = Math.max(lastNanos, nanos);
        if (packetDay < day) {
            return;
        }
        classes[packetClass]++;
        sources.update(header.srcHi * 0x9e3779b97f4a7c15L ^ header.srcLo);
        if (packetClass == PacketClass.TCP_SYN.ordinal() || packetClass == PacketClass.UDP.ordinal()) {
            synOrUdp++;
            boolean udp = packetClass == PacketClass.UDP.ordinal();
            toIotPorts += iotPorts.test(udp ? IpProtocol.UDP : IpProtocol.TCP, header.dstPort) ? 1 : 0;
        }
    }

    @Override
    public synchronized Drawn drain() {
        List<LivePacket> packets = new ArrayList<>();
        for (int i = 0; i < Math.min(sinceDrained, SAMPLE); i++) {
            packets.add(sample[i]);
        }
        Drawn drawn = new Drawn(sinceDrained, packets);
        sinceDrained = 0;
        return drawn;
    }

    @Override
    public synchronized Counts counts() {
        return new Counts(
                firstNanos, lastNanos, total, classes.clone(), sources.toCompactByteArray(), synOrUdp, toIotPorts);
    }
}
