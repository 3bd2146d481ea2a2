package org.hinomi.observatory.telescope.query;

import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;

/** Merges sketches of roll-ups. */
final class Sketches {
    private static final int MOST_LG_K = 12;

    private final HllUnion union = new HllUnion(MOST_LG_K);

    void add(byte[] sketch) {
        if (sketch.length > 0) {
            union.update(HllSketch.heapify(sketch));
        }
    }

    long estimate() {
        return union.isEmpty() ? 0 : Math.round(union.getEstimate());
    }
}
