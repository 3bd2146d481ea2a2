package org.hinomi.observatory.cli.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hinomi.observatory.alert.delivery.DeliverySettings;
import org.hinomi.observatory.alert.delivery.DeliverySettings.Carrier;
import org.hinomi.observatory.alert.delivery.DeliverySettings.Mail;
import org.hinomi.observatory.alert.delivery.DeliverySettings.Security;
import org.hinomi.observatory.alert.delivery.DeliverySettings.Syslog;
import org.hinomi.observatory.alert.delivery.DeliverySettings.Webhook;

/** Reads where alerts may be delivered to. */
final class DeliverySection {
    private static final List<String> LOOPBACK = List.of("127.0.0.1", "::1", "localhost");

    private DeliverySection() {}

    /** The section of a file; without one nothing is delivered. */
    static DeliverySettings read(ConfigNode root) {
        return root.node("delivery")
                .map(node -> {
                    node.only("mail", "webhook", "syslog", "recordings", "most_per_hour");
                    return new DeliverySettings(
                            node.node("mail").map(DeliverySection::mail),
                            node.node("webhook").map(DeliverySection::webhook),
                            node.node("syslog").map(DeliverySection::syslog),
                            node.flag("recordings").orElse(false),
                            node.whole("most_per_hour", 1, 1000).orElse(DeliverySettings.USUAL_PER_HOUR));
                })
                .orElse(DeliverySettings.off());
    }

    private static Mail mail(ConfigNode node) {
        node.only("host", "port", "security", "user", "password_file", "from", "domains");
        String host = host(node);
        Security security = one(node, "security", Security.class, Security.STARTTLS);
        Optional<String> user = node.text("user");
        if (user.isPresent() != node.text("password_file").isPresent()) {
            throw node.missing("password_file", "'user' and 'password_file' go together");
        }
        if (user.isPresent() && security == Security.NONE && !LOOPBACK.contains(host)) {
            throw node.unusable("security", "the password would travel in the clear; use starttls or tls");
        }
        int usual = security == Security.TLS ? 465 : security == Security.STARTTLS ? 587 : 25;
        String from = node.text("from").orElseThrow(() -> node.missing("from", "mails need a sender's address"));
        if (!from.matches("[^@\\s<>\",;:]{1,64}@[A-Za-z0-9.-]{1,190}")) {
            throw node.unusable("from", "'" + from + "' is not an address such as hinomi@example.org");
        }
        return new Mail(
                host,
                node.whole("port", 1, 65_535).orElse(usual),
                security,
                user,
                node.text("password_file").map(Path::of),
                from,
                node.texts("domains"));
    }

    private static Webhook webhook(ConfigNode node) {
        node.only("hosts", "private_addresses");
        List<String> hosts = node.texts("hosts");
        if (hosts.isEmpty()) {
            throw node.missing("hosts", "it names the hosts that may be told, as in [hooks.example.org]");
        }
        for (String host : hosts) {
            if (!host.matches("[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\\[[0-9a-fA-F:.]+](:[0-9]{1,5})?")) {
                throw node.unusable("hosts", "'" + host + "' is not a host such as hooks.example.org or one:8443");
            }
        }
        return new Webhook(hosts, node.flag("private_addresses").orElse(false));
    }

    private static Syslog syslog(ConfigNode node) {
        node.only("host", "port", "carrier", "ca");
        Carrier carrier = one(node, "carrier", Carrier.class, Carrier.UDP);
        if (node.has("ca") && carrier != Carrier.TLS) {
            throw node.unusable("ca", "it goes with 'carrier: tls' only");
        }
        return new Syslog(
                host(node),
                node.whole("port", 1, 65_535)
                        .orElse(carrier == Carrier.TLS ? 6514 : carrier == Carrier.TCP ? 601 : 514),
                carrier,
                node.text("ca").map(Path::of));
    }

    private static String host(ConfigNode node) {
        return node.text("host").orElseThrow(() -> node.missing("host", "it names the server"));
    }

    private static <E extends Enum<E>> E one(ConfigNode node, String key, Class<E> type, E usual) {
        return node.text(key)
                .map(text -> {
                    for (E constant : type.getEnumConstants()) {
                        if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                            return constant;
                        }
                    }
                    throw node.unusable(key, "'" + text + "' is not one of " + names(type));
                })
                .orElse(usual);
    }

    private static <E extends Enum<E>> String names(Class<E> type) {
        return String.join(
                ", ",
                java.util.Arrays.stream(type.getEnumConstants())
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .toList());
    }
}
