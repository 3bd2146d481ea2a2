package org.hinomi.scale.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.detect.KeyStage;
import org.hinomi.kernel.detect.KeyedEngine;
import org.hinomi.kernel.detect.Reference;
import org.hinomi.kernel.flow.FlowBlock;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.wire.batch.BatchReader;
import org.hinomi.wire.batch.Part;
import org.hinomi.wire.batch.Refusal;
import org.hinomi.wire.batch.RefusedException;
import org.jspecify.annotations.Nullable;

/** Deals the tuples of a batch out to the buckets of their sources, and some to the bucket of all sources too. */
final class DealtTuples implements BatchReader.Taker {
    private static final Reference NOTHING = (sensor, minute) -> 0;

    private final @Nullable PrefixSet dark;
    private final String sensor;
    private final Predicate<FlowRow> whole;
    private final List<Dealt> parts = new ArrayList<>();

    /**
     * Deals tuples of a sensor.
     *
     * @param whole whether a tuple goes to the bucket of all sources
     */
    DealtTuples(@Nullable PrefixSet dark, String sensor, Predicate<FlowRow> whole) {
        this.dark = dark;
        this.sensor = sensor;
        this.whole = whole;
    }

    /**
     * A part.
     *
     * @param blocks its tuples by bucket, null where there are none
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Dealt(
            long sequence,
            long minute,
            long tuples,
            long packets,
            @Nullable FlowBlock[] blocks) {}

    @Override
    public void part(Part part) {
        @Nullable FlowBlock[] blocks = new @Nullable FlowBlock[Chunk.BUCKETS + 1];
        blocks[Chunk.WHOLE] = new FlowBlock(part.minute());
        parts.add(new Dealt(part.sequence(), part.minute(), part.tuples(), part.packets(), blocks));
    }

    @Override
    public void tuple(FlowRow row) {
        if (dark != null && !dark.contains(row.dstHi, row.dstLo)) {
            throw new RefusedException(
                    Refusal.OUTSIDE,
                    "The batch has packets to addresses that are not dark addresses of sensor " + sensor
                            + "; give sensor and job the same darknet.");
        }
        Dealt part = parts.getLast();
        add(part, KeyedEngine.partition(KeyStage.SOURCE, row, NOTHING, Chunk.BUCKETS), row);
        if (whole.test(row)) {
            add(part, Chunk.WHOLE, row);
        }
    }

    private static void add(Dealt part, int bucket, FlowRow row) {
        FlowBlock block = part.blocks[bucket];
        if (block == null) {
            block = new FlowBlock(part.minute);
            part.blocks[bucket] = block;
        }
        block.add(row);
    }

    List<Dealt> parts() {
        return parts;
    }
}
