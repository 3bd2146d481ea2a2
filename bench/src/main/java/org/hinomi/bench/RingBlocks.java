package org.hinomi.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowMinutes;
import org.hinomi.kernel.observe.PacketPath;
import org.hinomi.kernel.observe.PacketWitness;
import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.kernel.synthetic.Profile;
import org.hinomi.kernel.synthetic.Traffic;
import org.hinomi.kernel.synthetic.TrafficPlan;
import org.hinomi.observatory.capture.ring.RingBlock;
import org.hinomi.observatory.capture.ring.RingSettings;
import org.hinomi.observatory.telescope.KernelData;
import org.hinomi.observatory.telescope.live.LiveTap;

/**
 * Feeds the reader of ring blocks with made-up blocks as the kernel writes them, and prints packets a second of the
 * thread's CPU time: of the reader alone, to the flow table, and with the tap of the live map.
 */
public final class RingBlocks {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final int START = 82;
    private static final int PACKETS_A_MINUTE = 1_000_000;
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final int MOST_TUPLES = 1 << 21;
    private static final PrefixSet DARK = PrefixSet.of(List.of(Prefix.parse("198.18.0.0/16")));

    private final MemorySegment ring;
    private final int blocks;
    private final int packets;
    private final int minutes;
    private int block;
    private long next = RingBlock.HEADER;
    private long last = -1;
    private int inBlock;

    private RingBlocks(int packets) {
        this.packets = packets;
        this.minutes = Math.max(1, packets / PACKETS_A_MINUTE);
        this.blocks = (int) (packets * 256L / RingSettings.BLOCK) + 2;
        this.ring = Arena.global().allocate((long) blocks * RingSettings.BLOCK, 64);
        Traffic traffic = new Traffic(new TrafficPlan(Profile.MIXED, 3, 0, minutes * MINUTE_NANOS, DARK, packets));
        while (traffic.hasNext()) {
            traffic.emit((nanos, bytes, offset, captured, wire, linkType) -> add(nanos, bytes, offset, captured, wire));
        }
        end();
    }

    /** Arguments: packets, then rounds. */
    public static void main(String[] args) {
        RingBlocks blocks = new RingBlocks(args.length > 0 ? Integer.parseInt(args[0]) : 3_000_000);
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        FingerprintCatalogue catalogue = KernelData.fingerprints();
        System.out.println("| what                               |    packets |   core s |   Mpkt/s |");
        System.out.println("|------------------------------------|-----------:|---------:|---------:|");
        long[] sum = {0};
        blocks.row("ring blocks", rounds, (nanos, bytes, offset, captured, wire, linkType) -> sum[0] += captured);
        blocks.row("to the flow table", rounds, path(catalogue, PacketWitness.NONE));
        blocks.row("with the live map's tap", rounds, path(catalogue, new LiveTap(KernelData.ports())));
    }

    private static PacketPath path(FingerprintCatalogue catalogue, PacketWitness witness) {
        return new PacketPath(DARK, catalogue, new FlowMinutes(MOST_TUPLES, batch -> {}), witness);
    }

    private void row(String name, int rounds, FrameSink sink) {
        RingBlock reader = new RingBlock(false);
        double[] seconds = new double[rounds];
        for (int round = -1; round < rounds; round++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (int i = 0; i < block; i++) {
                reader.read(ring, (long) i * RingSettings.BLOCK, RingSettings.BLOCK, sink);
            }
            double took = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before) / 1e9;
            // The first round is for the compiler.
            if (round >= 0) {
                seconds[round] = took;
            }
            later();
        }
        Arrays.sort(seconds);
        double median = seconds[rounds / 2];
        System.out.printf(
                Locale.ROOT, "| %-34s | %10d | %8.2f | %8.2f |%n", name, packets, median, packets / median / 1e6);
    }

    private void add(long nanos, MemorySegment bytes, long offset, int captured, int wire) {
        if (next + START + captured > RingSettings.BLOCK) {
            end();
        }
        long at = (long) block * RingSettings.BLOCK + next;
        if (last >= 0) {
            ring.set(INT, (long) block * RingSettings.BLOCK + last, (int) (next - last));
        }
        ring.set(INT, at + 4, (int) (nanos / 1_000_000_000L));
        ring.set(INT, at + 8, (int) (nanos % 1_000_000_000L));
        ring.set(INT, at + 12, captured);
        ring.set(INT, at + 16, wire);
        ring.set(ValueLayout.JAVA_SHORT_UNALIGNED, at + 24, (short) START);
        MemorySegment.copy(bytes, offset, ring, at + START, captured);
        last = next;
        next += START + captured + 15 & ~15;
        inBlock++;
    }

    private void end() {
        long at = (long) block * RingSettings.BLOCK;
        ring.set(INT, at + 12, inBlock);
        ring.set(INT, at + 16, RingBlock.HEADER);
        block++;
        next = RingBlock.HEADER;
        last = -1;
        inBlock = 0;
    }

    /** Moves all packets on in time, so that the next round's are as new to the flow table. */
    private void later() {
        for (int i = 0; i < block; i++) {
            long at = (long) i * RingSettings.BLOCK;
            int count = ring.get(INT, at + 12);
            long packet = at + RingBlock.HEADER;
            for (int n = 0; n < count; n++) {
                ring.set(INT, packet + 4, ring.get(INT, packet + 4) + minutes * 60);
                packet += ring.get(INT, packet);
            }
        }
    }
}
