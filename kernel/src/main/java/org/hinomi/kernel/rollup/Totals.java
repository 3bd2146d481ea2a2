package org.hinomi.kernel.rollup;

import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.packet.PacketClass;

/** Packet counts over all flow tuples. */
public final class Totals {
    private final PortTest iotPorts;
    private final long[] classes = new long[PacketClass.count()];
    private final long[] kinds = new long[Kind.count()];
    private final long[] matches = new long[FlowRow.MOST_RULES];
    private long packets;
    private long tuples;
    private long synOrUdp;
    private long toIotPorts;
    private boolean withoutFingerprints;

    Totals(PortTest iotPorts) {
        this.iotPorts = iotPorts;
    }

    void add(FlowRow row) {
        long count = row.packetCnt;
        packets += count;
        tuples++;
        classes[row.packetClass()] += count;
        kinds[row.kind()] += count;
        boolean syn = row.isSyn();
        if (syn || row.protocol == IpProtocol.UDP && !row.laterFragment) {
            synOrUdp += count;
            if (iotPorts.test(row.protocol, row.dstPort)) {
                toIotPorts += count;
            }
        }
        if (row.firstSeq < 0) {
            withoutFingerprints = true;
        } else if (syn) {
            for (int left = row.matchedRules; left != 0; left &= left - 1) {
                int rule = Integer.numberOfTrailingZeros(left);
                matches[rule] += row.matches(rule);
            }
        }
    }

    /** Packets of all tuples. */
    public long packets() {
        return packets;
    }

    /** Flow tuples, parts of a saturated minute counted apart. */
    public long tuples() {
        return tuples;
    }

    /** Packets of a class. */
    public long packets(PacketClass packetClass) {
        return classes[packetClass.ordinal()];
    }

    /** Packets of a kind. */
    public long packets(Kind kind) {
        return kinds[kind.ordinal()];
    }

    /** Packets that matched the packet rule of a lane. */
    public long matching(int lane) {
        return matches[lane];
    }

    /** Whether some of the input could not tell fingerprints. */
    public boolean withoutFingerprints() {
        return withoutFingerprints;
    }

    /** SYN and UDP packets. */
    public long synOrUdp() {
        return synOrUdp;
    }

    /** SYN and UDP packets to IoT ports. */
    public long toIotPorts() {
        return toIotPorts;
    }
}
