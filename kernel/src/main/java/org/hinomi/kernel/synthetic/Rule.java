package org.hinomi.kernel.synthetic;

import java.util.Locale;

/** The rules of the fingerprint catalogue that made-up packets follow on purpose. */
public enum Rule {
    /** Sequence number equal to the destination address. */
    MIRAI,
    /** Identification 54321. */
    ZMAP,
    /** Identification derived from destination, port and sequence number. */
    MASSCAN,
    /** The same with an MSS option. */
    MASSCAN_OPTIONS,
    /** Window 14600 and half a sequence number. */
    HAJIME,
    /** No TCP options. */
    BARE_SYN,
    /** A sequence number that gives the key of the run, for big-endian senders. */
    UNICORNSCAN,
    /** The same for little-endian senders. */
    UNICORNSCAN_LE,
    /** A sequence number whose halves differ by a mask. */
    NMAP;

    /** The rule's name in the catalogue. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
