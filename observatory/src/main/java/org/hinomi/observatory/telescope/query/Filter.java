package org.hinomi.observatory.telescope.query;

import java.util.List;
import java.util.Optional;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.packet.PacketClass;

/**
 * What a question is about.
 *
 * @param sensors names; never empty
 * @param classes empty for all
 * @param country ISO 3166-1 alpha-2, or {@code ??} for unknown
 * @param family lane of a packet rule
 * @param sources addresses of which the source must be one of
 */
public record Filter(
        TimeRange range,
        List<String> sensors,
        List<PacketClass> classes,
        Optional<PortKey> port,
        Optional<String> country,
        Optional<Long> asn,
        Optional<Family> family,
        Optional<Prefix> sources) {

    /**
     * A destination port.
     *
     * @param protocol IP protocol number
     */
    public record PortKey(int protocol, int port) {
        @Override
        public String toString() {
            return (protocol == 6 ? "tcp/" : "udp/") + port;
        }
    }

    /**
     * A family of tools.
     *
     * @param lane its place among the packet rules
     */
    public record Family(String name, int lane) {}

    /** The dimension of the roll-ups that answers the question. */
    public sealed interface Dimension {
        /** Nothing but time, sensor and class is asked. */
        record All() implements Dimension {}

        /** One key of one dimension. */
        record Key(String dimension, String key) implements Dimension {}
    }

    /** The roll-ups that answer the question; empty when tuples must be scanned. */
    public Optional<Dimension> dimension() {
        int asked = (port.isPresent() ? 1 : 0)
                + (country.isPresent() ? 1 : 0)
                + (asn.isPresent() ? 1 : 0)
                + (family.isPresent() ? 1 : 0);
        if (sources.isPresent() || asked > 1) {
            return Optional.empty();
        }
        Optional<Dimension> key = port.<Dimension>map(p -> new Dimension.Key("port", p.toString()))
                .or(() -> country.map(c -> new Dimension.Key("country", c)))
                .or(() -> asn.map(a -> new Dimension.Key("network", Long.toString(a))))
                .or(() -> family.map(f -> new Dimension.Key("family", f.name())));
        return key.or(() -> Optional.of(new Dimension.All()));
    }

    /** The same question about another time. */
    public Filter during(TimeRange other) {
        return new Filter(other, sensors, classes, port, country, asn, family, sources);
    }

    /** The same question about one source. */
    public Filter from(IpAddress source) {
        Optional<Prefix> only = Optional.of(new Prefix(source, source.bits()));
        return new Filter(range, sensors, classes, port, country, asn, family, only);
    }

    /** The same question about one port. */
    public Filter to(PortKey key) {
        return new Filter(range, sensors, classes, Optional.of(key), country, asn, family, sources);
    }

    /** The same question about one network. */
    public Filter network(long number) {
        return new Filter(range, sensors, classes, port, country, Optional.of(number), family, sources);
    }
}
