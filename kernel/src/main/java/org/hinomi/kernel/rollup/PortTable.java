package org.hinomi.kernel.rollup;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.hinomi.kernel.packet.IpProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Packets and distinct sources by destination port of TCP and UDP. Bounded: 2 KiB a port at most. Sources gather by
 * groups of ports, so that one group's counters stay in the cache while they are raised. A pair of source and
 * port that was seen a moment ago is known by a small direct-mapped memory of pairs; a false hit there (one in 2^32)
 * leaves a source out.
 */
public final class PortTable {
    /** The row of all tuples without a port. */
    static final int NO_PORT = 1 << 17;

    private static final int PORTS = 1 << 16;
    private static final int MOST_NOTES = 256;
    private static final int PORTS_OF_GROUP_BITS = 9;
    private static final int GROUPS = 2 * PORTS >>> PORTS_OF_GROUP_BITS;
    private static final int BLOCK = 1024;
    private static final int RECENT_BITS = 16;

    private static final Comparator<PortCount> FEWEST_FIRST = Comparator.comparingLong(PortCount::packets)
            .thenComparing(Comparator.comparingInt(PortCount::protocol).reversed())
            .thenComparing(Comparator.comparingInt(PortCount::port).reversed());

    private final long[] packets = new long[NO_PORT + 1];
    private final int[] @Nullable [] sources = new int[2 * PORTS][];
    private final int[] recent = new int[1 << RECENT_BITS];
    private final long[] blocks = new long[GROUPS * BLOCK];
    private final int[] pending = new int[GROUPS];
    private final long[] noted = new long[MOST_NOTES];
    private final long[] pairs = new long[MOST_NOTES];
    private int notes;
    private int touched;

    /**
     * A port's figures.
     *
     * @param protocol IP protocol number, TCP or UDP
     * @param sources distinct sources, estimated above 128 (error about 2.3 %)
     */
    public record PortCount(int protocol, int port, long packets, long sources) {}

    /** The row of a port of TCP or UDP. */
    static int row(int protocol, int port) {
        return (protocol == IpProtocol.UDP ? PORTS : 0) | port;
    }

    void addPackets(int row, long count) {
        packets[row] += count;
    }

    /**
     * Notes a source, for the next {@link #addSources}; the same source may be noted again.
     *
     * @param source {@link SourceTable#hash} of its address
     * @param wanted whether to note it at all: asked here, where no branch depends on it
     */
    void note(int row, long source, boolean wanted) {
        if (notes == MOST_NOTES) {
            addSources();
        }
        noted[notes] = (long) row << 32 | source >>> 32;
        pairs[notes] = (source ^ row) * 0xd6e8feb86659fd93L;
        notes += wanted ? 1 : 0;
    }

    /** Adds the noted sources. */
    void addSources() {
        int sum = 0;
        for (int i = 0; i < notes; i++) {
            sum += recent[(int) (pairs[i] >>> 64 - RECENT_BITS)];
        }
        touched = sum;
        int left = 0;
        for (int i = 0; i < notes; i++) {
            int place = (int) (pairs[i] >>> 64 - RECENT_BITS);
            int before = recent[place];
            recent[place] = (int) pairs[i];
            noted[left] = noted[i];
            left += before == (int) pairs[i] ? 0 : 1;
        }
        for (int i = 0; i < left; i++) {
            addSource(noted[i]);
        }
        notes = 0;
    }

    private void addSource(long source) {
        int group = (int) (source >>> 32 + PORTS_OF_GROUP_BITS);
        if (pending[group] == BLOCK) {
            settle(group);
        }
        blocks[group * BLOCK + pending[group]++] = source;
    }

    /** Counts the noted sources of a group of ports. */
    private void settle(int group) {
        int from = group * BLOCK;
        for (int i = from; i < from + pending[group]; i++) {
            int row = (int) (blocks[i] >>> 32);
            int[] cells = sources[row];
            sources[row] = DistinctSources.add(cells == null ? DistinctSources.empty() : cells, (int) blocks[i]);
        }
        pending[group] = 0;
    }

    /** The ports with the most packets, most first. */
    public List<PortCount> top(int most) {
        for (int group = 0; group < GROUPS; group++) {
            settle(group);
        }
        PriorityQueue<PortCount> top = new PriorityQueue<>(most + 1, FEWEST_FIRST);
        for (int row = 0; row < NO_PORT; row++) {
            if (packets[row] > 0 && (top.size() < most || packets[row] >= top.element().packets)) {
                top.add(count(row));
                if (top.size() > most) {
                    top.remove();
                }
            }
        }
        return top.stream().sorted(FEWEST_FIRST.reversed()).toList();
    }

    private PortCount count(int row) {
        int[] cells = sources[row];
        return new PortCount(
                row < PORTS ? IpProtocol.TCP : IpProtocol.UDP,
                row & PORTS - 1,
                packets[row],
                cells == null ? 0 : DistinctSources.count(cells));
    }
}
