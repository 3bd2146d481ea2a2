package org.hinomi.observatory.respond.constituent;

import java.time.Instant;
import java.util.List;
import org.hinomi.kernel.address.Prefix;

/**
 * An organisation as it is registered from a time on.
 *
 * @param id lower-case letters, digits and hyphens, at most 63
 * @param name what people call it, at most 128 characters
 * @param prefixes its address blocks
 * @param asNumbers its autonomous systems: they count for addresses of which no prefix is registered
 * @param validFrom start of the minute from which on this counts
 */
public record Organisation(String id, String name, List<Prefix> prefixes, List<Long> asNumbers, Instant validFrom) {
    /** Keeps copies. */
    public Organisation {
        prefixes = List.copyOf(prefixes);
        asNumbers = List.copyOf(asNumbers);
    }

    /** Whether all but the time is the same. */
    boolean sameAs(Organisation other) {
        return id.equals(other.id)
                && name.equals(other.name)
                && prefixes.equals(other.prefixes)
                && asNumbers.equals(other.asNumbers);
    }
}
