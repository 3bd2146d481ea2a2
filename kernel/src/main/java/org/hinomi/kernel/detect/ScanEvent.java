package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.rollup.DistinctSources;
import org.jspecify.annotations.Nullable;

/** A scan event that is open: the packets of one source, port, class and kind since it began. */
final class ScanEvent {
    private static final int NETWORK_BITS_V4 = 8;
    private static final int OBJECT_BYTES = 120;
    private static final int[] NONE = {};
    private static final long[] NO_MATCHES = {};

    final int key;
    final long first;
    long lastMinute;
    long packets;
    long bytes;
    long syns;
    int revision;
    long reported = Long.MIN_VALUE;
    boolean changed;
    private long onlyHi;
    private long onlyLo;
    private int[] destinations = NONE;
    private int[] networks = NONE;
    private long[] matches = NO_MATCHES;
    private @Nullable VisitOrder visits;

    ScanEvent(int key, long first) {
        this.key = key;
        this.first = first;
        this.lastMinute = first;
    }

    void add(FlowRow row) {
        if (packets == 0) {
            onlyHi = row.dstHi;
            onlyLo = row.dstLo;
        } else if (destinations.length > 0) {
            destination(row.dstHi, row.dstLo, row.time);
        } else if (row.dstHi != onlyHi || row.dstLo != onlyLo) {
            destinations = DistinctSources.empty();
            networks = DistinctSources.empty();
            destination(onlyHi, onlyLo, lastMinute);
            destination(row.dstHi, row.dstLo, row.time);
        }
        lastMinute = row.time;
        packets += row.packetCnt;
        bytes += row.packetCnt * row.ipLen;
        changed = true;
        if (row.isSyn() && row.firstSeq >= 0) {
            syns += row.packetCnt;
            addMatches(row);
        }
    }

    private void addMatches(FlowRow row) {
        for (int left = row.matchedRules; left != 0; left &= left - 1) {
            if (matches.length == 0) {
                matches = new long[FlowRow.MOST_RULES];
            }
            int lane = Integer.numberOfTrailingZeros(left);
            matches[lane] += row.matches(lane);
        }
    }

    /** IPv4 addresses are their own 32 bits, so that few of them are counted exactly; IPv6 addresses are hashed. */
    private void destination(long hi, long lo, long minute) {
        boolean v4 = IpAddress.isV4(hi, lo);
        if (v4) {
            visits = visits == null ? new VisitOrder() : visits;
            visits.add((int) lo, minute);
        }
        destinations = DistinctSources.add(destinations, v4 ? (int) lo : (int) (KeyOrder.hash(hi, lo) >>> 32));
        int network = v4 ? (int) lo >>> NETWORK_BITS_V4 : (int) (KeyOrder.hash(hi, 0) >>> 32);
        networks = DistinctSources.add(networks, network);
    }

    /** Distinct destinations; an estimate is never more than there were packets. */
    long destinations() {
        return destinations.length == 0 ? 1 : Math.min(packets, DistinctSources.count(destinations));
    }

    /** Whether there may be as many destinations as that; cheap. */
    boolean mayReach(long least) {
        return destinations.length == 0
                ? least <= 1
                : DistinctSources.estimated(destinations) || DistinctSources.count(destinations) >= least;
    }

    /** Distinct blocks of 256 IPv4 addresses, or IPv6 /64s, among the destinations. */
    long networks() {
        return networks.length == 0 ? 1 : DistinctSources.count(networks);
    }

    boolean estimated() {
        return destinations.length > 0 && DistinctSources.estimated(destinations);
    }

    /** In which order it visits IPv4 addresses. */
    VisitOrder.Order order(long dark) {
        return visits == null
                ? VisitOrder.Order.UNKNOWN
                : visits.judge(packets, Math.min(destinations(), dark), estimated(), dark);
    }

    /** SYN packets that matched the rule of a lane. */
    long matches(int lane) {
        return matches.length == 0 ? 0 : matches[lane];
    }

    /** End of the last minute with a packet. */
    long end() {
        return lastMinute + 60;
    }

    long size() {
        return OBJECT_BYTES
                + (visits == null ? 0 : VisitOrder.BYTES)
                + 4L * (destinations.length + networks.length)
                + 8L * matches.length;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(key);
        out.writeLong(first);
        out.writeLong(lastMinute);
        out.writeLong(packets);
        out.writeLong(bytes);
        out.writeLong(syns);
        out.writeInt(revision);
        out.writeLong(reported);
        out.writeBoolean(changed);
        out.writeLong(onlyHi);
        out.writeLong(onlyLo);
        write(out, destinations);
        write(out, networks);
        out.writeByte(matches.length);
        for (long count : matches) {
            out.writeLong(count);
        }
        out.writeBoolean(visits != null);
        if (visits != null) {
            visits.write(out);
        }
    }

    static void write(DataOutput out, int[] cells) throws IOException {
        out.writeInt(cells.length);
        for (int cell : cells) {
            out.writeInt(cell);
        }
    }

    static ScanEvent read(DataInput in) throws IOException {
        ScanEvent event = new ScanEvent(in.readInt(), in.readLong());
        event.lastMinute = in.readLong();
        event.packets = in.readLong();
        event.bytes = in.readLong();
        event.syns = in.readLong();
        event.revision = in.readInt();
        event.reported = in.readLong();
        event.changed = in.readBoolean();
        event.onlyHi = in.readLong();
        event.onlyLo = in.readLong();
        event.destinations = cells(in);
        event.networks = cells(in);
        int lanes = in.readUnsignedByte();
        if (lanes != 0 && lanes != FlowRow.MOST_RULES) {
            throw new IOException("a scan event has " + lanes + " match counts");
        }
        event.matches = new long[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            event.matches[lane] = in.readLong();
        }
        event.visits = in.readBoolean() ? VisitOrder.read(in) : null;
        return event;
    }

    static int[] cells(DataInput in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > DistinctSources.MOST_CELLS) {
            throw new IOException("a set has " + length + " cells");
        }
        int[] cells = new int[length];
        for (int i = 0; i < length; i++) {
            cells[i] = in.readInt();
        }
        return cells;
    }
}
