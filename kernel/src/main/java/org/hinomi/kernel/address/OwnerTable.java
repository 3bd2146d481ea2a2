package org.hinomi.kernel.address;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses belong to whom at one time: the most specific prefix decides, and where there is none the autonomous
 * system that announces the address. Prefixes become ranges in order, so that a look-up is one binary search; the
 * system is asked for only when somebody registered one. Immutable.
 */
public final class OwnerTable {
    /** Nobody owns anything. */
    public static final OwnerTable EMPTY = new OwnerTable(List.of(), Map.of(), Origin.UNKNOWN);

    private final long[] startHi;
    private final long[] startLo;
    private final @Nullable Owner[] owners;
    private final long[] systems;
    private final Owner[] systemOwners;
    private final Origin origin;

    /** A block with its owner. */
    public record Block(Prefix prefix, Owner owner) {}

    private record Start(IpAddress at, @Nullable Owner owner) {}

    /**
     * A table.
     *
     * @param blocks each prefix once; of two that are the same the later counts
     * @param systems owners by AS number
     * @param origin tells who announces an address
     */
    public OwnerTable(List<Block> blocks, Map<Long, Owner> systems, Origin origin) {
        List<Start> starts = starts(blocks);
        this.startHi = starts.stream().mapToLong(start -> start.at.hi()).toArray();
        this.startLo = starts.stream().mapToLong(start -> start.at.lo()).toArray();
        this.owners = starts.stream().map(Start::owner).toArray(Owner[]::new);
        TreeMap<Long, Owner> sorted = new TreeMap<>(systems);
        this.systems = sorted.keySet().stream().mapToLong(number -> number).toArray();
        this.systemOwners = sorted.values().toArray(Owner[]::new);
        this.origin = origin;
    }

    /** Where the owner changes, in order of addresses. Prefixes nest or lie apart, so a stack tells who is next. */
    private static List<Start> starts(List<Block> blocks) {
        List<Block> sorted = new ArrayList<>(blocks);
        sorted.sort(Comparator.comparing((Block block) -> block.prefix().network())
                .thenComparing(block -> block.prefix().length()));
        List<Start> starts = new ArrayList<>();
        Deque<Block> open = new ArrayDeque<>();
        for (Block block : sorted) {
            close(open, block.prefix().network(), starts);
            begin(starts, block.prefix().network(), block.owner());
            open.push(block);
        }
        close(open, null, starts);
        return starts;
    }

    private static void close(Deque<Block> open, @Nullable IpAddress before, List<Start> starts) {
        while (!open.isEmpty()
                && (before == null || open.element().prefix().last().compareTo(before) < 0)) {
            IpAddress last = open.pop().prefix().last();
            if (last.lo() != -1 || last.hi() != -1) {
                IpAddress next = new IpAddress(last.lo() == -1 ? last.hi() + 1 : last.hi(), last.lo() + 1);
                begin(starts, next, open.isEmpty() ? null : open.element().owner());
            }
        }
    }

    private static void begin(List<Start> starts, IpAddress at, @Nullable Owner owner) {
        if (!starts.isEmpty() && starts.getLast().at.equals(at)) {
            starts.removeLast();
        }
        starts.add(new Start(at, owner));
    }

    /** The owner of an address given as its two halves; null when there is none. */
    public @Nullable Owner at(long hi, long lo) {
        Owner owner = byPrefix(hi, lo);
        return owner != null || systems.length == 0 ? owner : bySystem(origin.asn(hi, lo));
    }

    private @Nullable Owner byPrefix(long hi, long lo) {
        int low = 0;
        int high = startHi.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            boolean after = startHi[middle] != hi
                    ? Long.compareUnsigned(startHi[middle], hi) > 0
                    : Long.compareUnsigned(startLo[middle], lo) > 0;
            if (after) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low == 0 ? null : owners[low - 1];
    }

    private @Nullable Owner bySystem(long number) {
        int at = java.util.Arrays.binarySearch(systems, number);
        return number == 0 || at < 0 ? null : systemOwners[at];
    }
}
