package org.hinomi.kernel.address;

import java.util.Optional;

/**
 * An IP address as 128 bits in network order. An IPv4 address is held in its IPv4-mapped form, ::ffff:a.b.c.d
 * (RFC 4291, section 2.5.5.2), so that one table holds both families.
 *
 * @param hi the upper 64 bits
 * @param lo the lower 64 bits
 */
public record IpAddress(long hi, long lo) implements Comparable<IpAddress> {
    /** The lower 64 bits of ::ffff:0.0.0.0. */
    public static final long V4_PREFIX = 0xffff_0000_0000L;

    /** The address of four octets given as one 32-bit number. */
    public static IpAddress v4(int address) {
        return new IpAddress(0, V4_PREFIX | Integer.toUnsignedLong(address));
    }

    /** Reads the usual text forms of IPv4 and IPv6 (RFC 4291, section 2.2); anything else is empty. */
    public static Optional<IpAddress> parse(String text) {
        return AddressText.parse(text);
    }

    /** Whether two halves hold an IPv4 address. */
    public static boolean isV4(long hi, long lo) {
        return hi == 0 && (lo >>> 32) == 0xffffL;
    }

    /** Whether this is an IPv4 address. */
    public boolean isV4() {
        return isV4(hi, lo);
    }

    /** The 32 bits of an IPv4 address. */
    public int v4() {
        return (int) lo;
    }

    /** The number of bits of this address's family: 32 or 128. */
    public int bits() {
        return isV4() ? 32 : 128;
    }

    /** Orders as unsigned 128-bit numbers. */
    @Override
    public int compareTo(IpAddress other) {
        int upper = Long.compareUnsigned(hi, other.hi);
        return upper != 0 ? upper : Long.compareUnsigned(lo, other.lo);
    }

    /** Dotted decimal for IPv4; for IPv6 the form of RFC 5952. */
    @Override
    public String toString() {
        return AddressText.format(hi, lo);
    }
}
