package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.rollup.DistinctSources;

/** The open sweep of one source, if there is one. */
public final class SweepState implements KeyState {
    private static final int OBJECT_BYTES = 120;
    private static final int[] ONE_ONLY = {};

    long first = Context.NEVER;
    long lastMinute;
    long packets;
    int revision;
    long reported = Long.MIN_VALUE;
    boolean changed;
    private long udpPackets;
    private int onlyPort;
    private int onlyDestination;
    private int[] ports = ONE_ONLY;
    private int[] destinations = ONE_ONLY;

    SweepState() {}

    void add(FlowRow row) {
        int port = row.protocol << 16 | row.dstPort;
        boolean v4 = IpAddress.isV4(row.dstHi, row.dstLo);
        int destination = v4 ? (int) row.dstLo : (int) (KeyOrder.hash(row.dstHi, row.dstLo) >>> 32);
        if (isEmpty()) {
            first = row.time;
            onlyPort = port;
            onlyDestination = destination;
        }
        ports = added(ports, onlyPort, port);
        destinations = added(destinations, onlyDestination, destination);
        lastMinute = row.time;
        packets += row.packetCnt;
        udpPackets += row.protocol == IpProtocol.UDP ? row.packetCnt : 0;
        changed = true;
    }

    /** Most sources have one port and one destination: these need no set. */
    private static int[] added(int[] cells, int only, int hash) {
        if (cells.length > 0) {
            return DistinctSources.add(cells, hash);
        }
        return hash == only ? cells : DistinctSources.add(DistinctSources.add(DistinctSources.empty(), only), hash);
    }

    /** End of the last minute with a packet. */
    long end() {
        return lastMinute + 60;
    }

    /** Different ports; an estimate is never more than there were packets. */
    long ports() {
        return count(ports);
    }

    /** Different destinations. */
    long destinations() {
        return count(destinations);
    }

    private long count(int[] cells) {
        return cells.length == 0 ? 1 : Math.min(packets, DistinctSources.count(cells));
    }

    /** Whether there may be as many ports as that; cheap. */
    boolean mayReach(long least) {
        return ports.length > 0 && (DistinctSources.estimated(ports) || DistinctSources.count(ports) >= least);
    }

    boolean mostlyUdp() {
        return udpPackets * 2 > packets;
    }

    /** Forgets the sweep. */
    void clear() {
        first = Context.NEVER;
        lastMinute = packets = udpPackets = 0;
        revision = 0;
        reported = Long.MIN_VALUE;
        changed = false;
        ports = destinations = ONE_ONLY;
    }

    @Override
    public boolean isEmpty() {
        return first == Context.NEVER;
    }

    @Override
    public long bytes() {
        return OBJECT_BYTES + 4L * (ports.length + destinations.length);
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(first);
        out.writeLong(lastMinute);
        out.writeLong(packets);
        out.writeLong(udpPackets);
        out.writeInt(revision);
        out.writeLong(reported);
        out.writeBoolean(changed);
        out.writeInt(onlyPort);
        out.writeInt(onlyDestination);
        ScanEvent.write(out, ports);
        ScanEvent.write(out, destinations);
    }

    static SweepState read(DataInput in) throws IOException {
        SweepState state = new SweepState();
        state.first = in.readLong();
        state.lastMinute = in.readLong();
        state.packets = in.readLong();
        state.udpPackets = in.readLong();
        state.revision = in.readInt();
        state.reported = in.readLong();
        state.changed = in.readBoolean();
        state.onlyPort = in.readInt();
        state.onlyDestination = in.readInt();
        state.ports = ScanEvent.cells(in);
        state.destinations = ScanEvent.cells(in);
        return state;
    }
}
