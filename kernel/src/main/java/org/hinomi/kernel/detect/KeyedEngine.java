package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hinomi.kernel.flow.FlowMinutes;
import org.hinomi.kernel.flow.FlowRow;

/**
 * A detector on all keys of a partition, in plain maps: takes tuples of any stream in any order inside the allowed
 * lateness, and can be written whole and read again. Bounded: keys beyond the bound are pushed out, least recently seen
 * first, and counted. Not thread-safe: one a thread.
 *
 * @param <S> the state of a key
 */
public final class KeyedEngine<S extends KeyState> {
    /** A watermark after all minutes. */
    public static final long END = Long.MAX_VALUE / 120 * 60;

    private static final int FORMAT = 2;

    private final DetectorRuntime<S> runtime;
    private final Bounds bounds;
    private final TreeMap<String, StreamCells<S>> streams = new TreeMap<>();
    private long bytes;
    private long late;
    private long overflowed;
    private long evicted;

    /**
     * How large a partition may become.
     *
     * @param bytes of all states together, about
     * @param tuples of one minute of a stream, at most {@code 1 << 26}
     */
    public record Bounds(long bytes, int tuples) {
        /** Checks them. */
        public Bounds {
            if (bytes < 1 || tuples < 1 || tuples > KeyOrder.MOST) {
                throw new IllegalArgumentException("bounds of " + bytes + " bytes and " + tuples + " tuples");
            }
        }
    }

    /** An engine without keys. */
    public KeyedEngine(Detector<S> detector, Reference reference, Bounds bounds, Consumer<Detection> detections) {
        this.runtime = new DetectorRuntime<>(detector, reference, detections);
        this.bounds = bounds;
    }

    /** The watermark of a stream whose newest minute begins at a time, by the allowed lateness. */
    public static long watermark(long newestMinute) {
        return newestMinute - FlowMinutes.LATENESS_SECONDS;
    }

    /**
     * Which partition a tuple's key belongs to: the same for all tuples of a key.
     *
     * @param partitions how many there are
     */
    public static int partition(KeyStage stage, FlowRow row, Reference reference, int partitions) {
        long hash = KeyOrder.hash(stage.hi(row), stage.lo(row, reference));
        return (int) Math.floorMod(hash >>> 8, (long) partitions);
    }

    /**
     * Notes that there is a minute of a stream, also where this partition gets no tuple of it: of all partitions of a
     * stream each hears of the same minutes, and the earliest is when the stream begins.
     */
    public void begin(String stream, long minute) {
        stream(stream).begin(minute);
    }

    /** Takes a tuple if the detector wants it; false when it is late or its minute is full, which is counted. */
    public boolean add(String stream, FlowRow row) {
        StreamCells<S> cells = stream(stream);
        if (row.time >= cells.watermark()) {
            cells.begin(row.time);
        }
        if (!runtime.detector().wants(row, runtime.reference())) {
            return true;
        }
        if (row.time < cells.watermark()) {
            late++;
            return false;
        }
        if (!cells.add(row, bounds.tuples)) {
            overflowed++;
            return false;
        }
        return true;
    }

    /** Moves the time of a stream on: works through the minutes that begin before it. Going back does nothing. */
    public void advance(String stream, long watermark) {
        stream(stream).advance(watermark);
    }

    /** Works through all that is left of a stream, and ends what is open: for a recording that is over. */
    public void end(String stream) {
        advance(stream, END);
    }

    /** Forgets a stream. */
    public void drop(String stream) {
        StreamCells<S> cells = streams.remove(stream);
        if (cells != null) {
            bytes -= cells.bytes();
        }
    }

    private StreamCells<S> stream(String name) {
        return streams.computeIfAbsent(name, n -> new StreamCells<>(n, runtime, this::grown));
    }

    private void grown(long by) {
        bytes += by;
        while (bytes > bounds.bytes && evict()) {
            evicted++;
        }
    }

    private boolean evict() {
        return streams.values().stream()
                .max(Comparator.comparingLong(StreamCells::bytes))
                .filter(StreamCells::evict)
                .isPresent();
    }

    /** The watermark of a stream; {@link Long#MIN_VALUE} before its first. */
    public long watermarkOf(String stream) {
        StreamCells<S> cells = streams.get(stream);
        return cells == null ? Long.MIN_VALUE : cells.watermark();
    }

    /** Keys that have a state. */
    public long keys() {
        return streams.values().stream().mapToLong(StreamCells::keys).sum();
    }

    /** Bytes of all states, about. */
    public long bytes() {
        return bytes;
    }

    /** Tuples that came after their minute had been worked through. */
    public long late() {
        return late;
    }

    /** Tuples beyond the most of a minute. */
    public long overflowed() {
        return overflowed;
    }

    /** Keys pushed out because there were too many. */
    public long evicted() {
        return evicted;
    }

    /** How much the detector had to forget because a key's state was full. */
    public long forgotten() {
        return runtime.forgotten();
    }

    /** Detections given out, each revision counted. */
    public long emitted() {
        return runtime.emitted();
    }

    /** Writes everything but the counters. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(FORMAT);
        out.writeUTF(identity());
        out.writeInt(streams.size());
        for (StreamCells<S> cells : streams.values()) {
            cells.write(out);
        }
    }

    /**
     * Reads what {@link #write} wrote, into an engine without keys.
     *
     * @throws IOException when it was written by another detector, version, or under other settings
     */
    public void read(DataInput in) throws IOException {
        int format = in.readInt();
        String identity = in.readUTF();
        if (format != FORMAT || !identity.equals(identity())) {
            throw new IOException("it was written for " + identity + ", not for " + identity());
        }
        for (int left = in.readInt(); left > 0; left--) {
            stream(in.readUTF()).read(in);
        }
    }

    /** What must be the same for a state to go on. */
    private String identity() {
        Detector<S> detector = runtime.detector();
        Declaration declaration = detector.declaration();
        return declaration.id() + "/" + declaration.version() + " "
                + detector.settings().values() + " " + detector.basis();
    }
}
