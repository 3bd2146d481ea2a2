package org.hinomi.kernel.campaign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.detect.VisitOrder;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.flow.FlowRow;

/** What one source has done so far on a day, in bounded memory: below 1 kB. */
final class SourceTally {
    private static final int HOUR = 3600;
    private static final int FIRST_PORTS = 2;

    /** Bits by which different addresses are counted (linear counting; Whang et al., ACM TODS 1990). */
    private static final int BITS = 1024;

    final IpAddress address;
    final long first;
    long packets;
    private long last;
    private long syns;
    private int[] ports = new int[FIRST_PORTS];
    private long[] portPackets = new long[FIRST_PORTS];
    private int portCount;
    private final int[] hours = new int[SourceDay.HOURS];
    private final long[] matches = new long[FlowRow.MOST_RULES];
    private final long[] seen = new long[BITS / Long.SIZE];
    private final TraitCounts ttls = new TraitCounts();
    private final TraitCounts windows = new TraitCounts();
    private final TraitCounts lengths = new TraitCounts();
    private final VisitOrder visits = new VisitOrder();

    SourceTally(IpAddress address, long first) {
        this.address = address;
        this.first = first;
    }

    void add(FlowRow row) {
        packets += row.packetCnt;
        last = Math.max(last, row.time + 60);
        int hour = (int) Math.floorMod(row.time / HOUR, (long) SourceDay.HOURS);
        hours[hour] = (int) Math.min(Integer.MAX_VALUE, hours[hour] + row.packetCnt);
        addPort(row.protocol << 16 | row.dstPort & 0xffff, row.packetCnt);
        ttls.add(row.ttl, row.packetCnt);
        lengths.add(row.ipLen, row.packetCnt);
        if (row.isSyn()) {
            syns += row.packetCnt;
            windows.add(row.tcpSynWinLen, row.packetCnt);
            for (int left = row.matchedRules; left != 0; left &= left - 1) {
                int lane = Integer.numberOfTrailingZeros(left);
                matches[lane] += row.matches(lane);
            }
        }
        long hash = (row.dstHi * 31 + row.dstLo) * 0x9e37_79b9_7f4a_7c15L;
        int bit = (int) ((hash ^ hash >>> 29) * 0xbf58_476d_1ce4_e5b9L >>> 54);
        seen[bit >>> 6] |= 1L << (bit & 63);
        visits.add((int) row.dstLo, row.time);
    }

    private void addPort(int key, long count) {
        int at = 0;
        while (at < portCount && ports[at] != key) {
            at++;
        }
        if (at == SourceDay.MOST_PORTS) {
            at = leastPort();
            ports[at] = key;
        } else if (at == portCount) {
            if (at == ports.length) {
                int longer = Math.min(SourceDay.MOST_PORTS, at * 2);
                ports = Arrays.copyOf(ports, longer);
                portPackets = Arrays.copyOf(portPackets, longer);
            }
            ports[at] = key;
            portCount++;
        }
        portPackets[at] += count;
    }

    private int leastPort() {
        int least = 0;
        for (int i = 1; i < portCount; i++) {
            least = portPackets[i] < portPackets[least] ? i : least;
        }
        return least;
    }

    private int destinations() {
        int empty = 0;
        for (long word : seen) {
            empty += Long.SIZE - Long.bitCount(word);
        }
        long about = Math.round(BITS * StrictMath.log((double) BITS / Math.max(1, empty)));
        return (int) Math.clamp(about, 1, packets);
    }

    /** The day as a whole. */
    SourceDay day(Origin origin, List<Fingerprint> rules, long dark) {
        List<PortPackets> byPort = new ArrayList<>();
        for (int i = 0; i < portCount; i++) {
            byPort.add(new PortPackets(ports[i] >>> 16, ports[i] & 0xffff, portPackets[i]));
        }
        byPort.sort(PortPackets.MOST_FIRST);
        SortedMap<String, Long> families = new TreeMap<>();
        for (int lane = 0; lane < rules.size(); lane++) {
            if (rules.get(lane).names(matches[lane], syns)) {
                families.put(rules.get(lane).name(), matches[lane]);
            }
        }
        int destinations = destinations();
        return new SourceDay(
                address,
                origin.country(address.hi(), address.lo()),
                origin.asn(address.hi(), address.lo()),
                first,
                last,
                packets,
                destinations,
                byPort,
                Arrays.stream(hours).boxed().toList(),
                families,
                ttls.foremost(),
                windows.foremost(),
                lengths.foremost(),
                dark > 0 ? visits.judge(packets, destinations, true, dark) : VisitOrder.Order.UNKNOWN);
    }
}
