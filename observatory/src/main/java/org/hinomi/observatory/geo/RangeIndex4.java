package org.hinomi.observatory.geo;

import java.lang.foreign.MemorySegment;

/**
 * IPv4 ranges: sorted starts, a value each. The upper 16 bits of an address choose a stretch of the starts, a binary
 * search does the rest. Allocates nothing.
 */
final class RangeIndex4 {
    private static final int BUCKETS = 1 << 16;

    private final MemorySegment starts;
    private final MemorySegment values;
    private final int[] bucket = new int[BUCKETS + 1];

    RangeIndex4(MemorySegment starts, MemorySegment values) {
        this.starts = starts;
        this.values = values;
        int size = (int) (Math.min(starts.byteSize(), values.byteSize()) / Integer.BYTES);
        int next = 0;
        for (int i = 0; i < size; i++) {
            int upper = starts.get(GeoTable.INT, (long) i << 2) >>> 16;
            while (next <= upper) {
                bucket[next++] = i;
            }
        }
        while (next <= BUCKETS) {
            bucket[next++] = size;
        }
    }

    /** The value of the range that holds an address; 0 before the first. */
    int value(int address) {
        int upper = address >>> 16;
        int low = bucket[upper];
        int high = bucket[upper + 1] - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (Integer.compareUnsigned(starts.get(GeoTable.INT, (long) middle << 2), address) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return low == 0 ? 0 : values.get(GeoTable.INT, (long) (low - 1) << 2);
    }
}
