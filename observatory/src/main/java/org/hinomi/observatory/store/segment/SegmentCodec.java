package org.hinomi.observatory.store.segment;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.flow.TupleWords;

/**
 * A segment's bytes: a {@link SegmentHeader}, and a body compressed with Zstandard. The body, little-endian: how many
 * tuples are packed (4) and how many of these are mixed (4); the {@link BytePlanes} of the packed ones; of each mixed
 * one its index (4) and the match counts of all lanes (2 each); {@link RowRecord}s of all other tuples. Segments of the
 * first version, which are read too, have records only, and no counts before them.
 */
public final class SegmentCodec {
    /** Bytes of a segment from which {@link #length} tells its length. */
    public static final int HEADER = SegmentHeader.BYTES;

    private static final int LEVEL = 1;
    private static final int COUNTS = 8;
    private static final int MIXED = Integer.BYTES + FlowRow.MOST_RULES * Short.BYTES;

    private SegmentCodec() {}

    /** A segment of some tuples of a batch, at most {@link SegmentBuilder#MOST_ROWS}. */
    public static ByteBuffer encode(FlowBatch batch, int from, int rows) {
        int packed = Math.clamp(batch.packed() - from, 0, rows);
        long[] words = new long[BytePlanes.length(packed) * TupleWords.WORDS];
        batch.packed((run, count, first) -> copy(run, first, count, words, from, packed));
        FlowRow row = new FlowRow();
        ByteBuffer mixed = mixed(batch, from, words, packed, row);
        int planes = BytePlanes.length(packed) * BytePlanes.PLANES;
        ByteBuffer body = buffer(COUNTS + planes + mixed.remaining() + (rows - packed) * RowRecord.BYTES);
        body.putInt(packed).putInt(mixed.remaining() / MIXED);
        BytePlanes.split(words, packed, body.array(), body.position());
        body.position(COUNTS + planes).put(mixed);
        for (int i = packed; i < rows; i++) {
            batch.read(from + i, row);
            RowRecord.write(body, row);
        }
        return seal(batch.time(), rows, batch.saturated(), body);
    }

    /** A segment of tuples that are records already. */
    static ByteBuffer encode(long minute, boolean saturated, ByteBuffer records) {
        ByteBuffer body = buffer(COUNTS + records.remaining());
        int rows = records.remaining() / RowRecord.BYTES;
        return seal(minute, rows, saturated, body.putInt(0).putInt(0).put(records));
    }

    private static ByteBuffer seal(long minute, int rows, boolean saturated, ByteBuffer body) {
        byte[] compressed = Zstd.compress(body.array(), LEVEL);
        return SegmentHeader.seal(minute, rows, saturated, compressed, compressed.length);
    }

    /** Takes the part of a run that lies among the first so many tuples from one on. */
    private static void copy(long[] run, int first, int count, long[] words, int from, int packed) {
        int begin = Math.max(first, from);
        int end = Math.min(first + count, from + packed);
        if (begin < end) {
            System.arraycopy(
                    run,
                    (begin - first) * TupleWords.WORDS,
                    words,
                    (begin - from) * TupleWords.WORDS,
                    (end - begin) * TupleWords.WORDS);
        }
    }

    private static ByteBuffer mixed(FlowBatch batch, int from, long[] words, int packed, FlowRow row) {
        ByteBuffer out = buffer(16 * MIXED);
        for (int i = 0; i < packed; i++) {
            if (TupleWords.mixed(words[i * TupleWords.WORDS + 2], words[i * TupleWords.WORDS + 3])) {
                if (!out.hasRemaining()) {
                    out = buffer(out.capacity() * 2).put(out.flip());
                }
                batch.read(from + i, row);
                out.putInt(i);
                for (int lane = 0; lane < FlowRow.MOST_RULES; lane++) {
                    out.putShort((short) row.matches(lane));
                }
            }
        }
        return out.flip();
    }

    /** How long the segment is whose header some bytes begin with, if they are a header. */
    public static long length(ByteBuffer header) {
        return SegmentHeader.length(header);
    }

    /**
     * The tuples of a complete segment.
     *
     * @throws DamagedSegment when it is none; nothing in it is believed
     */
    public static FlowBatch decode(byte[] segment) throws DamagedSegment {
        SegmentHeader header = SegmentHeader.check(segment);
        ByteBuffer body = body(segment, header);
        if (header.version() == 1) {
            return new StoredMinute(header, new long[0], 0, Map.of(), exactly(body, header.rows() * RowRecord.BYTES));
        }
        long packed = body.getInt();
        long mixed = body.getInt();
        long planes = BytePlanes.length((int) packed) * (long) BytePlanes.PLANES;
        long records = (header.rows() - packed) * RowRecord.BYTES;
        if (packed < 0
                || packed > header.rows()
                || mixed < 0
                || mixed > packed
                || body.remaining() != planes + mixed * MIXED + records) {
            throw new DamagedSegment("its body does not hold what its header says");
        }
        long[] words = new long[BytePlanes.length((int) packed) * TupleWords.WORDS];
        BytePlanes.join(body.array(), body.position(), (int) packed, words);
        body.position(body.position() + (int) planes);
        Map<Integer, short[]> counts = counts(body, (int) mixed);
        return new StoredMinute(header, words, (int) packed, counts, exactly(body, (int) records));
    }

    private static ByteBuffer body(byte[] segment, SegmentHeader header) throws DamagedSegment {
        int length = segment.length - SegmentHeader.BYTES;
        long most = COUNTS + (long) header.rows() * (RowRecord.BYTES + MIXED) + BytePlanes.PLANES * Long.BYTES;
        try {
            long size = Zstd.getFrameContentSize(segment, SegmentHeader.BYTES, length);
            if (size < (header.version() == 1 ? 0 : COUNTS) || size > most) {
                throw new DamagedSegment("its body is " + size + " bytes long");
            }
            byte[] body = new byte[(int) size];
            if (Zstd.decompressByteArray(body, 0, body.length, segment, SegmentHeader.BYTES, length) != size) {
                throw new DamagedSegment("its body is shorter than it says");
            }
            return ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
        } catch (ZstdException e) {
            throw new DamagedSegment("its body can't be decompressed");
        }
    }

    private static Map<Integer, short[]> counts(ByteBuffer body, int mixed) {
        Map<Integer, short[]> counts = new HashMap<>();
        for (int i = 0; i < mixed; i++) {
            short[] lanes = new short[FlowRow.MOST_RULES];
            int index = body.getInt();
            for (int lane = 0; lane < lanes.length; lane++) {
                lanes[lane] = body.getShort();
            }
            counts.put(index, lanes);
        }
        return counts;
    }

    private static ByteBuffer exactly(ByteBuffer body, int bytes) throws DamagedSegment {
        if (body.remaining() != bytes) {
            throw new DamagedSegment("it holds " + body.remaining() + " bytes of records, not " + bytes);
        }
        return body.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
