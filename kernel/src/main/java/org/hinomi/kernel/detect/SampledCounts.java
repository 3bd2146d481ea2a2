package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * Counts by number, exact while there are few numbers; beyond, of those numbers whose hashes are smallest, and each of
 * these exactly. The same whatever the order.
 */
final class SampledCounts {
    private static final int MOST = 256;
    private static final int BYTES_EACH = 96;

    private final TreeMap<Long, long[]> counts = new TreeMap<>();

    void add(long number, long count) {
        long hash = KeyOrder.hash(0, number);
        long[] known = counts.get(hash);
        if (known != null) {
            known[1] += count;
        } else if (counts.size() < MOST || hash < counts.lastKey()) {
            counts.put(hash, new long[] {number, count});
            if (counts.size() > MOST) {
                counts.pollLastEntry();
            }
        }
    }

    /** The numbers with the highest counts, by a name for each. */
    SortedMap<String, Long> foremost(int most, LongFunction<String> name) {
        List<long[]> order = counts.values().stream()
                .sorted(Comparator.<long[]>comparingLong(each -> -each[1]).thenComparingLong(each -> each[0]))
                .limit(most)
                .toList();
        SortedMap<String, Long> foremost = new TreeMap<>();
        order.forEach(each -> foremost.merge(name.apply(each[0]), each[1], Long::sum));
        return foremost;
    }

    /** The number with the highest count, the lowest of several; 0 when there is none. */
    long most() {
        return counts.values().stream()
                .min(Comparator.<long[]>comparingLong(each -> -each[1]).thenComparingLong(each -> each[0]))
                .map(each -> each[0])
                .orElse(0L);
    }

    int bytes() {
        return BYTES_EACH * counts.size();
    }

    void write(DataOutput out) throws IOException {
        out.writeShort(counts.size());
        for (Map.Entry<Long, long[]> each : counts.entrySet()) {
            out.writeLong(each.getValue()[0]);
            out.writeLong(each.getValue()[1]);
        }
    }

    static SampledCounts read(DataInput in) throws IOException {
        SampledCounts read = new SampledCounts();
        int size = in.readUnsignedShort();
        if (size > MOST) {
            throw new IOException("there are " + size + " counts");
        }
        for (int left = size; left > 0; left--) {
            long number = in.readLong();
            read.counts.put(KeyOrder.hash(0, number), new long[] {number, in.readLong()});
        }
        return read;
    }
}
