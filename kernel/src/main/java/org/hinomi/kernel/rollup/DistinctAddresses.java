package org.hinomi.kernel.rollup;

import java.util.HashSet;
import java.util.Set;
import org.apache.datasketches.hll.HllSketch;
import org.hinomi.kernel.address.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Counts distinct addresses: exactly up to a bound, beyond it by a HyperLogLog sketch (error about 1.6 %). IPv4
 * addresses are bits, a page for each block of 65,536, since dark addresses lie close together.
 */
public final class DistinctAddresses {
    private static final int SKETCH_LG_K = 12;
    private static final int PAGES = 1 << 16;
    private static final int WORDS = 1 << 10;
    private static final int MOST_PAGES = 4096;

    private final int mostV6;
    private final HllSketch sketch = new HllSketch(SKETCH_LG_K);
    private long[] @Nullable [] pages = new long[PAGES][];
    private final Set<IpAddress> v6 = new HashSet<>();
    private int pageCount;
    private long size;
    private boolean estimated;

    /** Tells apart the IPv4 addresses of 4096 blocks of 65,536, and a number of IPv6 addresses. */
    DistinctAddresses(int mostV6) {
        this.mostV6 = mostV6;
    }

    void add(long hi, long lo) {
        if (IpAddress.isV4(hi, lo)) {
            addV4((int) lo);
        } else if (estimated) {
            sketch.update(sketched(hi, lo));
        } else if (v6.add(new IpAddress(hi, lo))) {
            added(hi, lo, v6.size() > mostV6);
        }
    }

    /** Adds an IPv4 address. */
    void addV4(int address) {
        if (estimated) {
            sketch.update(sketched(0, IpAddress.V4_PREFIX | Integer.toUnsignedLong(address)));
            return;
        }
        long @Nullable [] page = pages[address >>> 16];
        if (page == null) {
            page = new long[WORDS];
            pages[address >>> 16] = page;
            pageCount++;
        }
        int word = address >>> 6 & WORDS - 1;
        long bit = 1L << address;
        if ((page[word] & bit) == 0) {
            page[word] |= bit;
            added(0, IpAddress.V4_PREFIX | Integer.toUnsignedLong(address), pageCount > MOST_PAGES);
        }
    }

    private void added(long hi, long lo, boolean tooMany) {
        size++;
        sketch.update(sketched(hi, lo));
        if (tooMany) {
            estimated = true;
            pages = new long[0][];
            v6.clear();
        }
    }

    private static long sketched(long hi, long lo) {
        return hi * 0x9e3779b97f4a7c15L ^ lo;
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
