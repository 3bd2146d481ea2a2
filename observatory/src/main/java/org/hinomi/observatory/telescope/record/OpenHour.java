package org.hinomi.observatory.telescope.record;

import java.util.ArrayList;
import java.util.List;
import org.hinomi.observatory.store.segment.SegmentName;

/** An hour of a sensor that is not archived yet, or to which tuples came after it was. */
final class OpenHour {
    final HourRollup rollup;
    final boolean late;
    final List<SegmentName> segments = new ArrayList<>();
    boolean changed;

    OpenHour(HourRollup rollup, boolean late) {
        this.rollup = rollup;
        this.late = late;
    }

    /** Which hour of which sensor. */
    record Key(String sensor, long hour) {}
}
