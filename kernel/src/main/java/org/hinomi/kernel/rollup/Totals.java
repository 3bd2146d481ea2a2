package org.hinomi.kernel.rollup;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.packet.PacketClass;

/** Packet counts over all flow tuples. */
public final class Totals {
    private final byte[] iotPorts = new byte[PortTable.NO_PORT + 1];
    private final long[] shapes = new long[TupleShape.count()];
    private final long[] matchingAll = new long[1 << FlowRow.MOST_RULES];
    private final long[] matches = new long[FlowRow.MOST_RULES];
    private long tuples;
    private long toIotPorts;
    private boolean withoutFingerprints;

    Totals(PortTest iotPorts) {
        for (int port = 0; port < PortTable.NO_PORT >>> 1; port++) {
            this.iotPorts[PortTable.row(IpProtocol.TCP, port)] = (byte) (iotPorts.test(IpProtocol.TCP, port) ? 1 : 0);
            this.iotPorts[PortTable.row(IpProtocol.UDP, port)] = (byte) (iotPorts.test(IpProtocol.UDP, port) ? 1 : 0);
        }
    }

    /** Adds a tuple, of a {@link TupleShape} and to a row of {@link PortTable}. */
    void add(FlowRow row, int shape, int portRow) {
        add(shape, portRow, row.packetCnt);
        addTuples(1);
        if (row.firstSeq < 0) {
            withoutFingerprints = true;
        } else if (TupleShape.isSyn(shape)) {
            addMatches(row);
        }
    }

    /** Adds packets, of a {@link TupleShape} and to a row of {@link PortTable}. */
    void add(int shape, int portRow, long count) {
        shapes[shape] += count;
        toIotPorts += (iotPorts[portRow] & TupleShape.synOrUdp(shape)) * count;
    }

    /** Counts tuples. */
    void addTuples(int count) {
        tuples += count;
    }

    /** Adds the matches of a tuple of SYN packets. */
    void addMatches(FlowRow row) {
        if (!row.mixed()) {
            addMatches(row.matchedRules, row.packetCnt);
            return;
        }
        for (int left = row.matchedRules; left != 0; left &= left - 1) {
            int rule = Integer.numberOfTrailingZeros(left);
            matches[rule] += row.matches(rule);
        }
    }

    /** Adds packets that all matched the same rules, one bit each by lane. */
    void addMatches(int rules, long count) {
        matchingAll[rules] += count;
    }

    /** Packets of all tuples. */
    public long packets() {
        return packets(shape -> true);
    }

    /** Flow tuples, parts of a saturated minute counted apart. */
    public long tuples() {
        return tuples;
    }

    /** Packets of a class. */
    public long packets(PacketClass packetClass) {
        return packets(shape -> TupleShape.packetClass(shape) == packetClass.ordinal());
    }

    /** Packets of a kind. */
    public long packets(Kind kind) {
        return packets(shape -> TupleShape.kind(shape) == kind.ordinal());
    }

    private long packets(IntPredicate which) {
        return IntStream.range(0, shapes.length)
                .filter(which)
                .mapToLong(shape -> shapes[shape])
                .sum();
    }

    /** Packets that matched the packet rule of a lane. */
    public long matching(int lane) {
        long sum = matches[lane];
        for (int rules = 0; rules < matchingAll.length; rules++) {
            sum += (rules >>> lane & 1) * matchingAll[rules];
        }
        return sum;
    }

    /** Whether some of the input could not tell fingerprints. */
    public boolean withoutFingerprints() {
        return withoutFingerprints;
    }

    /** SYN and UDP packets. */
    public long synOrUdp() {
        return packets(PacketClass.TCP_SYN) + packets(PacketClass.UDP);
    }

    /** SYN and UDP packets to IoT ports. */
    public long toIotPorts() {
        return toIotPorts;
    }
}
