package org.hinomi.observatory.alert.delivery;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.hinomi.observatory.alert.delivery.DeliverySettings.Webhook;

/** Which URLs a webhook may have, and which addresses may stand behind their names. */
final class WebhookAddress {
    private static final int LONGEST = 2000;

    private WebhookAddress() {}

    /** Why a URL can't be used, as a sentence; empty when it can. */
    static Optional<String> refused(String text, Webhook settings) {
        if (text.length() > LONGEST) {
            return Optional.of("The URL is longer than " + LONGEST + " characters.");
        }
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            return Optional.of("This is not a URL such as https://hooks.example.org/hinomi.");
        }
        boolean tls = "https".equalsIgnoreCase(uri.getScheme());
        boolean plain = "http".equalsIgnoreCase(uri.getScheme()) && settings.privateAddresses();
        if (!tls && !plain || uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
            return Optional.of("A webhook is an https URL with a host, and without a name, password or fragment.");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        String named = uri.getPort() < 0 ? host : host + ":" + uri.getPort();
        return settings.hosts().stream().anyMatch(named::equalsIgnoreCase)
                ? Optional.empty()
                : Optional.of("The configuration does not allow webhooks to " + named + "; an administrator adds it to"
                        + " delivery.webhook.hosts.");
    }

    /** Whether an address is one that everybody reaches: neither of this machine or network, nor of special use. */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        return switch (address) {
            case Inet4Address four -> publicV4(first, second, bytes[2] & 0xff);
            // Only global unicast (2000::/3), without 6to4 and Teredo, which carry any IPv4 address.
            case Inet6Address six ->
                (first & 0xe0) == 0x20
                        && !(first == 0x20 && second == 0x02)
                        && !(first == 0x20 && second == 0x01 && bytes[2] == 0 && bytes[3] == 0);
            default -> false;
        };
    }

    private static boolean publicV4(int first, int second, int third) {
        boolean shared = first == 100 && (second & 0xc0) == 64;
        boolean assignments = first == 192 && second == 0 && third == 0;
        boolean benchmarks = first == 198 && (second & 0xfe) == 18;
        return first != 0 && first < 240 && !shared && !assignments && !benchmarks;
    }
}
