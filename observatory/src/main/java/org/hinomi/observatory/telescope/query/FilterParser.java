package org.hinomi.observatory.telescope.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.observatory.telescope.query.Filter.Family;
import org.hinomi.observatory.telescope.query.Filter.PortKey;
import org.hinomi.observatory.web.Query;

/** Reads the filters that all questions share. */
final class FilterParser {
    private static final String[] NAMES = {"from", "to", "sensor", "class", "port", "country", "asn", "family", "source"
    };
    private static final Pattern PORT = Pattern.compile("(tcp|udp)/([0-9]{1,5})");
    private static final long DAY = 86_400;
    private static final long LONGEST = 3660 * DAY;

    private final Scope scope;
    private final FingerprintCatalogue catalogue;

    FilterParser(Scope scope, FingerprintCatalogue catalogue) {
        this.scope = scope;
        this.catalogue = catalogue;
    }

    /** Reads the shared filters, and refuses parameters other than those and the given ones. */
    Filter parse(Query query, String... more) {
        List<String> names = new ArrayList<>(Arrays.asList(NAMES));
        names.addAll(Arrays.asList(more));
        query.only(names.toArray(String[]::new));
        return new Filter(
                range(query),
                sensors(query),
                classes(query),
                query.text("port").map(FilterParser::port),
                query.text("country").map(FilterParser::country),
                asn(query),
                query.text("family").map(this::family),
                query.text("source").map(FilterParser::prefix));
    }

    private TimeRange range(Query query) {
        long now = Math.ceilDiv(scope.now() + 1, 60) * 60;
        long to = query.instant("to").map(Instant::getEpochSecond).orElse(now);
        long from = query.instant("from").map(Instant::getEpochSecond).orElse(to - DAY);
        if (from >= to || to - from > LONGEST) {
            throw Query.unusable("from", Instant.ofEpochSecond(from).toString(), "before \"to\", by ten years at most");
        }
        return TimeRange.seconds(from, to).outward(60);
    }

    private List<String> sensors(Query query) {
        List<String> named = query.list("sensor");
        named.stream().filter(name -> !scope.knows(name)).findFirst().ifPresent(name -> {
            throw Query.unusable("sensor", name, "the name of a sensor");
        });
        return named.isEmpty() ? scope.sensors() : named;
    }

    private static List<PacketClass> classes(Query query) {
        return query.list("class").stream()
                .map(id -> Arrays.stream(PacketClass.values())
                        .filter(c -> c.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> Query.unusable(
                                "class",
                                id,
                                "of "
                                        + String.join(
                                                ", ",
                                                Arrays.stream(PacketClass.values())
                                                        .map(PacketClass::id)
                                                        .toList()))))
                .distinct()
                .toList();
    }

    static PortKey port(String text) {
        Matcher port = PORT.matcher(text);
        if (!port.matches() || Integer.parseInt(port.group(2)) > 65_535) {
            throw Query.unusable("port", text, "a port such as tcp/23 or udp/53");
        }
        return new PortKey(
                port.group(1).equals("tcp") ? IpProtocol.TCP : IpProtocol.UDP, Integer.parseInt(port.group(2)));
    }

    private static String country(String text) {
        if (!text.matches("[A-Za-z]{2}|\\?\\?")) {
            throw Query.unusable("country", text, "two letters such as JP, or ?? for unknown");
        }
        return text.toUpperCase(Locale.ROOT);
    }

    private static Optional<Long> asn(Query query) {
        OptionalLong asn = query.whole("asn", 0, 0xffff_ffffL);
        return asn.isPresent() ? Optional.of(asn.getAsLong()) : Optional.empty();
    }

    private Family family(String name) {
        for (int lane = 0; lane < catalogue.packetRules().size(); lane++) {
            if (catalogue.packetRules().get(lane).name().equals(name)) {
                return new Family(name, lane);
            }
        }
        throw Query.unusable(
                "family",
                name,
                "of "
                        + String.join(
                                ", ",
                                catalogue.packetRules().stream()
                                        .map(r -> r.name())
                                        .toList()));
    }

    private static Prefix prefix(String text) {
        try {
            return Prefix.parse(text);
        } catch (IllegalArgumentException e) {
            throw Query.unusable("source", text, "an address or a prefix such as 192.0.2.0/24");
        }
    }
}
