package org.hinomi.observatory.geo;

import java.util.Arrays;

/**
 * Ranges as they are read from a source, in ascending order: gaps get the value 0, neighbours of the same value become
 * one, and where ranges overlap the first one keeps its addresses. IPv4 addresses are numbers below 2^32; of IPv6
 * addresses only the upper 64 bits are told apart.
 */
final class RangeList {
    private final String name;
    private long[] starts = new long[1 << 16];
    private int[] values = new int[1 << 16];
    private int size;
    private long next;
    private boolean full;
    private long lastStart;

    /**
     * An empty list.
     *
     * @param name what to call the source when its ranges are not in order
     */
    RangeList(String name) {
        this.name = name;
    }

    /**
     * Adds a range, both ends included.
     *
     * @throws GeoException when it begins before the one before it
     */
    void add(long start, long end, int value) {
        if (Long.compareUnsigned(start, lastStart) < 0 || Long.compareUnsigned(end, start) < 0) {
            throw new GeoException(name + " is damaged: its ranges are not in order");
        }
        lastStart = start;
        if (full || Long.compareUnsigned(end, next) < 0) {
            return;
        }
        if (Long.compareUnsigned(start, next) > 0) {
            append(next, 0);
        }
        append(Long.compareUnsigned(start, next) > 0 ? start : next, value);
        next = end + 1;
        full = next == 0;
    }

    private void append(long start, int value) {
        if (size > 0 && values[size - 1] == value) {
            return;
        }
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, size * 2);
            values = Arrays.copyOf(values, size * 2);
        }
        starts[size] = start;
        values[size++] = value;
    }

    /** Ends the last range. */
    void close(long last) {
        if (!full && Long.compareUnsigned(next, last) <= 0) {
            append(next, 0);
        }
    }

    int size() {
        return size;
    }

    long start(int index) {
        return starts[index];
    }

    int value(int index) {
        return values[index];
    }
}
