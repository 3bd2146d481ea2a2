package org.hinomi.observatory.respond.constituent;

import java.util.List;
import java.util.Optional;
import org.hinomi.kernel.address.Prefix;

/** Address blocks with a purpose of their own (RFC 6890 and its successors), which are nobody's. */
final class SpecialRanges {
    private SpecialRanges() {}

    /**
     * A block.
     *
     * @param what it is for
     * @param seen whether a sensor inside a network may see such sources all the same
     */
    record Special(Prefix prefix, String what, boolean seen) {}

    private static final List<Special> ALL = List.of(
            never("0.0.0.0/8", "this network"),
            inside("10.0.0.0/8", "private networks"),
            inside("100.64.0.0/10", "a provider's shared addresses"),
            never("127.0.0.0/8", "loopback"),
            never("169.254.0.0/16", "link-local addresses"),
            inside("172.16.0.0/12", "private networks"),
            inside("192.0.2.0/24", "documentation"),
            inside("192.168.0.0/16", "private networks"),
            inside("198.18.0.0/15", "benchmarks"),
            inside("198.51.100.0/24", "documentation"),
            inside("203.0.113.0/24", "documentation"),
            never("224.0.0.0/4", "multicast"),
            never("240.0.0.0/4", "nothing yet"),
            never("::/127", "loopback and no address"),
            inside("2001:db8::/32", "documentation"),
            inside("fc00::/7", "private networks"),
            never("fe80::/10", "link-local addresses"),
            never("ff00::/8", "multicast"));

    private static Special never(String prefix, String what) {
        return new Special(Prefix.parse(prefix), what, false);
    }

    private static Special inside(String prefix, String what) {
        return new Special(Prefix.parse(prefix), what, true);
    }

    /** The block that a prefix has an address of; the strictest of several. */
    static Optional<Special> of(Prefix prefix) {
        return ALL.stream()
                .filter(special -> overlap(special.prefix, prefix))
                .min(java.util.Comparator.comparing(Special::seen));
    }

    /** Whether two blocks have an address in common: then one lies in the other. */
    static boolean overlap(Prefix one, Prefix other) {
        return one.contains(other.network().hi(), other.network().lo())
                || other.contains(one.network().hi(), one.network().lo());
    }
}
