package org.hinomi.observatory.store.segment;

import java.nio.ByteBuffer;
import java.util.Map;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.flow.PackedSink;
import org.hinomi.kernel.flow.TupleWords;

/** The tuples of a minute, or of a part of it, as a segment held them. */
final class StoredMinute implements FlowBatch {
    private final SegmentHeader header;
    private final long[] words;
    private final int packed;
    private final Map<Integer, short[]> mixed;
    private final ByteBuffer records;

    /**
     * A minute.
     *
     * @param words of the packed tuples, which come first
     * @param mixed match counts of those whose packets did not all match the same rules, by index
     * @param records {@link RowRecord}s of the others
     */
    StoredMinute(SegmentHeader header, long[] words, int packed, Map<Integer, short[]> mixed, ByteBuffer records) {
        this.header = header;
        this.words = words;
        this.packed = packed;
        this.mixed = mixed;
        this.records = records;
    }

    @Override
    public long time() {
        return header.minute();
    }

    @Override
    public boolean saturated() {
        return header.saturated();
    }

    @Override
    public int size() {
        return header.rows();
    }

    @Override
    public int packed() {
        return packed;
    }

    @Override
    public void packed(PackedSink sink) {
        if (packed > 0) {
            sink.tuples(words, packed, 0);
        }
    }

    @Override
    public void read(int index, FlowRow row) {
        row.time = header.minute();
        if (index >= packed) {
            RowRecord.read(records, (index - packed) * RowRecord.BYTES, row);
            return;
        }
        int at = index * TupleWords.WORDS;
        TupleWords.read4(words, at, row);
        if (TupleWords.mixed(words[at + 2], words[at + 3])) {
            short[] counts = mixed.get(index);
            for (int lane = 0; counts != null && lane < FlowRow.MOST_RULES; lane++) {
                row.match(lane, counts[lane] & 0xffff);
            }
        }
    }
}
