package org.hinomi.kernel.tally;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.rollup.PortTest;
import org.jspecify.annotations.Nullable;

/**
 * Packets that match each packet rule, and the sources that enough of them name. A source is looked at from its first
 * match on, and judged by all its matches when it is asked for, so that their order does not matter; beyond the most
 * sources told apart, only rules that one packet decides name more.
 */
final class FamilyTallies {
    private static final int MOST_SOURCES = 1 << 16;

    private final List<Fingerprint> rules;
    private final PortTest iotPorts;
    private final @Nullable Tally[] tallies;
    private final List<Map<IpAddress, Matches>> sources;

    private static final class Matches {
        private long matching;
        private long syns;
    }

    FamilyTallies(FingerprintCatalogue catalogue, PortTest iotPorts) {
        this.rules = catalogue.packetRules();
        this.iotPorts = iotPorts;
        this.tallies = new @Nullable Tally[rules.size()];
        this.sources = rules.stream()
                .map(rule -> (Map<IpAddress, Matches>) new HashMap<IpAddress, Matches>())
                .toList();
    }

    void add(FlowRow row) {
        if (!row.isSyn()) {
            return;
        }
        for (int left = row.matchedRules; left != 0; left &= left - 1) {
            int rule = Integer.numberOfTrailingZeros(left);
            if (rule < tallies.length) {
                add(row, rule, row.matches(rule));
            }
        }
    }

    private void add(FlowRow row, int rule, long matching) {
        Tally tally = tally(rule);
        tally.count(row, matching, iotPorts);
        if (rules.get(rule).names(1, 1)) {
            tally.source(row);
            return;
        }
        Map<IpAddress, Matches> known = sources.get(rule);
        IpAddress source = new IpAddress(row.srcHi, row.srcLo);
        Matches matches = known.get(source);
        if (matches == null && known.size() < MOST_SOURCES) {
            matches = new Matches();
            known.put(source, matches);
        }
        if (matches != null) {
            matches.matching += matching;
            matches.syns += row.packetCnt;
        }
    }

    private Tally tally(int rule) {
        Tally tally = tallies[rule];
        if (tally == null) {
            tally = new Tally();
            tallies[rule] = tally;
        }
        return tally;
    }

    /** All that was counted since it was last drained, with the sources that all matches name. */
    Map<String, Tally> whole() {
        Map<String, Tally> named = new LinkedHashMap<>();
        for (int rule = 0; rule < tallies.length; rule++) {
            Tally counted = tallies[rule];
            if (counted != null || !sources.get(rule).isEmpty()) {
                Tally whole = counted == null ? new Tally() : counted.copy();
                name(rule, whole);
                named.put(rules.get(rule).name(), whole);
            }
        }
        return named;
    }

    private void name(int rule, Tally tally) {
        sources.get(rule).forEach((source, matches) -> {
            if (rules.get(rule).names(matches.matching, matches.syns)) {
                tally.source(source.hi(), source.lo());
            }
        });
    }

    /** What was counted since it was last drained; sources that several matches name only at the end. */
    Map<String, Tally> drain(boolean toTheEnd) {
        Map<String, Tally> named = new LinkedHashMap<>();
        if (toTheEnd) {
            named.putAll(whole());
        } else {
            for (int rule = 0; rule < tallies.length; rule++) {
                Tally counted = tallies[rule];
                if (counted != null) {
                    named.put(rules.get(rule).name(), counted);
                }
            }
        }
        Arrays.fill(tallies, null);
        return named;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(tallies.length);
        for (int rule = 0; rule < tallies.length; rule++) {
            Tally tally = tallies[rule];
            out.writeBoolean(tally != null);
            if (tally != null) {
                tally.write(out);
            }
            out.writeInt(sources.get(rule).size());
            for (Map.Entry<IpAddress, Matches> each : sources.get(rule).entrySet()) {
                out.writeLong(each.getKey().hi());
                out.writeLong(each.getKey().lo());
                out.writeLong(each.getValue().matching);
                out.writeLong(each.getValue().syns);
            }
        }
    }

    void read(DataInput in) throws IOException {
        int count = in.readInt();
        if (count != tallies.length) {
            throw new IOException("it was counted under " + count + " packet rules, not " + tallies.length);
        }
        for (int rule = 0; rule < count; rule++) {
            tallies[rule] = in.readBoolean() ? Tally.read(in) : null;
            for (int left = in.readInt(); left > 0; left--) {
                IpAddress source = new IpAddress(in.readLong(), in.readLong());
                Matches matches = new Matches();
                matches.matching = in.readLong();
                matches.syns = in.readLong();
                sources.get(rule).put(source, matches);
            }
        }
    }
}
