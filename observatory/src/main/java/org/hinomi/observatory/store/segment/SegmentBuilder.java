package org.hinomi.observatory.store.segment;

import java.nio.ByteBuffer;
import org.hinomi.kernel.flow.FlowRow;

/** A segment that is made tuple by tuple, in memory. Not thread-safe. */
public final class SegmentBuilder {
    /** The most tuples of a segment. */
    public static final int MOST_ROWS = 1 << 22;

    private final long minute;
    private final boolean saturated;
    private ByteBuffer records = SegmentCodec.buffer(64 * RowRecord.BYTES);
    private int rows;

    /**
     * An empty segment.
     *
     * @param minute start of the minute, seconds since 1970-01-01 UTC
     * @param saturated whether it is a part that was given out early
     */
    public SegmentBuilder(long minute, boolean saturated) {
        this.minute = minute;
        this.saturated = saturated;
    }

    /** Adds a tuple. */
    public void add(FlowRow row) {
        if (rows == MOST_ROWS) {
            throw new IllegalStateException("a segment holds " + MOST_ROWS + " tuples at most");
        }
        if (records.remaining() < RowRecord.BYTES) {
            ByteBuffer larger = SegmentCodec.buffer(records.capacity() * 2);
            records = larger.put(records.flip());
        }
        RowRecord.write(records, row);
        rows++;
    }

    /** Start of the minute, seconds since 1970-01-01 UTC. */
    public long minute() {
        return minute;
    }

    /** How many tuples it has. */
    public int size() {
        return rows;
    }

    /** The complete segment. */
    public ByteBuffer bytes() {
        return SegmentCodec.encode(minute, saturated, records.duplicate().flip());
    }
}
