package org.hinomi.observatory.telescope.query;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.observatory.store.warehouse.Row;
import org.jspecify.annotations.Nullable;

/**
 * Sums over a filter.
 *
 * @param sources distinct sources, estimated; null when the roll-ups can't tell
 * @param destinations distinct destinations, estimated; null when the roll-ups can't tell
 */
record Totals(
        long packets,
        long tuples,
        long synOrUdp,
        long toIot,
        Map<String, Long> classes,
        Map<String, Long> kinds,
        @Nullable Long sources,
        @Nullable Long destinations) {

    /** How many columns {@link #read} reads. */
    static final int COLUMNS = 4 + PacketClass.count() + Kind.count();

    /** The columns of {@link #read}, summed from roll-ups. */
    static final String FROM_ROLLUPS = "coalesce(sum(packets), 0), coalesce(sum(tuples), 0), "
            + "coalesce(sum(syn_or_udp), 0), coalesce(sum(to_iot), 0), " + sums("c", PacketClass.count()) + ", "
            + sums("k", Kind.count());

    private static String sums(String column, int count) {
        return String.join(
                ", ",
                IntStream.range(0, count)
                        .mapToObj(i -> "coalesce(sum(" + column + i + "), 0)")
                        .toList());
    }

    /** The columns of {@link #read}, summed from tuples. */
    static String fromTuples(String iot) {
        String aimed = "class = 0 OR class = " + PacketClass.UDP.ordinal();
        return "coalesce(sum(packet_cnt), 0)::BIGINT, count(*), "
                + "coalesce(sum(packet_cnt) FILTER (" + aimed + "), 0)::BIGINT, "
                + "coalesce(sum(packet_cnt) FILTER ((" + aimed + ") AND (" + iot + ")), 0)::BIGINT, "
                + filtered("class", PacketClass.count()) + ", " + filtered("kind", Kind.count());
    }

    private static String filtered(String column, int count) {
        return String.join(
                ", ",
                IntStream.range(0, count)
                        .mapToObj(i -> "coalesce(sum(packet_cnt) FILTER (" + column + " = " + i + "), 0)::BIGINT")
                        .toList());
    }

    static Totals read(Row row, @Nullable Long sources, @Nullable Long destinations) {
        Map<String, Long> classes = new LinkedHashMap<>();
        for (PacketClass packetClass : PacketClass.values()) {
            classes.put(packetClass.id(), row.number(5 + packetClass.ordinal()));
        }
        Map<String, Long> kinds = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            kinds.put(kind.id(), row.number(5 + PacketClass.count() + kind.ordinal()));
        }
        return new Totals(
                row.number(1), row.number(2), row.number(3), row.number(4), classes, kinds, sources, destinations);
    }

    /** The same, narrowed to some classes: sources, destinations, kinds and IoT share can no longer be told. */
    Totals only(List<PacketClass> some) {
        Map<String, Long> kept = new LinkedHashMap<>(classes);
        kept.replaceAll((id, packets) -> some.stream().anyMatch(c -> c.id().equals(id)) ? packets : 0L);
        long sum = kept.values().stream().mapToLong(Long::longValue).sum();
        return new Totals(sum, tuples, 0, 0, kept, Map.of(), null, null);
    }
}
