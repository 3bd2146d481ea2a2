package org.hinomi.kernel.address;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something by address block: the most specific prefix decides. Prefixes become ranges in order, so that a look-up is one
 * binary search without allocation. Immutable.
 *
 * @param <T> what a block has
 */
public final class PrefixTable<T> {
    private final long[] startHi;
    private final long[] startLo;
    private final List<@Nullable T> values;

    /** A block and what it has. */
    public record Block<T>(Prefix prefix, T value) {}

    private record Start<T>(IpAddress at, @Nullable T value) {}

    /**
     * A table.
     *
     * @param blocks of two with the same prefix the later counts
     */
    public PrefixTable(List<Block<T>> blocks) {
        List<Start<T>> starts = starts(blocks);
        this.startHi = starts.stream().mapToLong(start -> start.at.hi()).toArray();
        this.startLo = starts.stream().mapToLong(start -> start.at.lo()).toArray();
        this.values = new ArrayList<>(starts.size());
        starts.forEach(start -> values.add(start.value));
    }

    /** Where the value changes, in order of addresses. Prefixes nest or lie apart, so a stack tells what is next. */
    private static <T> List<Start<T>> starts(List<Block<T>> blocks) {
        List<Block<T>> sorted = new ArrayList<>(blocks);
        sorted.sort(Comparator.comparing((Block<T> block) -> block.prefix().network())
                .thenComparing(block -> block.prefix().length()));
        List<Start<T>> starts = new ArrayList<>();
        Deque<Block<T>> open = new ArrayDeque<>();
        for (Block<T> block : sorted) {
            close(open, block.prefix().network(), starts);
            begin(starts, block.prefix().network(), block.value());
            open.push(block);
        }
        close(open, null, starts);
        return starts;
    }

    private static <T> void close(Deque<Block<T>> open, @Nullable IpAddress before, List<Start<T>> starts) {
        while (!open.isEmpty()
                && (before == null || open.element().prefix().last().compareTo(before) < 0)) {
            IpAddress last = open.pop().prefix().last();
            if (last.lo() != -1 || last.hi() != -1) {
                IpAddress next = new IpAddress(last.lo() == -1 ? last.hi() + 1 : last.hi(), last.lo() + 1);
                begin(starts, next, open.isEmpty() ? null : open.element().value());
            }
        }
    }

    private static <T> void begin(List<Start<T>> starts, IpAddress at, @Nullable T value) {
        if (!starts.isEmpty() && starts.getLast().at.equals(at)) {
            starts.removeLast();
        }
        starts.add(new Start<>(at, value));
    }

    /** What the block of an address given as its two halves has; null when it is in none. */
    public @Nullable T at(long hi, long lo) {
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
        return low == 0 ? null : values.get(low - 1);
    }
}
