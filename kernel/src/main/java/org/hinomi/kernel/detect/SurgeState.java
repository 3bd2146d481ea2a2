package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.rollup.DistinctSources;
import org.hinomi.kernel.series.DailyRhythm;
import org.jspecify.annotations.Nullable;

/** What is usual for a key, the bin that is open, and the surge that is on, if there is one. */
public final class SurgeState implements KeyState {
    private static final int OBJECT_BYTES = 96 + DailyRhythm.BYTES;

    @Nullable
    DailyRhythm rhythm;

    /** End of what was learned. */
    long learned;

    /** Start of the bin that is open; {@link Context#NEVER} when none is. */
    long bin = Context.NEVER;

    /** End of the last bin with a source. */
    long seen;

    @Nullable
    Surge surge;

    private long packets;
    private int @Nullable [] blocks;
    private int @Nullable [] sources;

    SurgeState() {}

    void add(FlowRow row) {
        packets += row.packetCnt;
        int[] cells = blocks == null ? DistinctSources.empty() : blocks;
        boolean v4 = IpAddress.isV4(row.srcHi, row.srcLo);
        int block = v4 ? (int) row.srcLo >>> 8 : (int) (KeyOrder.hash(row.srcHi >>> 16, 1) >>> 32);
        blocks = DistinctSources.add(cells, block);
        if (surge == null) {
            int[] known = sources == null ? DistinctSources.empty() : sources;
            sources = DistinctSources.add(known, Surge.source(row));
        }
    }

    /** Begins a surge with the open bin. */
    Surge begin(long usual) {
        Surge begun = new Surge(bin, usual, sources == null ? DistinctSources.empty() : sources, packets);
        surge = begun;
        sources = null;
        return begun;
    }

    /** Different source blocks of the open bin. */
    long blocks() {
        return blocks == null ? 0 : Math.min(packets, DistinctSources.count(blocks));
    }

    long packets() {
        return packets;
    }

    /** Closes the open bin. */
    void close() {
        bin = Context.NEVER;
        packets = 0;
        blocks = null;
        sources = null;
    }

    /** Forgets the key. */
    void clear() {
        close();
        rhythm = null;
        surge = null;
        learned = seen = 0;
    }

    @Override
    public boolean isEmpty() {
        return rhythm == null;
    }

    @Override
    public long bytes() {
        return OBJECT_BYTES + bytes(blocks) + bytes(sources) + (surge == null ? 0 : surge.bytes());
    }

    private static long bytes(int @Nullable [] cells) {
        return cells == null ? 0 : 16 + 4L * cells.length;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeBoolean(rhythm != null);
        if (rhythm == null) {
            return;
        }
        rhythm.write(out);
        out.writeLong(learned);
        out.writeLong(bin);
        out.writeLong(seen);
        out.writeLong(packets);
        write(out, blocks);
        write(out, sources);
        out.writeBoolean(surge != null);
        if (surge != null) {
            surge.write(out);
        }
    }

    private static void write(DataOutput out, int @Nullable [] cells) throws IOException {
        out.writeBoolean(cells != null);
        if (cells != null) {
            ScanEvent.write(out, cells);
        }
    }

    static SurgeState read(DataInput in) throws IOException {
        SurgeState state = new SurgeState();
        if (!in.readBoolean()) {
            return state;
        }
        state.rhythm = DailyRhythm.read(in);
        state.learned = in.readLong();
        state.bin = in.readLong();
        state.seen = in.readLong();
        state.packets = in.readLong();
        state.blocks = in.readBoolean() ? ScanEvent.cells(in) : null;
        state.sources = in.readBoolean() ? ScanEvent.cells(in) : null;
        state.surge = in.readBoolean() ? Surge.read(in) : null;
        return state;
    }
}
