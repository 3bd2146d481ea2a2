package org.hinomi.bench.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hinomi.bench.detect.Judge.Told;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.Kind;

/** What one has without detectors: a source that sends so many packets of a kind to a port within an hour of the clock. */
final class Thresholds {
    private static final int HOUR = 3600;

    private final Kind kind;
    private final int least;
    private final Map<Long, long[]> counts = new HashMap<>();
    private final List<Told> told = new ArrayList<>();
    private long hour;

    Thresholds(Kind kind, int least) {
        this.kind = kind;
        this.least = least;
    }

    void add(FlowRow row) {
        if (row.kind() != kind.ordinal()) {
            return;
        }
        if (row.time >= hour + HOUR) {
            counts.clear();
            hour = row.time / HOUR * HOUR;
        }
        long source = row.srcLo & 0xffff_ffffL;
        long key = kind == Kind.SCAN ? key(source, row.dstPort) : source;
        long[] count = counts.computeIfAbsent(key, any -> new long[] {0, row.time});
        if (++count[0] == least) {
            told.add(new Told(key, count[1], row.time + 60, row.time + 60));
        }
    }

    static long key(long source, int port) {
        return source << 16 | port;
    }

    List<Told> told() {
        return told;
    }
}
