package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One key of a detector: its state and when it is to be woken. Belongs to whatever runs the detector, which changes it
 * only through a {@link DetectorRuntime}.
 *
 * @param <S> the state of a key
 */
public final class KeyedCell<S extends KeyState> {
    /** Bytes of a cell beside its state, with what a map and a timer wheel take for it, about. */
    public static final long BYTES = 144;

    private final String stream;
    private final long hi;
    private final long lo;
    private final S state;
    long wake = Context.NEVER;

    /** A key that was not seen before. */
    public KeyedCell(Detector<S> detector, String stream, long hi, long lo) {
        this(stream, hi, lo, detector.create());
    }

    private KeyedCell(String stream, long hi, long lo, S state) {
        this.stream = stream;
        this.hi = hi;
        this.lo = lo;
        this.state = state;
    }

    /** The stream of the key. */
    public String stream() {
        return stream;
    }

    /** Upper half of the key. */
    public long hi() {
        return hi;
    }

    /** Lower half of the key. */
    public long lo() {
        return lo;
    }

    /** What the detector keeps. */
    public S state() {
        return state;
    }

    /** When it is to be woken, seconds since 1970-01-01 UTC; {@link Context#NEVER} when it is not. */
    public long wake() {
        return wake;
    }

    /** Whether it can be forgotten. */
    public boolean isEmpty() {
        return state.isEmpty();
    }

    /** Writes it whole. */
    public void write(DataOutput out) throws IOException {
        out.writeUTF(stream);
        out.writeLong(hi);
        out.writeLong(lo);
        out.writeLong(wake);
        state.write(out);
    }

    /** Reads what {@link #write} wrote. */
    public static <S extends KeyState> KeyedCell<S> read(Detector<S> detector, DataInput in) throws IOException {
        String stream = in.readUTF();
        long hi = in.readLong();
        long lo = in.readLong();
        long wake = in.readLong();
        KeyedCell<S> cell = new KeyedCell<>(stream, hi, lo, detector.read(in));
        cell.wake = wake;
        return cell;
    }
}
