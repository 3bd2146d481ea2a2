package org.hinomi.kernel.detect;

import java.util.Locale;
import org.hinomi.kernel.packet.IpProtocol;

/** What surges are looked for in: each is a detector of its own. */
public enum SurgeDimension {
    /** Destination ports: those of TCP and UDP, and each other protocol as one. */
    PORT(KeyStage.PORT, 2 * 65_536 + 256, "A destination port, perhaps new, that far more sources than usual try."),
    /** Countries. */
    COUNTRY(KeyStage.COUNTRY, 250, "A country from which far more sources than usual come."),
    /** Autonomous systems. */
    NETWORK(KeyStage.NETWORK, 100_000, "A network (autonomous system) from which far more sources than usual come.");

    private final KeyStage stage;
    private final int keys;
    private final String meaning;

    SurgeDimension(KeyStage stage, int keys, String meaning) {
        this.stage = stage;
        this.keys = keys;
        this.meaning = meaning;
    }

    /** The id of its detector. */
    String detector() {
        return id() + "_surge";
    }

    /** The value of the field {@code dimension}. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    KeyStage stage() {
        return stage;
    }

    /** How many keys there are at most, about: so many tests there are each bin. */
    int keys() {
        return keys;
    }

    String meaning() {
        return meaning;
    }

    /** A key as text: {@code tcp/23}, {@code JP}, {@code AS2497}. */
    String text(long key) {
        return switch (this) {
            case PORT -> port(key);
            case COUNTRY -> country(key);
            case NETWORK -> "AS" + key;
        };
    }

    /** A key of {@link KeyStage#PORT} as text. */
    private static String port(long key) {
        int port = (int) key & 0xffff;
        return switch ((int) (key >>> 16)) {
            case IpProtocol.TCP -> "tcp/" + port;
            case IpProtocol.UDP -> "udp/" + port;
            case IpProtocol.ICMP -> "icmp";
            case IpProtocol.ICMPV6 -> "icmpv6";
            default -> "ip/" + (key >>> 16);
        };
    }

    /** A country as two letters, {@code ??} when unknown. */
    private static String country(long key) {
        return key == 0 ? "??" : "" + (char) (key >>> 8 & 0xff) + (char) (key & 0xff);
    }
}
