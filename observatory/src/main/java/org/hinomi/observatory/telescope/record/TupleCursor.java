package org.hinomi.observatory.telescope.record;

import java.util.Iterator;
import org.hinomi.observatory.store.segment.Segment;
import org.hinomi.observatory.store.warehouse.Tagged;
import org.jspecify.annotations.Nullable;

/** Goes through the tuples of several segments, one after the other. */
final class TupleCursor {
    private final Tagger tagger;
    private @Nullable Segment segment;
    private int index;

    TupleCursor(Tagger tagger) {
        this.tagger = tagger;
    }

    /** Fills the buffer with the next tuple; false when there is none. */
    boolean next(Tagged tagged, Iterator<Segment> more) {
        Segment current = segment;
        while (current == null || index == current.size()) {
            if (!more.hasNext()) {
                return false;
            }
            current = more.next();
            segment = current;
            index = 0;
            tagged.sensor = current.name().sensor();
        }
        tagger.read(current, index++, tagged);
        return true;
    }
}
