package org.hinomi.observatory.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.hinomi.kernel.address.Origin;
import org.hinomi.observatory.store.segment.SegmentLog;
import org.hinomi.observatory.store.warehouse.Warehouse;
import org.hinomi.observatory.telescope.KernelData;
import org.hinomi.observatory.telescope.record.Recorder;

/** What a data directory holds, read as a start of the tower reads it. */
final class StoredData implements AutoCloseable {
    private final Warehouse warehouse;
    private final Recorder recorder;

    StoredData(Path data) {
        warehouse = Warehouse.open(data, 512);
        recorder = new Recorder(
                new SegmentLog(data.resolve("segments")),
                warehouse,
                KernelData.fingerprints(),
                KernelData.ports(),
                Origin.UNKNOWN);
        recorder.start();
    }

    long number(String sql) {
        return warehouse.read(snapshot -> snapshot.one(sql, Map.of(), row -> row.number(1)));
    }

    /** Packets of all sensors, by the roll-ups of a step. */
    long packets(int step) {
        return number("SELECT coalesce(sum(packets), 0) FROM rollup WHERE dimension = 'all' AND step = " + step);
    }

    /** Flow tuples of open and archived hours. */
    long tuples() {
        return number("SELECT (SELECT count(*) FROM flow_tuple) + (SELECT coalesce(sum(tuples), 0) FROM archived)");
    }

    /** Packets of each minute of a sensor, by its start in seconds since 1970-01-01 UTC. */
    Map<Long, Long> minutes(String sensor) {
        Map<Long, Long> minutes = new TreeMap<>();
        warehouse.read(snapshot -> {
            snapshot.each(
                    "SELECT time, sum(packets) FROM rollup WHERE dimension = 'all' AND step = 60 AND sensor = :sensor"
                            + " GROUP BY time",
                    Map.of("sensor", sensor),
                    row -> minutes.put(row.number(1), row.number(2)));
            return true;
        });
        return minutes;
    }

    @Override
    public void close() {
        recorder.close();
        warehouse.close();
    }
}
