package org.hinomi.observatory.geo;

import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** The names of autonomous systems, found by number. */
final class NetworkNames {
    private static final int ENTRY = 8;

    private final GeoTable table;
    private final MemorySegment entries;

    NetworkNames(GeoTable table) {
        this.table = table;
        this.entries = table.section(Section.NETWORK_NAMES);
    }

    Optional<String> name(long asn) {
        long low = 0;
        long high = entries.byteSize() / ENTRY - 1;
        while (low <= high) {
            long middle = (low + high) >>> 1;
            long number = Integer.toUnsignedLong(entries.get(GeoTable.INT, middle * ENTRY));
            if (number == asn) {
                return Optional.of(table.text(entries.get(GeoTable.INT, middle * ENTRY + 4)))
                        .filter(name -> !name.isEmpty());
            }
            if (number < asn) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }
}
