package org.hinomi.kernel.rollup;

import org.apache.datasketches.hll.HllSketch;

/** Counts distinct addresses: exactly up to a bound, beyond it by a HyperLogLog sketch (error about 1.6 %). */
public final class DistinctAddresses {
    private static final int SKETCH_LG_K = 12;

    private final int most;
    private final HllSketch sketch = new HllSketch(SKETCH_LG_K);
    private long[] keys = new long[1 << 10];
    private int size;
    private boolean estimated;

    DistinctAddresses(int most) {
        this.most = most;
    }

    void add(long hi, long lo) {
        // An IPv4 address is its own key; an IPv6 one is hashed to 64 bits, where 2^20 of them rarely collide.
        long key = hi == 0 ? lo : hi * 0x9e3779b97f4a7c15L ^ Long.rotateLeft(lo, 29) * 0xc2b2ae3d27d4eb4fL;
        if (key == 0) {
            key = 1;
        }
        if (estimated) {
            sketch.update(key);
            return;
        }
        int mask = keys.length - 1;
        int slot = slot(key, mask);
        while (keys[slot] != 0) {
            if (keys[slot] == key) {
                return;
            }
            slot = slot + 1 & mask;
        }
        sketch.update(key);
        if (size == most) {
            estimated = true;
            keys = new long[0];
            return;
        }
        keys[slot] = key;
        if (++size * 2 > keys.length) {
            grow();
        }
    }

    private static int slot(long key, int mask) {
        return (int) (key * 0x9e3779b97f4a7c15L >>> 32) & mask;
    }

    private void grow() {
        long[] old = keys;
        keys = new long[old.length * 2];
        int mask = keys.length - 1;
        for (long key : old) {
            if (key != 0) {
                int slot = slot(key, mask);
                while (keys[slot] != 0) {
                    slot = slot + 1 & mask;
                }
                keys[slot] = key;
            }
        }
    }

    /** How many, exactly or as estimated. */
    public long count() {
        return estimated ? Math.round(sketch.getEstimate()) : size;
    }

    /** Whether {@link #count()} is an estimate. */
    public boolean estimated() {
        return estimated;
    }
}
