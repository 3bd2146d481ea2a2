package org.hinomi.observatory.telescope.remote;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.observatory.store.segment.SegmentBuilder;
import org.hinomi.observatory.telescope.sensor.Sensor;
import org.hinomi.wire.batch.BatchHeader;
import org.hinomi.wire.batch.BatchReader;
import org.hinomi.wire.batch.Part;
import org.hinomi.wire.batch.Refusal;
import org.hinomi.wire.batch.RefusedException;

/**
 * A batch that was checked from end to end: it is of the sensor, of a time that has been, goes to its dark addresses,
 * and its numbers agree.
 *
 * @param segments one for each part of the header
 */
record Opened(BatchHeader header, List<SegmentBuilder> segments) {
    /** What reads batches here, for sentences. */
    static final String READER = "tower";

    /**
     * Checks a batch.
     *
     * @throws RefusedException when it can't be believed
     */
    static Opened of(byte[] bytes, Sensor sensor, FingerprintCatalogue catalogue, Instant now) {
        Segments segments = new Segments(sensor);
        BatchHeader header = new BatchReader(READER, catalogue).read(bytes, sensor.name(), now, segments);
        return new Opened(header, segments.made);
    }

    /** Makes a segment of each part. */
    private static final class Segments implements BatchReader.Taker {
        private final Sensor sensor;
        private final List<SegmentBuilder> made = new ArrayList<>();

        Segments(Sensor sensor) {
            this.sensor = sensor;
        }

        @Override
        public void part(Part part) {
            made.add(new SegmentBuilder(part.minute(), part.saturated()));
        }

        @Override
        public void tuple(FlowRow row) {
            if (!sensor.darknet().isEmpty() && !sensor.darknet().contains(row.dstHi, row.dstLo)) {
                throw new RefusedException(
                        Refusal.OUTSIDE,
                        "The batch has packets to addresses that are not dark addresses of sensor " + sensor.name()
                                + "; give sensor and tower the same darknet.");
            }
            made.getLast().add(row);
        }
    }
}
