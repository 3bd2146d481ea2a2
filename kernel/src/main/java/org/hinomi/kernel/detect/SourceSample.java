package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import org.hinomi.kernel.flow.FlowRow;
import org.jspecify.annotations.Nullable;

/**
 * The sources of a key in the last hours, all while they are few; beyond, those whose hashes are smallest, so that it is
 * the same whatever their order. Open addressing by hash.
 */
final class SourceSample {
    private static final int FIRST_SLOTS = 8;
    private static final long EVERY = Long.MAX_VALUE;

    private final int most;
    private @Nullable MemberRow[] slots = new @Nullable MemberRow[FIRST_SLOTS];
    private int size;
    private long limit = EVERY;

    SourceSample(int most) {
        this.most = most;
    }

    int size() {
        return size;
    }

    /** Whether some sources are left out. */
    boolean sampled() {
        return limit != EVERY;
    }

    void add(FlowRow row) {
        long hash = KeyOrder.hash(row.srcHi, row.srcLo);
        if ((hash & EVERY) > limit) {
            return;
        }
        int at = slot(hash);
        MemberRow known = slots[at];
        if (known == null) {
            known = new MemberRow(row.srcHi, row.srcLo, hash, row.time);
            slots[at] = known;
            size++;
            if (size >= 2 * most) {
                prune();
            } else if (size * 2 > slots.length) {
                refill(rows(), slots.length * 2);
            }
        }
        known.add(row);
    }

    private int slot(long hash) {
        int mask = slots.length - 1;
        int at = (int) (hash >>> 20) & mask;
        for (MemberRow row = slots[at]; row != null && row.hash != hash; row = slots[at]) {
            at = at + 1 & mask;
        }
        return at;
    }

    private void refill(MemberRow[] rows, int length) {
        slots = new @Nullable MemberRow[length];
        size = rows.length;
        for (MemberRow row : rows) {
            slots[slot(row.hash)] = row;
        }
    }

    /** Keeps those with the smallest hashes. */
    private void prune() {
        if (size <= most) {
            return;
        }
        MemberRow[] rows = rows();
        limit = rows[most - 1].hash & EVERY;
        refill(Arrays.copyOf(rows, most), slots.length);
    }

    /** All, smallest hash first. */
    MemberRow[] rows() {
        MemberRow[] rows = new MemberRow[size];
        int count = 0;
        for (MemberRow row : slots) {
            if (row != null) {
                rows[count++] = row;
            }
        }
        Arrays.sort(rows, Comparator.comparingLong(row -> row.hash & EVERY));
        return rows;
    }

    /** Ends a bin: lets go of who has been quiet for long, and begins the next. */
    void step(long fastSteps, long slowSteps, long quietBins) {
        prune();
        int count = 0;
        for (MemberRow row : slots) {
            if (row != null) {
                row.fast = MemberRow.next(row.fast, fastSteps);
                row.slow = MemberRow.next(row.slow, slowSteps);
                count += isKept(row, quietBins) ? 1 : 0;
            }
        }
        if (count < size) {
            int length = FIRST_SLOTS;
            while (length < count * 2 + 2) {
                length *= 2;
            }
            refill(Arrays.stream(rows()).filter(row -> isKept(row, quietBins)).toArray(MemberRow[]::new), length);
        }
        if (count < most / 2) {
            limit = EVERY;
        }
    }

    private static boolean isKept(MemberRow row, long quietBins) {
        return row.slow >>> (MemberRow.BINS - 1 - quietBins) * 4 != 0;
    }

    void clear() {
        refill(new MemberRow[0], FIRST_SLOTS);
        limit = EVERY;
    }

    long bytes() {
        return 64 + 4L * slots.length + (long) MemberRow.BYTES * size;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(limit);
        out.writeInt(slots.length);
        out.writeInt(size);
        for (MemberRow row : rows()) {
            row.write(out);
        }
    }

    static SourceSample read(DataInput in, int most) throws IOException {
        SourceSample sample = new SourceSample(most);
        sample.limit = in.readLong();
        int length = in.readInt();
        int size = in.readInt();
        if (size < 0 || size > 2 * most || length < size || length > 8 * most + FIRST_SLOTS) {
            throw new IOException("a sample has " + size + " sources");
        }
        MemberRow[] rows = new MemberRow[size];
        for (int i = 0; i < size; i++) {
            rows[i] = MemberRow.read(in);
        }
        sample.refill(rows, length);
        return sample;
    }
}
