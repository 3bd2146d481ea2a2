package org.hinomi.kernel.address;

import java.math.BigInteger;

/**
 * An address block in CIDR notation (RFC 4632, RFC 4291).
 *
 * @param network the first address; its host bits are zero
 * @param length prefix length within the address's own family: 0..32 or 0..128
 */
public record Prefix(IpAddress network, int length) {
    /** Checks the length and clears the host bits. */
    public Prefix {
        if (length < 0 || length > network.bits()) {
            throw new IllegalArgumentException("a prefix length of " + length + " is outside 0.." + network.bits());
        }
        int mapped = mappedLength(network, length);
        network = new IpAddress(network.hi() & upperMask(mapped), network.lo() & lowerMask(mapped));
    }

    /**
     * Reads {@code 198.18.0.0/16} or {@code 2001:db8::/32}; an address alone is a prefix of its full length.
     *
     * @throws IllegalArgumentException with a sentence that names the text and what is wrong with it
     */
    public static Prefix parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        IpAddress network = IpAddress.parse(address)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + text + "' is not a prefix: '" + address + "' is not an IPv4 or IPv6 address"));
        if (slash < 0) {
            return new Prefix(network, network.bits());
        }
        String length = text.substring(slash + 1);
        if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > network.bits()) {
            throw new IllegalArgumentException("'" + text + "' is not a prefix: the length after '/' must be 0 to "
                    + network.bits() + ", not '" + length + "'");
        }
        return new Prefix(network, Integer.parseInt(length));
    }

    /** Whether an address, given as its two halves, lies in this block. */
    public boolean contains(long hi, long lo) {
        int mapped = mappedLength(network, length);
        boolean sameFamily = network.isV4() == IpAddress.isV4(hi, lo);
        return sameFamily && (hi & upperMask(mapped)) == network.hi() && (lo & lowerMask(mapped)) == network.lo();
    }

    /** The last address of the block. */
    public IpAddress last() {
        int mapped = mappedLength(network, length);
        return new IpAddress(network.hi() | ~upperMask(mapped), network.lo() | ~lowerMask(mapped));
    }

    /** How many addresses the block holds. */
    public BigInteger size() {
        return BigInteger.ONE.shiftLeft(network.bits() - length);
    }

    private static int mappedLength(IpAddress network, int length) {
        return network.isV4() ? length + 96 : length;
    }

    private static long upperMask(int mappedLength) {
        return mappedLength == 0 ? 0 : mappedLength >= 64 ? -1L : -1L << (64 - mappedLength);
    }

    private static long lowerMask(int mappedLength) {
        return mappedLength <= 64 ? 0 : -1L << (128 - mappedLength);
    }

    @Override
    public String toString() {
        return network + "/" + length;
    }
}
