package org.hinomi.observatory.telescope.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Place;
import org.hinomi.kernel.address.Places;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.rollup.PortCatalogue;
import org.hinomi.observatory.telescope.query.Filter.PortKey;
import org.hinomi.observatory.telescope.query.TupleQueries.SourceRow;
import org.jspecify.annotations.Nullable;

/** What to call ports, networks, places and families. */
final class Labels {
    private final PortCatalogue ports;
    private final Places places;
    private final FingerprintCatalogue catalogue;

    Labels(PortCatalogue ports, Places places, FingerprintCatalogue catalogue) {
        this.ports = ports;
        this.places = places;
        this.catalogue = catalogue;
    }

    Answers.Port port(PortKey key, long packets, @Nullable Long sources, @Nullable Double share) {
        Optional<PortCatalogue.Entry> entry = ports.entry(key.protocol(), key.port());
        return new Answers.Port(
                key.protocol() == IpProtocol.TCP ? "tcp" : "udp",
                key.port(),
                entry.map(PortCatalogue.Entry::service).orElse(null),
                entry.map(PortCatalogue.Entry::iot).orElse(false),
                packets,
                sources,
                share);
    }

    @Nullable
    String service(PortKey key) {
        return ports.entry(key.protocol(), key.port())
                .map(PortCatalogue.Entry::service)
                .orElse(null);
    }

    @Nullable
    String network(long asn) {
        return asn == 0 ? null : places.networkName(asn).orElse(null);
    }

    Optional<Place> place(IpAddress address) {
        return places.place(address.hi(), address.lo());
    }

    /** The names of the packet rules in a bit set. */
    List<String> families(int lanes) {
        List<String> names = new ArrayList<>();
        for (int lane = 0; lane < catalogue.packetRules().size(); lane++) {
            if ((lanes >>> lane & 1) != 0) {
                names.add(catalogue.packetRules().get(lane).name());
            }
        }
        return names;
    }

    /** The families that enough of a source's packets name. */
    private List<String> named(SourceRow row) {
        List<String> names = new ArrayList<>();
        for (int lane = 0; lane < row.matching().size(); lane++) {
            if (catalogue.packetRules().get(lane).names(row.matching().get(lane), row.syns())) {
                names.add(catalogue.packetRules().get(lane).name());
            }
        }
        return names;
    }

    /** The first rule of a bit set that one packet suffices for. */
    @Nullable
    String family(long lanes) {
        for (long left = lanes; left != 0; left &= left - 1) {
            Fingerprint rule = catalogue.packetRules().get(Long.numberOfTrailingZeros(left));
            if (rule.names(1, 1)) {
                return rule.name();
            }
        }
        return null;
    }

    static @Nullable String country(String letters) {
        return letters.equals("??") ? null : letters;
    }

    static @Nullable Long asn(long number) {
        return number == 0 ? null : number;
    }

    Answers.Source source(SourceRow row) {
        return new Answers.Source(
                row.address().toString(),
                country(row.country()),
                place(row.address()).map(Place::city).filter(c -> !c.isEmpty()).orElse(null),
                asn(row.asn()),
                network(row.asn()),
                row.packets(),
                row.ports(),
                named(row),
                java.time.Instant.ofEpochSecond(row.first()),
                java.time.Instant.ofEpochSecond(row.last()));
    }
}
