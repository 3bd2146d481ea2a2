package org.hinomi.observatory.store.segment;

import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.flow.PackedSink;

/** A minute of the log, or a part of it, read back. */
public final class Segment implements FlowBatch {
    private final SegmentName name;
    private final FlowBatch minute;

    Segment(SegmentName name, FlowBatch minute) {
        this.name = name;
        this.minute = minute;
    }

    /** Which segment this is. */
    public SegmentName name() {
        return name;
    }

    @Override
    public long time() {
        return minute.time();
    }

    @Override
    public boolean saturated() {
        return minute.saturated();
    }

    @Override
    public int size() {
        return minute.size();
    }

    @Override
    public int packed() {
        return minute.packed();
    }

    @Override
    public void packed(PackedSink sink) {
        minute.packed(sink);
    }

    @Override
    public void read(int index, FlowRow row) {
        minute.read(index, row);
    }
}
