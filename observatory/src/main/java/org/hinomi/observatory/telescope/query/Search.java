package org.hinomi.observatory.telescope.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.rollup.PortCatalogue;
import org.hinomi.observatory.telescope.query.Answers.Found;
import org.hinomi.observatory.telescope.query.Answers.Hit;

/** Finds the page for what somebody typed: an address, prefix, port, service, network or country. */
final class Search {
    private static final Pattern PORT = Pattern.compile("(?:(tcp|udp)[/ :]?)?([0-9]{1,5})", Pattern.CASE_INSENSITIVE);
    private static final Pattern NETWORK = Pattern.compile("as ?([0-9]{1,10})", Pattern.CASE_INSENSITIVE);
    private static final int MOST = 20;

    private final Figures figures;
    private final Labels labels;
    private final PortCatalogue ports;

    Search(Figures figures, Labels labels, PortCatalogue ports) {
        this.figures = figures;
        this.labels = labels;
        this.ports = ports;
    }

    Found find(String text, Filter filter) {
        Optional<IpAddress> address = IpAddress.parse(text);
        if (address.isPresent()) {
            return new Found(List.of(host(address.get())), null);
        }
        if (text.indexOf('/') > 0
                && IpAddress.parse(text.substring(0, text.indexOf('/'))).isPresent()) {
            return prefix(text, filter);
        }
        List<Hit> hits = new ArrayList<>();
        Matcher network = NETWORK.matcher(text);
        if (network.matches()) {
            long asn = Long.parseLong(network.group(1));
            hits.add(new Hit("network", name(asn), "/networks/" + asn));
        }
        Matcher port = PORT.matcher(text);
        if (port.matches() && Integer.parseInt(port.group(2)) <= 65_535) {
            hits.addAll(ports(Optional.ofNullable(port.group(1)), Integer.parseInt(port.group(2))));
        }
        services(text, hits);
        countries(text, hits);
        networks(text, filter, hits);
        return new Found(
                hits.stream().limit(MOST).toList(),
                hits.isEmpty()
                        ? "Type an address, a prefix such as 192.0.2.0/24, a port such as tcp/23, AS4713, or a country."
                        : null);
    }

    private static Hit host(IpAddress address) {
        return new Hit("host", address.toString(), "/hosts/" + address);
    }

    private Found prefix(String text, Filter filter) {
        try {
            Prefix prefix = Prefix.parse(text);
            Filter within = new Filter(
                    filter.range(),
                    filter.sensors(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(prefix));
            List<Hit> hits = new ArrayList<>();
            hits.add(new Hit("prefix", prefix.toString(), "/overview?source=" + prefix));
            figures.sources(within, new Page(MOST, 0)).items().stream()
                    .map(source -> new Hit("host", source.address(), "/hosts/" + source.address()))
                    .forEach(hits::add);
            return new Found(hits, null);
        } catch (IllegalArgumentException e) {
            return new Found(List.of(), e.getMessage());
        }
    }

    private List<Hit> ports(Optional<String> protocol, int number) {
        List<Hit> hits = new ArrayList<>();
        for (String name : List.of("tcp", "udp")) {
            if (protocol.isEmpty() || protocol.get().equalsIgnoreCase(name)) {
                int of = name.equals("tcp") ? IpProtocol.TCP : IpProtocol.UDP;
                hits.add(port(name, number, ports.entry(of, number)));
            }
        }
        return hits;
    }

    private static Hit port(String protocol, int number, Optional<PortCatalogue.Entry> entry) {
        String label =
                protocol + "/" + number + entry.map(e -> " " + e.service()).orElse("");
        return new Hit("port", label, "/ports/" + protocol + "/" + number);
    }

    private void services(String text, List<Hit> hits) {
        String wanted = text.toLowerCase(Locale.ROOT);
        ports.all().stream()
                .filter(entry -> wanted.length() > 1
                        && entry.service().toLowerCase(Locale.ROOT).contains(wanted))
                .map(entry ->
                        port(entry.protocol() == IpProtocol.TCP ? "tcp" : "udp", entry.port(), Optional.of(entry)))
                .forEach(hits::add);
    }

    private static void countries(String text, List<Hit> hits) {
        for (String code : Locale.getISOCountries()) {
            Locale country = Locale.of("", code);
            String english = country.getDisplayCountry(Locale.ENGLISH);
            String japanese = country.getDisplayCountry(Locale.JAPANESE);
            boolean named = text.length() > 1
                    && (english.toLowerCase(Locale.ROOT).startsWith(text.toLowerCase(Locale.ROOT))
                            || japanese.startsWith(text));
            if (code.equalsIgnoreCase(text) || named) {
                hits.add(new Hit("country", english + " / " + japanese, "/overview?country=" + code));
            }
        }
    }

    private void networks(String text, Filter filter, List<Hit> hits) {
        if (text.length() < 3) {
            return;
        }
        String wanted = text.toLowerCase(Locale.ROOT);
        figures.networks(filter, new Page(1000, 0)).items().stream()
                .filter(network -> network.name() != null
                        && network.name().toLowerCase(Locale.ROOT).contains(wanted))
                .limit(MOST)
                .map(network -> new Hit("network", name(network.asn()), "/networks/" + network.asn()))
                .forEach(hits::add);
    }

    private String name(long asn) {
        String name = labels.network(asn);
        return name == null ? "AS" + asn : "AS" + asn + " " + name;
    }
}
