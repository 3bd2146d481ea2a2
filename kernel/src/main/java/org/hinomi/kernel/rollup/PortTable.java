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
    private static final int PORTS = 1 << 16;
    private static final int PORTS_OF_GROUP_BITS = 9;
    private static final int GROUPS = 2 * PORTS >>> PORTS_OF_GROUP_BITS;
    private static final int BLOCK = 1024;
    private static final int RECENT_BITS = 16;

    private static final Comparator<PortCount> FEWEST_FIRST = Comparator.comparingLong(PortCount::packets)
            .thenComparing(Comparator.comparingInt(PortCount::protocol).reversed())
            .thenComparing(Comparator.comparingInt(PortCount::port).reversed());

    private final long[] packets = new long[2 * PORTS];
    private final int[] @Nullable [] sources = new int[2 * PORTS][];
    private final int[] recent = new int[1 << RECENT_BITS];
    private final long[] blocks = new long[GROUPS * BLOCK];
    private final int[] pending = new int[GROUPS];

    /**
     * A port's figures.
     *
     * @param protocol IP protocol number, TCP or UDP
     * @param sources distinct sources, estimated above 128 (error about 2.3 %)
     */
    public record PortCount(int protocol, int port, long packets, long sources) {}

    private static int row(int protocol, int port) {
        return protocol == IpProtocol.TCP ? port : PORTS + port;
    }

    void addPackets(int protocol, int port, long count) {
        packets[row(protocol, port)] += count;
    }

    /** Notes a source; the same source may be noted again. */
    void addSource(int protocol, int port, long hi, long lo) {
        int row = row(protocol, port);
        long hash = (hi * 0xc2b2ae3d27d4eb4fL ^ lo) * 0x9e3779b97f4a7c15L;
        long pair = (hash ^ row) * 0xd6e8feb86659fd93L;
        int place = (int) (pair >>> 64 - RECENT_BITS);
        if (recent[place] == (int) pair) {
            return;
        }
        recent[place] = (int) pair;
        int group = row >>> PORTS_OF_GROUP_BITS;
        if (pending[group] == BLOCK) {
            settle(group);
        }
        blocks[group * BLOCK + pending[group]++] = (long) row << 32 | hash >>> 32;
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
        for (int row = 0; row < packets.length; row++) {
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
