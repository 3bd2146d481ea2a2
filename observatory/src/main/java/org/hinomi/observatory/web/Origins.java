package org.hinomi.observatory.web;

import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hinomi.kernel.address.IpAddress;

/**
 * Which names and pages the server answers. A Host header with a foreign name means that somebody made their own name
 * point here (DNS rebinding); an unsafe request from a foreign page means that somebody else's page sent it.
 */
final class Origins {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> names = new HashSet<>(LOOPBACK);
    private final boolean anyAddress;
    private final Optional<String> publicAuthority;

    Origins(WebSettings settings) {
        names.add(settings.host().toLowerCase(Locale.ROOT));
        settings.hostNames().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
        settings.publicUrl().map(URI::getHost).ifPresent(host -> names.add(host.toLowerCase(Locale.ROOT)));
        publicAuthority =
                settings.publicUrl().map(URI::getAuthority).map(authority -> authority.toLowerCase(Locale.ROOT));
        anyAddress = !LOOPBACK.contains(settings.host()) && !settings.host().equals("::1");
    }

    /** Refuses a Host header that does not name this server. */
    void checkHost(Optional<String> host) {
        String name = host.map(Origins::withoutPort).orElse("");
        if (!names.contains(name) && !(anyAddress && isAddress(name))) {
            throw new Problem(
                    421,
                    "Misdirected request",
                    "This server does not answer under the name \"" + printable(name)
                            + "\"; add it to host_names in the configuration if it should.");
        }
    }

    /** Refuses an unsafe request that a page of another site made. */
    void checkSameSite(Optional<String> host, Optional<String> origin, Optional<String> fetchSite) {
        boolean foreignFetch = fetchSite
                .filter(site -> !site.equals("same-origin") && !site.equals("none"))
                .isPresent();
        boolean foreignOrigin =
                origin.filter(from -> !isOwn(from, host.orElse(""))).isPresent();
        if (foreignFetch || foreignOrigin) {
            throw Problem.forbidden("Another site's page made this request; only Hinomi's own pages may.");
        }
    }

    private boolean isOwn(String origin, String host) {
        int slashes = origin.indexOf("://");
        if (slashes < 0) {
            return false;
        }
        String authority = origin.substring(slashes + 3).toLowerCase(Locale.ROOT);
        return authority.equals(host.toLowerCase(Locale.ROOT))
                || publicAuthority.filter(authority::equals).isPresent();
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        boolean port = colon > host.lastIndexOf(']');
        String name = (port ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static boolean isAddress(String name) {
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        return IpAddress.parse(bracketed ? name.substring(1, name.length() - 1) : name)
                .isPresent();
    }

    private static String printable(String name) {
        String text = name.replaceAll("[^a-z0-9._:\\[\\]-]", "?");
        return text.length() > 100 ? text.substring(0, 100) : text;
    }
}
