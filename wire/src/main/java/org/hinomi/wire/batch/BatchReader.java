package org.hinomi.wire.batch;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.wire.flowfile.AvroBatch;
import org.hinomi.wire.flowfile.FlowFileException;

/**
 * Reads a batch and believes nothing: it is of the sensor, of a time that has been, and its numbers agree, or it is
 * refused. What was given to the taker counts only when reading ends without a refusal.
 */
public final class BatchReader {
    /** How far a sensor's clock may be ahead of the reader's. */
    public static final long AHEAD_SECONDS = 600;

    private static final long LAST_SEQUENCE = 999_999_999;

    private final String reader;
    private final FingerprintCatalogue catalogue;

    /**
     * A reader.
     *
     * @param reader what reads, for sentences: "tower"
     * @param catalogue the rules whose match counts are taken
     */
    public BatchReader(String reader, FingerprintCatalogue catalogue) {
        this.reader = reader;
        this.catalogue = catalogue;
    }

    /** Takes the tuples of a batch. */
    public interface Taker {
        /** A part begins. */
        void part(Part part);

        /** A tuple of the part; the row is reused. */
        void tuple(FlowRow row);
    }

    /**
     * Reads a batch.
     *
     * @param sensor whose it must be
     * @param now the time of the reader
     * @throws RefusedException when it can't be believed
     */
    public BatchHeader read(byte[] bytes, String sensor, Instant now, Taker taker) {
        AvroBatch batch;
        try {
            batch = AvroBatch.open(bytes);
        } catch (FlowFileException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
        int version = Batches.version(batch).orElseThrow(() -> damaged("it does not tell its version"));
        if (version > Batches.VERSION) {
            throw newer(version, reader);
        }
        BatchHeader header = header(batch);
        if (!header.sensor().equals(sensor)) {
            throw new RefusedException(Refusal.WRONG_SENSOR, "The batch is of another sensor than " + sensor + ".");
        }
        check(header.parts(), now);
        PartTuples tuples = new PartTuples(header.parts(), taker);
        try {
            batch.read(catalogue, tuples::add);
        } catch (FlowFileException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
        tuples.complete();
        return header;
    }

    /** What to say of a batch of a newer version. */
    public static RefusedException newer(int version, String reader) {
        return new RefusedException(
                Refusal.NEWER_VERSION,
                "The batch has version " + version + "; this " + reader + " knows " + Batches.VERSION + ". Upgrade the "
                        + reader + " before its sensors.");
    }

    private static RefusedException damaged(String what) {
        return new RefusedException(Refusal.DAMAGED, "The batch can't be read: " + what + ".");
    }

    private static BatchHeader header(AvroBatch batch) {
        byte[] json = Batches.header(batch).orElseThrow(() -> damaged("it has no header"));
        BatchHeader header = HeaderJson.read(json).orElseThrow(() -> damaged("its header is none"));
        if (header.sensor() == null
                || header.parts() == null
                || header.parts().stream().anyMatch(Objects::isNull)) {
            throw damaged("its header is not complete");
        }
        ReportCheck.checkIncarnation(header.incarnation());
        ReportCheck.check(header.report());
        return header;
    }

    private static void check(List<Part> parts, Instant now) {
        if (parts.size() > Batches.MOST_PARTS) {
            throw new RefusedException(Refusal.TOO_LARGE, "A batch has at most " + Batches.MOST_PARTS + " parts.");
        }
        long before = 0;
        long tuples = 0;
        for (Part part : parts) {
            if (part.sequence() <= before || part.sequence() > LAST_SEQUENCE) {
                throw ReportCheck.bounds("the numbers of its parts do not ascend");
            }
            if (part.minute() < 0 || part.minute() % 60 != 0 || part.tuples() < 1) {
                throw ReportCheck.bounds("a part is not of a minute, or is empty");
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
}
