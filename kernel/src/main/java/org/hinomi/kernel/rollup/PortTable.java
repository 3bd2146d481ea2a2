package org.hinomi.kernel.rollup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.datasketches.hll.HllSketch;
import org.hinomi.kernel.packet.IpProtocol;
import org.jspecify.annotations.Nullable;

/** Packets and distinct sources by destination port of TCP and UDP. Bounded: one sketch a port at most. */
public final class PortTable {
    private static final int PORTS = 1 << 16;
    private static final int SKETCH_LG_K = 11;

    private final long[][] packets = new long[2][PORTS];
    private final @Nullable HllSketch[][] sources = new HllSketch[2][PORTS];

    /**
     * A port's figures.
     *
     * @param protocol IP protocol number, TCP or UDP
     * @param sources distinct sources, estimated above a few hundred (error about 2.3 %)
     */
    public record PortCount(int protocol, int port, long packets, long sources) {}

    void addPackets(int protocol, int port, long count) {
        packets[row(protocol)][port] += count;
    }

    /** Notes a source; the same source may be noted again. */
    void addSource(int protocol, int port, long hi, long lo) {
        @Nullable HllSketch[] row = sources[row(protocol)];
        HllSketch sketch = row[port];
        if (sketch == null) {
            sketch = new HllSketch(SKETCH_LG_K);
            row[port] = sketch;
        }
        sketch.update(hi * 0x9e3779b97f4a7c15L ^ lo);
    }

    private static int row(int protocol) {
        return protocol == IpProtocol.TCP ? 0 : 1;
    }

    /** The ports with the most packets, most first. */
    public List<PortCount> top(int most) {
        List<PortCount> all = new ArrayList<>();
        for (int protocol : new int[] {IpProtocol.TCP, IpProtocol.UDP}) {
            for (int port = 0; port < PORTS; port++) {
                long count = packets[row(protocol)][port];
                if (count > 0) {
                    HllSketch sketch = sources[row(protocol)][port];
                    long distinct = sketch == null ? 0 : Math.round(sketch.getEstimate());
                    all.add(new PortCount(protocol, port, count, distinct));
                }
            }
        }
        all.sort(Comparator.comparingLong(PortCount::packets)
                .reversed()
                .thenComparing(PortCount::protocol)
                .thenComparing(PortCount::port));
        return all.subList(0, Math.min(most, all.size()));
    }
}
