package org.hinomi.kernel.packet;

/** The link-layer header types read here, by their numbers in the tcpdump.org registry. */
public final class LinkType {
    /** BSD loopback: a 4-byte address family in the byte order of the machine that captured. */
    public static final int NULL = 0;

    /** Ethernet. */
    public static final int ETHERNET = 1;

    /** Raw IP, as some BSDs number it in files. */
    public static final int RAW_BSD = 12;

    /** Raw IP, as OpenBSD numbers it in files. */
    public static final int RAW_OPENBSD = 14;

    /** Raw IP, version told by the first nibble. */
    public static final int RAW = 101;

    /** OpenBSD loopback: a 4-byte address family in network order. */
    public static final int LOOP = 108;

    /** Linux "cooked" capture, version 1. */
    public static final int LINUX_SLL = 113;

    /** Raw IPv4. */
    public static final int IPV4 = 228;

    /** Raw IPv6. */
    public static final int IPV6 = 229;

    /** Linux "cooked" capture, version 2. */
    public static final int LINUX_SLL2 = 276;

    private LinkType() {}
}
