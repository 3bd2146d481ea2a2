package org.hinomi.kernel.campaign;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.detect.VisitOrder;

/**
 * What one source did in the dark space on one day (UTC), of its packets that ask for something: no backscatter.
 *
 * @param address the source
 * @param country where it is registered, two ASCII letters {@code first << 8 | second}; 0 when unknown
 * @param asn number of its autonomous system; 0 when unknown
 * @param first start of its first minute, seconds since 1970-01-01 UTC
 * @param last end of its last minute, seconds since 1970-01-01 UTC
 * @param packets packets
 * @param destinations different dark addresses, about
 * @param ports ports with packets, most first, at most {@link #MOST_PORTS}
 * @param hours packets in each hour of the day, 24 of them
 * @param families packets with the mark of a tool or family, by rule name, of rules that name this source
 * @param ttl time to live that is left
 * @param window TCP window of SYN packets
 * @param length bytes of the IP packet
 * @param order the order in which it visited addresses
 */
public record SourceDay(
        IpAddress address,
        int country,
        long asn,
        long first,
        long last,
        long packets,
        int destinations,
        List<PortPackets> ports,
        List<Integer> hours,
        SortedMap<String, Long> families,
        Trait ttl,
        Trait window,
        Trait length,
        VisitOrder.Order order) {
    /** The most ports of a source that are told. */
    public static final int MOST_PORTS = 24;

    /** Hours of a day. */
    public static final int HOURS = 24;

    /** Holds copies of what it is given. */
    public SourceDay {
        ports = List.copyOf(ports);
        hours = List.copyOf(hours);
        families = Collections.unmodifiableSortedMap(new TreeMap<>(families));
        if (ports.isEmpty() || ports.size() > MOST_PORTS || hours.size() != HOURS || packets <= 0 || last <= first) {
            throw new IllegalArgumentException("the day of source " + address + " has " + ports.size() + " ports, "
                    + hours.size() + " hours and " + packets + " packets");
        }
    }
}
