package org.hinomi.observatory.alert.delivery;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where alerts may be delivered to; nothing of it leaves them in the queue.
 *
 * @param recordings whether alerts of recordings and of made-up traffic are delivered too
 * @param mostPerHour the most messages a person gets within an hour, all channels together
 */
public record DeliverySettings(
        Optional<Mail> mail, Optional<Webhook> webhook, Optional<Syslog> syslog, boolean recordings, int mostPerHour) {
    /** The most messages a person gets within an hour, unless told otherwise. */
    public static final int USUAL_PER_HOUR = 30;

    /** How a connection is kept from being read and changed on its way. */
    public enum Security {
        /** It is not. */
        NONE,
        /** By TLS after a greeting in the clear; without it nothing is sent. */
        STARTTLS,
        /** By TLS from the first byte. */
        TLS
    }

    /** How syslog messages travel. */
    public enum Carrier {
        /** One datagram a message (RFC 5426): some may get lost. */
        UDP,
        /** Counted octets (RFC 6587). */
        TCP,
        /** Counted octets in TLS (RFC 5425). */
        TLS
    }

    /**
     * A mail server.
     *
     * @param passwordFile a file with the user's password and nothing else
     * @param domains the domains of addresses that people may name; any, if none
     */
    public record Mail(
            String host,
            int port,
            Security security,
            Optional<String> user,
            Optional<Path> passwordFile,
            String from,
            List<String> domains) {}

    /**
     * Programs that people may have told.
     *
     * @param hosts names, with a port unless it is the usual one
     * @param privateAddresses whether they may be on addresses that are not public, and be called without TLS
     */
    public record Webhook(List<String> hosts, boolean privateAddresses) {}

    /**
     * A syslog server.
     *
     * @param ca PEM file with the authorities to believe in place of Java's own
     */
    public record Syslog(String host, int port, Carrier carrier, Optional<Path> ca) {}

    /** Nothing is delivered. */
    public static DeliverySettings off() {
        return new DeliverySettings(Optional.empty(), Optional.empty(), Optional.empty(), false, USUAL_PER_HOUR);
    }

    /** The names of the channels there are. */
    public Set<String> channels() {
        Set<String> names = new TreeSet<>();
        mail.ifPresent(m -> names.add("mail"));
        webhook.ifPresent(w -> names.add("webhook"));
        syslog.ifPresent(s -> names.add("syslog"));
        return names;
    }
}
