package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.hinomi.kernel.flow.FlowBlock;
import org.hinomi.kernel.flow.FlowRow;
import org.jspecify.annotations.Nullable;

/** The keys of one stream in an engine, least recently seen first, its minutes that are not complete, and its time. */
final class StreamCells<S extends KeyState> {
    private static final long LARGEST_SPARE = 1 << 26;

    private record Key(long hi, long lo) {}

    private final String name;
    private final DetectorRuntime<S> runtime;
    private final KeyStage stage;
    private final LongConsumer grown;
    private final TreeMap<Long, FlowBlock> pending = new TreeMap<>();
    private final Map<Key, CellEntry<S>> cells = new LinkedHashMap<>(64, 0.75f, true);
    private final TimerWheel<S> wheel = new TimerWheel<>();
    private final FlowRow row = new FlowRow();
    private @Nullable FlowBlock spare;
    private long watermark = Long.MIN_VALUE;
    private long began = Context.NEVER;
    private long bytes;

    /** No keys; tells how many bytes it grew by whenever it changes. */
    StreamCells(String name, DetectorRuntime<S> runtime, LongConsumer grown) {
        this.name = name;
        this.runtime = runtime;
        this.stage = runtime.detector().declaration().stage();
        this.grown = grown;
    }

    long watermark() {
        return watermark;
    }

    long bytes() {
        return bytes;
    }

    int keys() {
        return cells.size();
    }

    /** Notes that there is a minute of the stream; the earliest is when it begins. */
    void begin(long minute) {
        began = Math.min(began, minute);
    }

    /** Keeps a tuple until its minute is complete; false when there are too many of that minute. */
    boolean add(FlowRow tuple, int most) {
        FlowBlock block = pending.get(tuple.time);
        if (block == null) {
            block = spare == null ? new FlowBlock(tuple.time) : spare;
            block.clear(tuple.time);
            spare = null;
            pending.put(tuple.time, block);
        }
        if (block.size() >= most) {
            return false;
        }
        block.add(tuple);
        return true;
    }

    void advance(long to) {
        if (to <= watermark) {
            return;
        }
        runtime.observedSince(began);
        while (!pending.isEmpty() && pending.firstKey() < to) {
            FlowBlock block = pending.pollFirstEntry().getValue();
            watermark = block.time();
            wake(watermark);
            minute(block);
            spare = block.bytes() <= LARGEST_SPARE ? block : null;
        }
        watermark = to;
        wake(to);
    }

    private void wake(long to) {
        for (CellEntry<S> entry : wheel.due(to)) {
            if (!entry.gone) {
                runtime.wake(entry.cell, to);
                settle(entry);
            }
        }
    }

    private void minute(FlowBlock block) {
        CellEntry<S> current = null;
        for (int index : KeyOrder.of(
                block, stage, runtime.reference(), runtime.detector().ordered())) {
            block.read(index, row);
            long hi = stage.hi(row);
            long lo = stage.lo(row, runtime.reference());
            if (current == null || current.cell.hi() != hi || current.cell.lo() != lo) {
                if (current != null) {
                    settle(current);
                }
                current = entry(hi, lo);
            }
            runtime.flow(current.cell, row);
        }
        if (current != null) {
            settle(current);
        }
    }

    private CellEntry<S> entry(long hi, long lo) {
        Key key = new Key(hi, lo);
        CellEntry<S> entry = cells.get(key);
        if (entry == null) {
            entry = new CellEntry<>(new KeyedCell<>(runtime.detector(), name, hi, lo));
            cells.put(key, entry);
        }
        return entry;
    }

    private void settle(CellEntry<S> entry) {
        if (entry.cell.isEmpty()) {
            remove(entry);
            return;
        }
        long now = entry.cell.state().bytes() + KeyedCell.BYTES;
        long by = now - entry.bytes;
        entry.bytes = now;
        wheel.schedule(entry);
        grow(by);
    }

    private void remove(CellEntry<S> entry) {
        cells.remove(new Key(entry.cell.hi(), entry.cell.lo()));
        entry.gone = true;
        grow(-entry.bytes);
    }

    private void grow(long by) {
        bytes += by;
        grown.accept(by);
    }

    /** Takes leave of the key that was not seen for the longest time; false when there is none. */
    boolean evict() {
        if (cells.isEmpty()) {
            return false;
        }
        CellEntry<S> eldest = cells.values().iterator().next();
        runtime.observedSince(began);
        runtime.evict(eldest.cell, watermark);
        remove(eldest);
        return true;
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(name);
        out.writeLong(watermark);
        out.writeLong(began);
        out.writeInt(pending.size());
        for (FlowBlock block : pending.values()) {
            block.write(out);
        }
        out.writeInt(cells.size());
        for (CellEntry<S> entry : cells.values()) {
            entry.cell.write(out);
        }
    }

    /** Reads all but the name. */
    void read(DataInput in) throws IOException {
        watermark = in.readLong();
        began = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            FlowBlock block = FlowBlock.read(in);
            pending.put(block.time(), block);
        }
        for (int left = in.readInt(); left > 0; left--) {
            CellEntry<S> entry = new CellEntry<>(KeyedCell.read(runtime.detector(), in));
            cells.put(new Key(entry.cell.hi(), entry.cell.lo()), entry);
            settle(entry);
        }
    }
}
