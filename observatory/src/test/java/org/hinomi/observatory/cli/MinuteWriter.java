package org.hinomi.observatory.cli;

import java.nio.file.Path;
import java.util.Map;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.flow.FlowSink;
import org.hinomi.observatory.store.segment.SegmentLog;
import org.hinomi.observatory.store.warehouse.Warehouse;
import org.hinomi.observatory.telescope.KernelData;
import org.hinomi.observatory.telescope.record.Recorder;

/**
 * Stores minutes one after the other until it is killed, from where the stored ones end, and tells each that is safe.
 * Now and then one comes late. Argument: the data directory.
 */
final class MinuteWriter {
    static final String SENSOR = "tokyo";
    static final int PACKETS = 90;

    private static final long START = 1_767_225_600L;
    private static final int TUPLES = 30;
    private static final int BETWEEN_LATE = 47;
    private static final long LATE = 2 * 3600;

    private MinuteWriter() {}

    private record Minute(long time) implements FlowBatch {
        @Override
        public boolean saturated() {
            return false;
        }

        @Override
        public int size() {
            return TUPLES;
        }

        @Override
        public void read(int index, FlowRow row) {
            row.clear();
            row.time = time;
            row.srcLo = IpAddress.V4_PREFIX | 0x01020300L + index;
            row.dstLo = IpAddress.V4_PREFIX | 0xc6120000L + index;
            row.protocol = 6;
            row.tcpFlags = 2;
            row.dstPort = 23;
            row.packetCnt = PACKETS / TUPLES;
        }
    }

    public static void main(String[] arguments) {
        Path data = Path.of(arguments[0]);
        Warehouse warehouse = Warehouse.open(data, 256);
        Recorder recorder = new Recorder(
                new SegmentLog(data.resolve("segments")),
                warehouse,
                KernelData.fingerprints(),
                KernelData.ports(),
                Origin.UNKNOWN);
        recorder.start();
        long newest = warehouse.read(snapshot -> snapshot.one(
                "SELECT coalesce(max(time), " + START + ") FROM rollup WHERE step = 60",
                Map.of(),
                row -> row.number(1)));
        FlowSink sink = recorder.sink(SENSOR, true);
        for (long number = 1; ; number++) {
            store(sink, newest + number * 60);
            if (number % BETWEEN_LATE == 0) {
                store(sink, newest + number * 60 - LATE);
            }
        }
    }

    private static void store(FlowSink sink, long time) {
        sink.minute(new Minute(time));
        System.out.println(time);
    }
}
