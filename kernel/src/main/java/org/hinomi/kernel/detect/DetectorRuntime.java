package org.hinomi.kernel.detect;

import java.util.function.Consumer;
import org.hinomi.kernel.address.Owner;
import org.hinomi.kernel.flow.FlowBlock;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.research.ResearchMatch;
import org.jspecify.annotations.Nullable;

/**
 * Calls a detector on keys; the one way of doing so, shared by all runners. For each key a runner calls
 * {@link #minute} for complete minutes in ascending order, and {@link #wake} when the watermark has moved on. Not
 * thread-safe: one a thread.
 *
 * @param <S> the state of a key
 */
public final class DetectorRuntime<S extends KeyState> {
    private final Detector<S> detector;
    private final Reference reference;
    private final Consumer<Detection> detections;
    private final Work work;
    private final FlowRow row = new FlowRow();
    private long since = Context.NEVER;
    private long forgotten;
    private long emitted;

    /** A runtime that gives detections to a consumer. */
    public DetectorRuntime(Detector<S> detector, Reference reference, Consumer<Detection> detections) {
        this.detector = detector;
        this.reference = reference;
        this.detections = detections;
        this.work = new Work(new KeyedCell<>(detector, "", 0, 0));
    }

    /** Tells when the stream of the keys that follow began; see {@link Context#observedSince}. */
    public void observedSince(long minute) {
        since = minute;
    }

    /**
     * Takes all tuples of a complete minute of a key: wakes the key if it is due before them, then gives them in the
     * total order.
     */
    public void minute(KeyedCell<S> cell, FlowBlock tuples) {
        wake(cell, tuples.time());
        int[] order = KeyOrder.of(tuples);
        for (int index : order) {
            tuples.read(index, row);
            flow(cell, row);
        }
    }

    /** Wakes a key as often as it is due by a watermark. */
    public void wake(KeyedCell<S> cell, long watermark) {
        while (cell.wake <= watermark && cell.wake != Context.NEVER) {
            work.begin(cell, cell.wake);
            cell.wake = Context.NEVER;
            detector.onTimer(cell.state(), work);
        }
    }

    /** Gives a key one tuple: those of a minute in the total order, after {@link #wake} for the minute's start. */
    void flow(KeyedCell<S> cell, FlowRow tuple) {
        if (!detector.wants(tuple, reference)) {
            return;
        }
        work.begin(cell, tuple.time);
        detector.onFlow(tuple, cell.state(), work);
    }

    /** Takes leave of a key because there is no room for it. */
    void evict(KeyedCell<S> cell, long time) {
        work.begin(cell, time);
        detector.onEvict(cell.state(), work);
    }

    /** The detector. */
    public Detector<S> detector() {
        return detector;
    }

    /** What is known beside the traffic. */
    public Reference reference() {
        return reference;
    }

    /** How much the detector had to forget because a key's state was full. */
    public long forgotten() {
        return forgotten;
    }

    /** Detections given out, each revision counted. */
    public long emitted() {
        return emitted;
    }

    private final class Work implements Context {
        private KeyedCell<S> cell;
        private long time;

        Work(KeyedCell<S> none) {
            cell = none;
        }

        void begin(KeyedCell<S> next, long at) {
            cell = next;
            time = at;
        }

        @Override
        public String stream() {
            return cell.stream();
        }

        @Override
        public long hi() {
            return cell.hi();
        }

        @Override
        public long lo() {
            return cell.lo();
        }

        @Override
        public long time() {
            return time;
        }

        @Override
        public long darkAddresses() {
            return reference.darkAddresses(cell.stream(), Math.floorDiv(time, 60) * 60);
        }

        @Override
        public @Nullable Owner owner() {
            return reference.owner(cell.hi(), cell.lo(), Math.floorDiv(time, 60) * 60);
        }

        @Override
        public @Nullable ResearchMatch researcher() {
            return reference.researcher(cell.hi(), cell.lo(), Math.floorDiv(time, 60) * 60);
        }

        @Override
        public long observedSince() {
            return since;
        }

        @Override
        public int country(long hi, long lo) {
            return reference.country(hi, lo, Math.floorDiv(time, 60) * 60);
        }

        @Override
        public long network(long hi, long lo) {
            return reference.network(hi, lo, Math.floorDiv(time, 60) * 60);
        }

        @Override
        public long wake() {
            return cell.wake;
        }

        @Override
        public void wakeAt(long second) {
            cell.wake = Math.max(second, time + 1);
        }

        @Override
        public void emit(Detection detection) {
            emitted++;
            detections.accept(detection);
        }

        @Override
        public void forgot(int count) {
            forgotten += count;
        }
    }
}
