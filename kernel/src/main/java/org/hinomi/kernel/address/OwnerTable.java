package org.hinomi.kernel.address;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses belong to whom at one time: the most specific prefix decides, and where there is none the autonomous
 * system that announces the address, which is asked for only when somebody registered one. Immutable.
 */
public final class OwnerTable {
    /** Nobody owns anything. */
    public static final OwnerTable EMPTY = new OwnerTable(List.of(), Map.of(), Origin.UNKNOWN);

    private final PrefixTable<Owner> owners;
    private final long[] systems;
    private final Owner[] systemOwners;
    private final Origin origin;

    /** A block with its owner. */
    public record Block(Prefix prefix, Owner owner) {}

    /**
     * A table.
     *
     * @param blocks each prefix once; of two that are the same the later counts
     * @param systems owners by AS number
     * @param origin tells who announces an address
     */
    public OwnerTable(List<Block> blocks, Map<Long, Owner> systems, Origin origin) {
        this.owners = new PrefixTable<>(blocks.stream()
                .map(block -> new PrefixTable.Block<>(block.prefix, block.owner))
                .toList());
        TreeMap<Long, Owner> sorted = new TreeMap<>(systems);
        this.systems = sorted.keySet().stream().mapToLong(number -> number).toArray();
        this.systemOwners = sorted.values().toArray(Owner[]::new);
        this.origin = origin;
    }

    /** The owner of an address given as its two halves; null when there is none. */
    public @Nullable Owner at(long hi, long lo) {
        Owner owner = owners.at(hi, lo);
        return owner != null || systems.length == 0 ? owner : bySystem(origin.asn(hi, lo));
    }

    private @Nullable Owner bySystem(long number) {
        int at = java.util.Arrays.binarySearch(systems, number);
        return number == 0 || at < 0 ? null : systemOwners[at];
    }
}
