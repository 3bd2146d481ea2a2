package org.hinomi.kernel.synthetic;

import java.util.List;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;

/**
 * All that decides made-up traffic: the same plan gives the same packets, byte by byte. Plans that differ in their
 * start alone have the same senders, who do other things: so one day follows another.
 *
 * @param profile what it is made of
 * @param seed any number
 * @param startNanos when it begins, nanoseconds since 1970-01-01 UTC, not negative
 * @param durationNanos how long it lasts, at least a second
 * @param darknet the addresses it goes to; not empty
 * @param packets how many packets
 */
public record TrafficPlan(
        Profile profile, long seed, long startNanos, long durationNanos, PrefixSet darknet, long packets) {
    /** The block set aside for measurements (RFC 2544), half of it: nobody's addresses. */
    public static final PrefixSet USUAL_DARKNET = PrefixSet.of(List.of(Prefix.parse("198.18.0.0/16")));

    private static final long SECOND = 1_000_000_000L;

    /** Checks that there is something to make. */
    public TrafficPlan {
        if (darknet.isEmpty()) {
            throw new IllegalArgumentException("made-up traffic needs dark addresses to go to");
        }
        if (startNanos < 0 || durationNanos < SECOND || startNanos > Long.MAX_VALUE - durationNanos) {
            throw new IllegalArgumentException("made-up traffic must last a second or more, and lie in 1970 to 2262");
        }
        if (packets < 0) {
            throw new IllegalArgumentException("there can't be " + packets + " packets");
        }
    }
}
