package org.hinomi.scale.stream;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.rollup.PortTest;
import org.hinomi.kernel.tally.HourTally;
import org.hinomi.kernel.tally.Tally;
import org.hinomi.kernel.tally.TallyRow;

/**
 * What the tuples of a bucket add up to, by minute and hour, until it is given away: minutes when they are complete,
 * hours every five minutes and when they are complete. An hour is kept for another hour, for what comes late; what comes
 * after that is not summed up, and counted.
 */
final class BucketSums {
    /** How long an hour is kept after its end, in seconds. */
    static final long GRACE = TallyRow.HOUR;

    private static final int EVERY = 300;
    private static final String UNKNOWN = "??";

    private final String sensor;
    private final FingerprintCatalogue catalogue;
    private final PortTest iotPorts;
    private final TreeMap<Long, Tally> minutes = new TreeMap<>();
    private final TreeMap<Long, HourTally> hours = new TreeMap<>();
    private long watermark = Long.MIN_VALUE;
    private long late;

    BucketSums(String sensor, FingerprintCatalogue catalogue, PortTest iotPorts) {
        this.sensor = sensor;
        this.catalogue = catalogue;
        this.iotPorts = iotPorts;
    }

    void add(FlowRow row) {
        long hour = Math.floorDiv(row.time, TallyRow.HOUR) * TallyRow.HOUR;
        if (hour + TallyRow.HOUR + GRACE <= watermark) {
            late++;
            return;
        }
        hours.computeIfAbsent(hour, h -> new HourTally(sensor, h, catalogue, iotPorts))
                .add(row, UNKNOWN, 0);
        Tally minute = minutes.computeIfAbsent(row.time, m -> new Tally());
        minute.add(row, iotPorts);
        minute.destination(row);
    }

    /** Tuples that came too late to be summed up. */
    long late() {
        return late;
    }

    /** What can be given away now that time has moved on. */
    List<TallyRow> advance(long to) {
        List<TallyRow> rows = new ArrayList<>();
        if (to <= watermark) {
            return rows;
        }
        Map<Long, Tally> complete = minutes.headMap(to, false);
        complete.forEach((minute, tally) -> rows.add(tally.row(sensor, TallyRow.MINUTE, minute, "all", "")));
        complete.clear();
        boolean share = Math.floorDiv(to, EVERY) > Math.floorDiv(Math.max(watermark, 0), EVERY);
        for (Map.Entry<Long, HourTally> each : hours.entrySet()) {
            long end = each.getKey() + TallyRow.HOUR;
            boolean ends = watermark < end && end <= to || end + GRACE <= to;
            if (share || ends) {
                each.getValue().drain(ends).stream()
                        .filter(row ->
                                row.tuples() > 0 || ends && row.dimension().equals("family"))
                        .forEach(rows::add);
            }
        }
        hours.headMap(to - TallyRow.HOUR - GRACE, true).clear();
        watermark = to;
        return rows;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(watermark);
        out.writeInt(minutes.size());
        for (Map.Entry<Long, Tally> each : minutes.entrySet()) {
            out.writeLong(each.getKey());
            each.getValue().write(out);
        }
        out.writeInt(hours.size());
        for (Map.Entry<Long, HourTally> each : hours.entrySet()) {
            out.writeLong(each.getKey());
            each.getValue().write(out);
        }
    }

    void read(DataInput in) throws IOException {
        watermark = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            minutes.put(in.readLong(), Tally.read(in));
        }
        for (int left = in.readInt(); left > 0; left--) {
            long start = in.readLong();
            HourTally hour = new HourTally(sensor, start, catalogue, iotPorts);
            hour.read(in);
            hours.put(start, hour);
        }
    }
}
