package org.hinomi.observatory.store.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowMinutes;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.flow.FlowTuple;
import org.hinomi.kernel.flow.TupleWords;
import org.hinomi.kernel.observe.PacketPath;
import org.hinomi.kernel.observe.PacketWitness;
import org.hinomi.kernel.packet.LinkType;
import org.hinomi.observatory.telescope.KernelData;
import org.junit.jupiter.api.Test;

class SegmentCodecTest {
    private static final int RAW_IP = LinkType.RAW;
    private static final long MINUTE = 1_767_225_600L;

    /** Packets of one minute, of both IP families, some of them again with other marks. */
    private static void minute(int packets, java.util.function.Consumer<FlowBatch> sink) {
        SplittableRandom random = new SplittableRandom(packets);
        FlowMinutes minutes = new FlowMinutes(1 << 16, sink::accept);
        PacketPath path =
                new PacketPath(PrefixSet.of(List.of()), KernelData.fingerprints(), minutes, PacketWitness.NONE);
        for (int i = 0; i < packets; i++) {
            byte[] packet = random.nextInt(9) == 0 ? six(random) : four(random);
            path.frame(
                    MINUTE * 1_000_000_000L + i,
                    MemorySegment.ofArray(packet),
                    0,
                    packet.length,
                    packet.length,
                    RAW_IP);
        }
        minutes.close();
    }

    /** A SYN of few addresses and ports, so that tuples have several packets, some with Mirai's mark. */
    private static byte[] four(SplittableRandom random) {
        int destination = 0xc612_0000 | random.nextInt(3);
        int sequence = random.nextBoolean() ? destination : random.nextInt();
        return ByteBuffer.allocate(40)
                .putInt(0x4500_0028)
                .putInt(random.nextInt(1 << 16) << 16)
                .putInt(0x4006_0000)
                .putInt(0x0b00_0000 | random.nextInt(5))
                .putInt(destination)
                .putInt(0x1000_0017 | random.nextInt(3) << 16)
                .putInt(sequence)
                .putInt(0)
                .putInt(0x5002_0400)
                .putInt(0)
                .array();
    }

    private static byte[] six(SplittableRandom random) {
        return ByteBuffer.allocate(48)
                .putInt(0x6000_0000)
                .putInt(0x0008_1140)
                .putLong(0x2001_0db8_0000_0000L)
                .putLong(random.nextInt(50))
                .putLong(0x2001_0db8_0000_0001L)
                .putLong(random.nextInt(50))
                .putInt(0x0400_0035)
                .putInt(0x0008_0000)
                .array();
    }

    private static List<String> texts(FlowBatch batch) {
        List<String> texts = new ArrayList<>();
        FlowRow row = new FlowRow();
        for (int i = 0; i < batch.size(); i++) {
            batch.read(i, row);
            StringBuilder text = new StringBuilder(FlowTuple.of(row).toString());
            for (int lane = 0; lane < FlowRow.MOST_RULES; lane++) {
                text.append(' ').append(row.matches(lane));
            }
            texts.add(text.append(row.oddFragmentField).toString());
        }
        return texts;
    }

    @Test
    void aMinuteIsReadBackAsItWasInWholeAndInParts() throws DamagedSegment {
        for (int packets : new int[] {1, 7, 8, 9, 100, 5000}) {
            minute(packets, batch -> {
                List<String> expected = texts(batch);
                assertThat(decoded(batch, 0, batch.size())).isEqualTo(expected);
                int third = batch.size() / 3;
                List<String> parts = new ArrayList<>(decoded(batch, 0, third));
                parts.addAll(decoded(batch, third, batch.size() - third));
                assertThat(parts).isEqualTo(expected);
            });
        }
    }

    private static List<String> decoded(FlowBatch batch, int from, int rows) {
        try {
            return texts(
                    SegmentCodec.decode(SegmentCodec.encode(batch, from, rows).array()));
        } catch (DamagedSegment e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void packedTuplesStayPacked() {
        minute(5000, batch -> {
            try {
                FlowBatch read = SegmentCodec.decode(
                        SegmentCodec.encode(batch, 0, batch.size()).array());
                assertThat(read.packed()).isEqualTo(batch.packed()).isPositive();
                List<Long> expected = new ArrayList<>();
                batch.packed((words, count, first) -> add(words, count, expected));
                List<Long> actual = new ArrayList<>();
                read.packed((words, count, first) -> add(words, count, actual));
                assertThat(actual).isEqualTo(expected);
            } catch (DamagedSegment e) {
                throw new AssertionError(e);
            }
        });
    }

    private static void add(long[] words, int count, List<Long> to) {
        for (int i = 0; i < count * TupleWords.WORDS; i++) {
            to.add(words[i]);
        }
    }

    @Test
    void segmentsOfTheFirstFormatAreRead() throws DamagedSegment {
        List<String> expected = new ArrayList<>();
        byte[][] segment = new byte[1][];
        minute(300, batch -> {
            expected.addAll(texts(batch));
            ByteBuffer records = SegmentCodec.buffer(batch.size() * RowRecord.BYTES);
            FlowRow row = new FlowRow();
            for (int i = 0; i < batch.size(); i++) {
                batch.read(i, row);
                RowRecord.write(records, row);
            }
            segment[0] = sealed(1, batch.size(), Zstd.compress(records.array()));
        });
        assertThat(texts(SegmentCodec.decode(segment[0]))).isEqualTo(expected);
    }

    private static byte[] sealed(int version, int rows, byte[] body) {
        ByteBuffer segment = SegmentCodec.buffer(SegmentCodec.HEADER + body.length);
        segment.put("HNMSEG".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .put((byte) ('0' + version))
                .put((byte) '\n')
                .putLong(MINUTE)
                .putInt(rows)
                .putInt(0)
                .putInt(body.length);
        segment.position(SegmentCodec.HEADER).put(body);
        return withChecksum(segment.array());
    }

    private static byte[] withChecksum(byte[] segment) {
        CRC32C sum = new CRC32C();
        sum.update(segment, 0, SegmentCodec.HEADER - 4);
        sum.update(segment, SegmentCodec.HEADER, segment.length - SegmentCodec.HEADER);
        ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN).putInt(SegmentCodec.HEADER - 4, (int) sum.getValue());
        return segment;
    }

    @Test
    void whatSomebodyMadeUpIsRefusedWithAReasonOrRead() {
        byte[][] sound = new byte[1][];
        minute(
                60,
                batch -> sound[0] = SegmentCodec.encode(batch, 0, batch.size()).array());
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        for (int round = 0; round < 5000; round++) {
            byte[] segment = sound[0].clone();
            for (int change = random.nextInt(1, 4); change > 0; change--) {
                segment[random.nextInt(8, segment.length)] = (byte) random.nextInt(256);
            }
            try {
                texts(SegmentCodec.decode(withChecksum(segment)));
            } catch (DamagedSegment e) {
                assertThat(e.why()).as("seed %d", seed).isNotBlank();
                refused++;
            }
        }
        assertThat(refused).as("seed %d", seed).isPositive();
    }

    @Test
    void aBodyThatSaysToHoldMoreThanItsHeaderIsRefused() {
        ByteBuffer body = SegmentCodec.buffer(8).putInt(1 << 20).putInt(0);
        assertThatThrownBy(() -> SegmentCodec.decode(sealed(2, 1, Zstd.compress(body.array()))))
                .isInstanceOf(DamagedSegment.class)
                .hasMessageContaining("does not hold what its header says");
        byte[] bomb = Zstd.compress(new byte[1 << 20]);
        assertThatThrownBy(() -> SegmentCodec.decode(sealed(2, 1, bomb)))
                .isInstanceOf(DamagedSegment.class)
                .hasMessageContaining("its body is 1048576 bytes long");
    }
}
