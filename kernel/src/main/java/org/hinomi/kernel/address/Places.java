package org.hinomi.kernel.address;

import java.util.Optional;

/** What to call the origin of an address, for showing it. */
public interface Places {
    /** The estimated place of an address. */
    Optional<Place> place(long hi, long lo);

    /** The name of an autonomous system. */
    Optional<String> networkName(long asn);
}
