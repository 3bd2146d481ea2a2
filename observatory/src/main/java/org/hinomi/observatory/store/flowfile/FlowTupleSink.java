package org.hinomi.observatory.store.flowfile;

import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;

/** Takes the flow tuples of a file: one by one, or whole minutes where the file holds them. */
public interface FlowTupleSink {
    /** Takes a tuple; the row is reused. */
    void tuple(FlowRow row);

    /** Takes a minute, or a part of it, whose values were checked; it may be kept. */
    default void minute(FlowBatch batch) {
        FlowRow row = new FlowRow();
        for (int i = 0; i < batch.size(); i++) {
            batch.read(i, row);
            tuple(row);
        }
    }
}
