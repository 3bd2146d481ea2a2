package org.hinomi.observatory.telescope.record;

import java.util.ArrayList;
import java.util.List;
import org.hinomi.kernel.tally.HourTally;
import org.hinomi.observatory.store.segment.SegmentName;

/** An hour of a sensor that is not archived yet, or to which tuples came after it was. */
final class OpenHour {
    final HourTally tally;
    final boolean late;
    final List<SegmentName> segments = new ArrayList<>();
    boolean changed;

    OpenHour(HourTally tally, boolean late) {
        this.tally = tally;
        this.late = late;
    }

    /** Which hour of which sensor. */
    record Key(String sensor, long hour) {}
}
