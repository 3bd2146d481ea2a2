package org.hinomi.observatory.store.warehouse;

import org.hinomi.kernel.tally.TallyRow;

/**
 * What a minute or an hour of a sensor adds up to, in whole or for one port, country, network or family: a
 * {@link TallyRow} as the warehouse keeps it.
 *
 * @param step 60 or 3600 seconds
 * @param time start, seconds since 1970-01-01 UTC
 * @param dimension what the key is: all, port, country, network, family
 * @param key as {@code tcp/23}, {@code BR}, {@code 4713}, {@code mirai}; empty for all
 * @param classes packets by ordinal of the class
 * @param kinds packets by ordinal of the kind
 * @param sources HyperLogLog sketch of the sources
 * @param destinations HyperLogLog sketch of the destinations, for dimension all; else empty
 */
@SuppressWarnings("ArrayRecordComponent")
public record RollupRow(
        String sensor,
        int step,
        long time,
        String dimension,
        String key,
        long packets,
        long tuples,
        long synOrUdp,
        long toIot,
        long[] classes,
        long[] kinds,
        byte[] sources,
        byte[] destinations) {
    /** A row that was counted. */
    public static RollupRow of(TallyRow row) {
        return new RollupRow(
                row.sensor(),
                row.step(),
                row.time(),
                row.dimension(),
                row.key(),
                row.packets(),
                row.tuples(),
                row.synOrUdp(),
                row.toIot(),
                row.classes(),
                row.kinds(),
                row.sources(),
                row.destinations());
    }
}
