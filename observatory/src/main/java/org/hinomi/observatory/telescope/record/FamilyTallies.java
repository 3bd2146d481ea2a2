package org.hinomi.observatory.telescope.record;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.rollup.PortTest;

/**
 * Packets that match each packet rule, and the sources that enough of them name. A source is looked at from its first
 * match on; beyond the most sources told apart, only rules that one packet decides name more.
 */
final class FamilyTallies {
    private static final int MOST_SOURCES = 1 << 16;

    private final List<Fingerprint> rules;
    private final PortTest iotPorts;
    private final Tally[] tallies;
    private final List<Map<IpAddress, Matches>> sources;

    private static final class Matches {
        private long matching;
        private long syns;
    }

    FamilyTallies(FingerprintCatalogue catalogue, PortTest iotPorts) {
        this.rules = catalogue.packetRules();
        this.iotPorts = iotPorts;
        this.tallies = new Tally[rules.size()];
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
        if (tallies[rule] == null) {
            tallies[rule] = new Tally();
        }
        tallies[rule].count(row, matching, iotPorts);
        if (rules.get(rule).names(1, 1)) {
            tallies[rule].source(row);
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
            if (rules.get(rule).names(matches.matching, matches.syns)) {
                tallies[rule].source(row);
            }
        }
    }

    Map<String, Tally> tallies() {
        Map<String, Tally> named = new LinkedHashMap<>();
        for (int rule = 0; rule < tallies.length; rule++) {
            if (tallies[rule] != null) {
                named.put(rules.get(rule).name(), tallies[rule]);
            }
        }
        return named;
    }
}
