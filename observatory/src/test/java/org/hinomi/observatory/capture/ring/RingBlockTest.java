package org.hinomi.observatory.capture.ring;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.hinomi.kernel.flow.FlowMinutes;
import org.hinomi.kernel.observe.PacketPath;
import org.hinomi.kernel.observe.PacketWitness;
import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.kernel.packet.LinkType;
import org.hinomi.kernel.synthetic.Profile;
import org.hinomi.kernel.synthetic.Traffic;
import org.hinomi.kernel.synthetic.TrafficPlan;
import org.hinomi.observatory.telescope.KernelData;
import org.junit.jupiter.api.Test;

/** Blocks are read as they were written, and lying ones never beyond their end. */
class RingBlockTest {
    private static final int SIZE = 4096;
    private static final int BEFORE = 512;

    private final MemorySegment ring = MemorySegment.ofArray(new byte[BEFORE + SIZE + 512]);
    private final MemorySegment block = ring.asSlice(BEFORE, SIZE);
    private final List<String> frames = new ArrayList<>();
    private final RingBlock reader = new RingBlock(false);

    private final FrameSink sink = (nanos, bytes, offset, captured, wire, linkType) -> {
        assertThat(captured).isNotNegative();
        assertThat(offset).isGreaterThanOrEqualTo(BEFORE + RingBlock.HEADER);
        assertThat(offset + captured).isLessThanOrEqualTo(BEFORE + SIZE);
        frames.add(nanos + " " + captured + " " + wire + " " + linkType);
    };

    private void read() {
        reader.read(ring, BEFORE, SIZE, sink);
    }

    private BlockWriter full() {
        BlockWriter writer = new BlockWriter(block);
        byte[] frame = new byte[54];
        int number = 0;
        while (writer.add(1_767_225_600_000_000_007L + number, MemorySegment.ofArray(frame), 0, 54, 60, 0x0800)) {
            number++;
        }
        return writer;
    }

    private void set(long at, int value) {
        block.set(ValueLayout.JAVA_INT_UNALIGNED, at, value);
    }

    @Test
    void everyPacketOfABlockIsGivenWithItsTimeAndLengths() {
        BlockWriter writer = full();
        read();
        assertThat(frames).hasSize(writer.packets()).first().isEqualTo("1767225600000000007 54 60 1");
        assertThat(reader.frames()).isEqualTo(writer.packets());
        assertThat(reader.damaged()).isZero();
        assertThat(reader.hardwareTimes()).isZero();
    }

    @Test
    void theLinkTypeOfAPacketWithoutLinkLayerIsItsProtocol() {
        BlockWriter writer = new BlockWriter(block);
        byte[] packet = new byte[40];
        writer.add(0, MemorySegment.ofArray(packet), 0, 40, 40, 0x0800);
        writer.add(0, MemorySegment.ofArray(packet), 0, 40, 40, 0x86dd);
        writer.add(0, MemorySegment.ofArray(packet), 0, 40, 40, 0x0806);
        new RingBlock(true).read(ring, BEFORE, SIZE, sink);
        assertThat(frames).containsExactly("0 40 40 " + LinkType.IPV4, "0 40 40 " + LinkType.IPV6, "0 40 40 " + 0xffff);
    }

    @Test
    void hardwareTimesAreToldAndOutgoingPacketsAreLeftOut() {
        BlockWriter writer = new BlockWriter(block);
        writer.add(0, MemorySegment.ofArray(new byte[40]), 0, 40, 40, 0x0800);
        set(RingBlock.HEADER + 20, 1 << 31 | 1);
        read();
        assertThat(reader.hardwareTimes()).isEqualTo(1);
        block.set(ValueLayout.JAVA_BYTE, RingBlock.HEADER + 58, (byte) 4);
        read();
        assertThat(frames).hasSize(1);
    }

    @Test
    void aCountThatLiesEndsWithTheBlock() {
        int packets = full().packets();
        set(12, -1);
        read();
        assertThat(frames).hasSize(packets);
        assertThat(reader.damaged()).isEqualTo(1);
    }

    @Test
    void offsetsAndLengthsThatLieEndTheReading() {
        long first = RingBlock.HEADER;
        long[][] lies = {
            {16, 0},
            {16, 47},
            {16, SIZE - 67},
            {16, -1},
            {16, Integer.MIN_VALUE},
            {first, 0},
            {first, 67},
            {first, -4},
            {first, SIZE},
            {first + 12, -1},
            {first + 12, SIZE},
            {first + 12, Integer.MAX_VALUE},
            {first + 24, 0xffff},
            {first + 24, 1},
        };
        for (long[] lie : lies) {
            full();
            set(lie[0], (int) lie[1]);
            long damaged = reader.damaged();
            read();
            assertThat(reader.damaged()).as("%d at %d", lie[1], lie[0]).isEqualTo(damaged + 1);
        }
    }

    @Test
    void noChangeOfABlocksBytesLeadsOutOfIt() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            full();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                set(random.nextInt(SIZE / 4) * 4L, random.nextBoolean() ? random.nextInt() : random.nextInt(2 * SIZE));
            }
            frames.clear();
            read();
            assertThat(frames.size()).as("seed %d", seed).isLessThanOrEqualTo(SIZE / RingBlock.PACKET_HEADER);
        }
    }

    @Test
    void readingToTheFlowTableAllocatesNothingAPacket() {
        MemorySegment large = MemorySegment.ofArray(new byte[RingSettings.BLOCK]);
        BlockWriter writer = new BlockWriter(large);
        Traffic traffic = new Traffic(new TrafficPlan(
                Profile.MIXED, 1, 0, 60_000_000_000L, TrafficPlan.USUAL_DARKNET, RingSettings.BLOCK / 100));
        boolean[] room = {true};
        while (traffic.hasNext() && room[0]) {
            traffic.emit((nanos, bytes, offset, captured, wire, linkType) ->
                    room[0] = room[0] && writer.add(nanos, bytes, offset, captured, wire, 0x0800));
        }
        PacketPath path = new PacketPath(
                TrafficPlan.USUAL_DARKNET,
                KernelData.fingerprints(),
                new FlowMinutes(1 << 16, batch -> {}),
                PacketWitness.NONE);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int round = 0; round < 400; round++) {
            if (round == 200) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            reader.read(large, 0, RingSettings.BLOCK, path);
        }
        double bytes = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(writer.packets()).isGreaterThan(500);
        assertThat(bytes / 200 / writer.packets()).isLessThan(0.1);
    }

    @FuzzTest
    void anyBytesAreReadAsABlock(byte[] bytes) {
        MemorySegment.copy(bytes, 0, block, ValueLayout.JAVA_BYTE, 0, Math.min(bytes.length, SIZE));
        read();
        assertThat(frames.size()).isLessThanOrEqualTo(SIZE / RingBlock.PACKET_HEADER);
    }
}
