package org.hinomi.observatory.telescope.remote;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.observatory.store.flowfile.AvroBatch;
import org.hinomi.observatory.store.flowfile.FlowFileException;
import org.hinomi.observatory.store.segment.SegmentBuilder;
import org.hinomi.observatory.telescope.batch.BatchHeader;
import org.hinomi.observatory.telescope.batch.Batches;
import org.hinomi.observatory.telescope.batch.Lost;
import org.hinomi.observatory.telescope.batch.Part;
import org.hinomi.observatory.telescope.batch.SensorReport;
import org.hinomi.observatory.telescope.sensor.Sensor;
import org.hinomi.observatory.web.json.Json;
import org.hinomi.observatory.web.json.JsonException;

/**
 * A batch that was checked from end to end: it is of the sensor, of a time that has been, goes to its dark addresses,
 * and its numbers agree.
 *
 * @param segments one for each part of the header
 */
record Opened(BatchHeader header, List<SegmentBuilder> segments) {
    /** How far a sensor's clock may be ahead of the tower's. */
    static final long AHEAD_SECONDS = 600;

    private static final long LAST_SEQUENCE = 999_999_999;
    private static final long LAST_SECOND = 253_402_300_799L;
    private static final int MOST_LOST = 1000;
    private static final int LONGEST_TEXT = 500;
    private static final String INCARNATION = "[0-9a-f-]{1,64}";

    /**
     * Checks a batch.
     *
     * @throws RefusedException when it can't be believed
     */
    static Opened of(byte[] bytes, Sensor sensor, FingerprintCatalogue catalogue, Instant now) {
        AvroBatch batch;
        try {
            batch = AvroBatch.open(bytes);
        } catch (FlowFileException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
        int version = Batches.version(batch).orElseThrow(() -> damaged("it does not tell its version"));
        if (version > Batches.VERSION) {
            throw newer(version);
        }
        BatchHeader header = header(batch);
        if (!header.sensor().equals(sensor.name())) {
            throw new RefusedException(
                    Refusal.WRONG_SENSOR, "The batch is of another sensor than " + sensor.name() + ".");
        }
        check(header.parts(), now);
        Rows rows = new Rows(header.parts(), sensor);
        try {
            batch.read(catalogue, rows::add);
        } catch (FlowFileException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
        return new Opened(header, rows.complete());
    }

    static RefusedException newer(int version) {
        return new RefusedException(
                Refusal.NEWER_VERSION,
                "The batch has version " + version + "; this tower knows " + Batches.VERSION
                        + ". Upgrade the tower before its sensors.");
    }

    private static RefusedException damaged(String what) {
        return new RefusedException(Refusal.DAMAGED, "The batch can't be read: " + what + ".");
    }

    private static RefusedException bounds(String what) {
        return new RefusedException(Refusal.OUT_OF_BOUNDS, "The batch can't be true: " + what + ".");
    }

    private static BatchHeader header(AvroBatch batch) {
        byte[] json = Batches.header(batch).orElseThrow(() -> damaged("it has no header"));
        try {
            BatchHeader header = Json.read(json, BatchHeader.class);
            if (header.sensor() == null
                    || header.parts() == null
                    || header.parts().contains(null)) {
                throw damaged("its header is not complete");
            }
            checkIncarnation(header.incarnation());
            check(header.report());
            return header;
        } catch (JsonException e) {
            throw damaged("its header is none");
        }
    }

    /** Refuses what can't be the id of an incarnation. */
    static void checkIncarnation(String incarnation) {
        if (incarnation == null || !incarnation.matches(INCARNATION)) {
            throw bounds("its incarnation is not 1 to 64 of 0-9, a-f and -");
        }
    }

    /** Refuses a report that lacks something or is too long. */
    static void check(SensorReport report) {
        boolean complete = report != null
                && report.program() != null
                && report.state() != null
                && report.detail() != null
                && report.skipped() != null
                && report.lost() != null;
        if (!complete
                || report.lost().contains(null)
                || report.skipped().containsValue(null)
                || report.lost().size() > MOST_LOST
                || report.skipped().size() > LONGEST_TEXT
                || report.program().length() > LONGEST_TEXT
                || report.state().length() > LONGEST_TEXT
                || report.detail().length() > LONGEST_TEXT) {
            throw bounds("its report is not complete, or too long");
        }
        for (Lost lost : report.lost()) {
            if (lost.reason() == null
                    || lost.reason().length() > LONGEST_TEXT
                    || lost.from() < 0
                    || lost.from() >= lost.to()
                    || lost.to() > LAST_SECOND) {
                throw bounds("its report tells of a loss that can't be");
            }
        }
    }

    private static void check(List<Part> parts, Instant now) {
        if (parts.size() > Batches.MOST_PARTS) {
            throw new RefusedException(Refusal.TOO_LARGE, "A batch has at most " + Batches.MOST_PARTS + " parts.");
        }
        long before = 0;
        long tuples = 0;
        for (Part part : parts) {
            if (part.sequence() <= before || part.sequence() > LAST_SEQUENCE) {
                throw bounds("the numbers of its parts do not ascend");
            }
            if (part.minute() < 0 || part.minute() % 60 != 0 || part.tuples() < 1) {
                throw bounds("a part is not of a minute, or is empty");
            }
            if (part.minute() > now.getEpochSecond() + AHEAD_SECONDS) {
                throw new RefusedException(
                        Refusal.FUTURE,
                        "The batch is of " + Instant.ofEpochSecond(part.minute())
                                + ", which is still to come; set the sensor's clock.");
            }
            before = part.sequence();
            tuples += part.tuples();
        }
        if (tuples > Batches.MOST_TUPLES) {
            throw new RefusedException(
                    Refusal.TOO_LARGE, "A batch has at most " + Batches.MOST_TUPLES + " flow tuples.");
        }
    }

    /** Deals the tuples out to the parts they belong to. */
    private static final class Rows {
        private final List<Part> parts;
        private final Sensor sensor;
        private final List<SegmentBuilder> segments = new ArrayList<>();
        private int part;
        private long packets;

        Rows(List<Part> parts, Sensor sensor) {
            this.parts = parts;
            this.sensor = sensor;
            parts.forEach(each -> segments.add(new SegmentBuilder(each.minute(), each.saturated())));
        }

        void add(FlowRow row) {
            if (part == parts.size()) {
                throw bounds("it has more flow tuples than it says");
            }
            if (row.time != parts.get(part).minute()) {
                throw bounds("a flow tuple is of another minute than its part");
            }
            if (!sensor.darknet().isEmpty() && !sensor.darknet().contains(row.dstHi, row.dstLo)) {
                throw new RefusedException(
                        Refusal.OUTSIDE,
                        "The batch has packets to addresses that are not dark addresses of sensor " + sensor.name()
                                + "; give sensor and tower the same darknet.");
            }
            SegmentBuilder segment = segments.get(part);
            segment.add(row);
            packets += row.packetCnt;
            if (segment.size() == parts.get(part).tuples()) {
                if (packets != parts.get(part).packets()) {
                    throw bounds("a part has " + packets + " packets, not "
                            + parts.get(part).packets());
                }
                packets = 0;
                part++;
            }
        }

        List<SegmentBuilder> complete() {
            if (part < parts.size()) {
                throw bounds("it has fewer flow tuples than it says");
            }
            return segments;
        }
    }
}
