package org.hinomi.kernel.address;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Address blocks merged into disjoint ranges: answers whether an address is in any of them. Immutable. */
public final class PrefixSet {
    private final List<Prefix> prefixes;
    private final long[] firstHi;
    private final long[] firstLo;
    private final long[] lastHi;
    private final long[] lastLo;

    private PrefixSet(List<Prefix> prefixes, List<IpAddress[]> ranges) {
        this.prefixes = prefixes;
        firstHi = ranges.stream().mapToLong(r -> r[0].hi()).toArray();
        firstLo = ranges.stream().mapToLong(r -> r[0].lo()).toArray();
        lastHi = ranges.stream().mapToLong(r -> r[1].hi()).toArray();
        lastLo = ranges.stream().mapToLong(r -> r[1].lo()).toArray();
    }

    /** The set of the given blocks; overlapping blocks count once. */
    public static PrefixSet of(List<Prefix> prefixes) {
        List<Prefix> sorted = new ArrayList<>(prefixes);
        sorted.sort(Comparator.comparing(Prefix::network).thenComparing(Prefix::length));
        List<IpAddress[]> ranges = new ArrayList<>();
        for (Prefix prefix : sorted) {
            IpAddress[] before = ranges.isEmpty() ? null : ranges.getLast();
            if (before == null || prefix.network().compareTo(before[1]) > 0) {
                ranges.add(new IpAddress[] {prefix.network(), prefix.last()});
            } else if (prefix.last().compareTo(before[1]) > 0) {
                before[1] = prefix.last();
            }
        }
        return new PrefixSet(List.copyOf(prefixes), ranges);
    }

    /** Whether the address, given as its two halves, is in one of the blocks. */
    public boolean contains(long hi, long lo) {
        int low = 0;
        int high = firstHi.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (below(hi, lo, firstHi[middle], firstLo[middle])) {
                high = middle - 1;
            } else if (below(lastHi[middle], lastLo[middle], hi, lo)) {
                low = middle + 1;
            } else {
                return true;
            }
        }
        return false;
    }

    private static boolean below(long hi, long lo, long otherHi, long otherLo) {
        return hi != otherHi ? Long.compareUnsigned(hi, otherHi) < 0 : Long.compareUnsigned(lo, otherLo) < 0;
    }

    /** How many addresses the set holds, at most {@code Long.MAX_VALUE}. */
    public long size() {
        BigInteger total = BigInteger.ZERO;
        for (int i = 0; i < firstHi.length; i++) {
            BigInteger upper = new BigInteger(Long.toUnsignedString(lastHi[i] - firstHi[i])).shiftLeft(64);
            BigInteger lower = new BigInteger(Long.toUnsignedString(lastLo[i] - firstLo[i]));
            total = total.add(upper).add(lower).add(BigInteger.ONE);
        }
        return total.bitLength() < Long.SIZE ? total.longValueExact() : Long.MAX_VALUE;
    }

    /** How many IPv4 addresses the set holds. */
    public long v4Size() {
        return of(prefixes.stream().filter(prefix -> prefix.network().isV4()).toList())
                .size();
    }

    /** The blocks as they were given. */
    public List<Prefix> prefixes() {
        return prefixes;
    }

    /** Whether the set holds no block. */
    public boolean isEmpty() {
        return prefixes.isEmpty();
    }
}
