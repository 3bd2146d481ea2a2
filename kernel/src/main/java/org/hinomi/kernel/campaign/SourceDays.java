package org.hinomi.kernel.campaign;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.Kind;

/**
 * Makes the {@link SourceDay}s of one day from its flow tuples, given in order of time. Only packets that ask for
 * something count. It holds at most twice as many sources as it is to give out, less than 1 kB each; when there are
 * more, those with the fewest packets are dropped, of several the newest. Not thread-safe.
 */
public final class SourceDays {
    /** The seconds of a day. */
    private static final long DAY = 86_400;

    private static final Comparator<SourceTally> WORTH = Comparator.<SourceTally>comparingLong(tally -> tally.packets)
            .reversed()
            .thenComparingLong(tally -> tally.first)
            .thenComparing(tally -> tally.address);

    private final long start;
    private final int most;
    private final long dark;
    private final List<Fingerprint> rules;
    private final Map<IpAddress, SourceTally> tallies = new HashMap<>();
    private int dropped;

    /**
     * A day without tuples.
     *
     * @param epochDay the day, days since 1970-01-01 UTC
     * @param most the most sources that are given out
     * @param dark dark IPv4 addresses that are watched; 0 when unknown
     * @param rules the packet rules in lane order
     */
    public SourceDays(long epochDay, int most, long dark, List<Fingerprint> rules) {
        if (most < 1) {
            throw new IllegalArgumentException("a day needs room for a source, not for " + most);
        }
        this.start = epochDay * DAY;
        this.most = most;
        this.dark = dark;
        this.rules = List.copyOf(rules);
    }

    /** Takes a tuple; those of another day and those that ask for nothing do not count. */
    public void add(FlowRow row) {
        if (row.time < start || row.time >= start + DAY || row.packetCnt <= 0 || row.kind() != Kind.SCAN.ordinal()) {
            return;
        }
        SourceTally tally = tallies.computeIfAbsent(
                new IpAddress(row.srcHi, row.srcLo), address -> new SourceTally(address, row.time));
        tally.add(row);
        if (tallies.size() >= 2 * most) {
            prune();
        }
    }

    private void prune() {
        if (tallies.size() <= most) {
            return;
        }
        List<SourceTally> kept =
                tallies.values().stream().sorted(WORTH).limit(most).toList();
        dropped += tallies.size() - kept.size();
        tallies.clear();
        kept.forEach(tally -> tallies.put(tally.address, tally));
    }

    /**
     * The sources of the day so far, by address.
     *
     * @param origin where sources are registered
     */
    public List<SourceDay> list(Origin origin) {
        prune();
        return tallies.values().stream()
                .sorted(Comparator.comparing(tally -> tally.address))
                .map(tally -> tally.day(origin, rules, dark))
                .toList();
    }

    /** Sources that were dropped; one that came back and was dropped again counts twice. */
    public int dropped() {
        return dropped;
    }
}
