package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.hinomi.kernel.series.DailyRhythm;
import org.jspecify.annotations.Nullable;

/** The sources of a key in the last hours, how large groups usually are, and the group that is on, if there is one. */
public final class SyncState implements KeyState {
    /** Two methods, each on two windows. */
    static final int KINDS = 4;

    private static final int OBJECT_BYTES = 160;

    final SourceSample sample;
    private final @Nullable DailyRhythm[] usual = new @Nullable DailyRhythm[KINDS];

    /** Up to when each was learned. */
    final long[] learned = new long[KINDS];

    /** The largest group of the hour so far. */
    final int[] largest = new int[KINDS];

    /** Start of the short bin that is open; {@link Context#NEVER} when none is. */
    long bin = Context.NEVER;

    /** When there was a group of any size. */
    long grouped = Long.MIN_VALUE;

    @Nullable
    SyncGroup group;

    SyncState(int most) {
        this.sample = new SourceSample(most);
    }

    @Nullable
    DailyRhythm usual(int kind) {
        return usual[kind];
    }

    void usual(int kind, DailyRhythm rhythm) {
        usual[kind] = rhythm;
    }

    /** Forgets the key. */
    void clear() {
        sample.clear();
        java.util.Arrays.fill(usual, null);
        bin = Context.NEVER;
        grouped = Long.MIN_VALUE;
        group = null;
    }

    @Override
    public boolean isEmpty() {
        return bin == Context.NEVER && grouped == Long.MIN_VALUE && group == null && sample.size() == 0;
    }

    @Override
    public long bytes() {
        long bytes = OBJECT_BYTES + sample.bytes() + (group == null ? 0 : group.bytes());
        for (DailyRhythm rhythm : usual) {
            bytes += rhythm == null ? 0 : DailyRhythm.BYTES;
        }
        return bytes;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        sample.write(out);
        out.writeLong(bin);
        out.writeLong(grouped);
        for (int kind = 0; kind < KINDS; kind++) {
            DailyRhythm rhythm = usual[kind];
            out.writeBoolean(rhythm != null);
            if (rhythm != null) {
                rhythm.write(out);
                out.writeLong(learned[kind]);
                out.writeInt(largest[kind]);
            }
        }
        out.writeBoolean(group != null);
        if (group != null) {
            group.write(out);
        }
    }

    static SyncState read(DataInput in, int most) throws IOException {
        SourceSample sample = SourceSample.read(in, most);
        SyncState state = new SyncState(sample);
        state.bin = in.readLong();
        state.grouped = in.readLong();
        for (int kind = 0; kind < KINDS; kind++) {
            if (in.readBoolean()) {
                state.usual[kind] = DailyRhythm.read(in);
                state.learned[kind] = in.readLong();
                state.largest[kind] = in.readInt();
            }
        }
        state.group = in.readBoolean() ? SyncGroup.read(in) : null;
        return state;
    }

    private SyncState(SourceSample sample) {
        this.sample = sample;
    }
}
