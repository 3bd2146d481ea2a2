package org.hinomi.observatory.detect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.detect.Detection;
import org.hinomi.kernel.detect.Detector;
import org.hinomi.kernel.detect.KeyState;
import org.hinomi.kernel.detect.KeyedEngine;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.flow.FlowSink;

/**
 * All detectors over one recording, offline: in this thread, without a store. Finds what a tower finds that plays the
 * same recording.
 */
public final class OfflineDetection implements FlowSink {
    /** The most things that are kept; more are counted. */
    public static final int MOST = 100_000;

    private static final String STREAM = "recording";
    private static final KeyedEngine.Bounds BOUNDS = new KeyedEngine.Bounds(64L << 20, 1 << 21);

    private final List<KeyedEngine<?>> engines = new ArrayList<>();
    private final Map<String, Detection> found = new LinkedHashMap<>();
    private final FlowRow row = new FlowRow();
    private long newest = Long.MIN_VALUE;
    private long leftOut;

    /**
     * Something that was found, as it stood in the end.
     *
     * @param key what it is about
     * @param first start of its first minute
     * @param last end of its last minute
     * @param ended whether it was over before the recording was
     * @param fields by the detector's declaration
     */
    public record Found(
            String id,
            String detector,
            String key,
            Instant first,
            Instant last,
            boolean ended,
            Map<String, Object> fields) {}

    /**
     * Detectors without a state.
     *
     * @param dark how many IPv4 addresses are dark; 0 when unknown
     */
    public OfflineDetection(List<Detector<?>> detectors, long dark, TowerReference reference) {
        reference.dark(Map.of(STREAM, dark));
        for (Detector<?> detector : detectors) {
            engines.add(engine(detector, reference));
        }
    }

    private <S extends KeyState> KeyedEngine<S> engine(Detector<S> detector, TowerReference reference) {
        return new KeyedEngine<>(detector, reference, BOUNDS, this::keep);
    }

    private void keep(Detection detection) {
        if (found.size() < MOST || found.containsKey(detection.id())) {
            found.put(detection.id(), detection);
        } else if (detection.revision() == 0) {
            leftOut++;
        }
    }

    @Override
    public void minute(FlowBatch batch) {
        for (int i = 0; i < batch.size(); i++) {
            batch.read(i, row);
            add(row);
        }
    }

    /** Takes a tuple: in order of minutes, or at most as late as the allowed lateness. */
    public void add(FlowRow tuple) {
        if (tuple.time > newest) {
            newest = tuple.time;
            engines.forEach(engine -> engine.advance(STREAM, KeyedEngine.watermark(newest)));
        }
        for (KeyedEngine<?> engine : engines) {
            engine.add(STREAM, tuple);
        }
    }

    /** Ends the recording: what was found, in order of its start. */
    public List<Found> finish() {
        engines.forEach(engine -> engine.end(STREAM));
        return found.values().stream()
                .sorted(Comparator.comparingLong(Detection::first)
                        .thenComparing(Detection::detector)
                        .thenComparing(Detection::key))
                .map(each -> new Found(
                        each.id(),
                        each.detector(),
                        each.key(),
                        Instant.ofEpochSecond(each.first()),
                        Instant.ofEpochSecond(each.last()),
                        each.ended(),
                        DetectionStore.values(each)))
                .toList();
    }

    /** Sources, tuples and things found that there was no room for, and tuples that came too late. */
    public long lost() {
        return leftOut
                + engines.stream()
                        .mapToLong(engine -> engine.late() + engine.overflowed() + engine.evicted())
                        .sum();
    }
}
