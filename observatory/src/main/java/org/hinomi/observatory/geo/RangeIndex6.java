package org.hinomi.observatory.geo;

import java.lang.foreign.MemorySegment;

/** IPv6 ranges by the upper 64 bits of their start, a value each. Allocates nothing. */
final class RangeIndex6 {
    private final MemorySegment starts;
    private final MemorySegment values;
    private final int size;

    RangeIndex6(MemorySegment starts, MemorySegment values) {
        this.starts = starts;
        this.values = values;
        this.size = (int) Math.min(starts.byteSize() / Long.BYTES, values.byteSize() / Integer.BYTES);
    }

    /** The value of the range that holds an address; 0 before the first. */
    int value(long hi) {
        int low = 0;
        int high = size - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(starts.get(GeoTable.LONG, (long) middle << 3), hi) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return low == 0 ? 0 : values.get(GeoTable.INT, (long) (low - 1) << 2);
    }
}
