package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The open scan events of one source, in the order in which they began. */
public final class ScanState implements KeyState {
    private static final int OBJECT_BYTES = 48;
    private static final Comparator<ScanEvent> LEAST_WORTH = Comparator.<ScanEvent>comparingLong(e -> e.lastMinute)
            .thenComparingLong(e -> e.packets)
            .thenComparingInt(e -> e.key);

    private int[] keys = new int[1];
    private @Nullable ScanEvent[] events = new ScanEvent[1];
    private int size;
    private int found;

    ScanState() {}

    int size() {
        return size;
    }

    ScanEvent at(int index) {
        ScanEvent event = events[index];
        if (event == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return event;
    }

    /** The event of a key; a source's tuples come in order of ports, so that mostly it is the one found before. */
    @Nullable
    ScanEvent find(int key) {
        if (found < size && keys[found] == key) {
            return events[found];
        }
        for (int i = 0; i < size; i++) {
            if (keys[i] == key) {
                found = i;
                return events[i];
            }
        }
        return null;
    }

    ScanEvent begin(int key, long minute) {
        return append(new ScanEvent(key, minute));
    }

    private ScanEvent append(ScanEvent event) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, size * 2);
            events = Arrays.copyOf(events, size * 2);
        }
        keys[size] = event.key;
        events[size] = event;
        found = size++;
        return event;
    }

    /** Takes an event out; those behind it move up. */
    void remove(int index) {
        size--;
        System.arraycopy(keys, index + 1, keys, index, size - index);
        System.arraycopy(events, index + 1, events, index, size - index);
        events[size] = null;
    }

    void remove(ScanEvent event) {
        for (int i = 0; i < size; i++) {
            if (keys[i] == event.key) {
                remove(i);
                return;
            }
        }
    }

    /** Some events that are worth least: not seen for longest, then of the fewest packets. */
    ScanEvent[] leastWorth(int count) {
        ScanEvent[] sorted = new ScanEvent[size];
        for (int i = 0; i < size; i++) {
            sorted[i] = at(i);
        }
        Arrays.sort(sorted, LEAST_WORTH);
        return Arrays.copyOf(sorted, Math.min(count, size));
    }

    @Override
    public boolean isEmpty() {
        return size == 0;
    }

    @Override
    public long bytes() {
        long bytes = OBJECT_BYTES + 16L * size;
        for (int i = 0; i < size; i++) {
            bytes += at(i).size();
        }
        return bytes;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeInt(size);
        for (int i = 0; i < size; i++) {
            at(i).write(out);
        }
    }

    static ScanState read(DataInput in, long most) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > most) {
            throw new IOException("a source has " + count + " open scan events; the most are " + most);
        }
        ScanState state = new ScanState();
        for (int i = 0; i < count; i++) {
            ScanEvent event = ScanEvent.read(in);
            if (!ScanKey.valid(event.key)) {
                throw new IOException("a scan event has the key " + event.key);
            }
            state.append(event);
        }
        return state;
    }
}
