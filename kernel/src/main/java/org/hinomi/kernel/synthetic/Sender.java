package org.hinomi.kernel.synthetic;

/** Who sends the next packet; one object, filled again for each packet. */
final class Sender {
    private static final int LEAST_HOPS = 6;
    private static final int HOPS = 18;

    private final DarkAddresses dark;

    /** Seed of the run. */
    final long seed;

    /** Number of the source among those of its {@link Mix}, or among the IPv6 sources. */
    int number;

    /** IPv4 address. */
    int address;

    /** Random bits that stay the same for a source. */
    long traits;

    /** Packets the source has sent before. */
    int sent;

    /** The IPv4 address the packet goes to, drawn for it. */
    int target;

    Sender(long seed, DarkAddresses dark) {
        this.seed = seed;
        this.dark = dark;
    }

    /** Some bits of the traits as a number from 0 to bound-1; different places give independent numbers. */
    int trait(int place, int bound) {
        return pick(traits, place, bound);
    }

    static int pick(long traits, int place, int bound) {
        return (int) ((SplitMix.mix(traits + place) >>> 32) * bound >>> 32);
    }

    /** The time to live that is left of an initial value on this source's way. */
    int ttl(int initial) {
        return initial - LEAST_HOPS - (int) ((traits & 0x7fff_ffffL) * HOPS >>> 31);
    }

    /** The one dark address that this source sends to whatever happens. */
    int usualTarget() {
        return dark.v4Of(traits >>> 1);
    }

    /** The dark addresses. */
    DarkAddresses dark() {
        return dark;
    }
}
