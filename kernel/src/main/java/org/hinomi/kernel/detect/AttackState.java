package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.kernel.rollup.DistinctSources;

/** The open attack on one victim, if there is one. */
public final class AttackState implements KeyState {
    private static final int OBJECT_BYTES = 480;

    long first = Context.NEVER;
    long lastMinute;
    long packets;
    long bytes;
    long minutes;
    int revision;
    long reported = Long.MIN_VALUE;
    boolean changed;
    private final long[] classes = new long[PacketClass.count()];
    private final long[] answers = new long[Answer.KINDS];
    private PortShare ports = new PortShare();
    private long thisMinute;
    private long peak;
    private int[] destinations = DistinctSources.empty();

    AttackState() {}

    void add(FlowRow row) {
        if (isEmpty()) {
            first = row.time;
        }
        if (row.time != lastMinute || minutes == 0) {
            minutes++;
            thisMinute = 0;
            lastMinute = row.time;
        }
        packets += row.packetCnt;
        bytes += row.packetCnt * row.ipLen;
        thisMinute += row.packetCnt;
        peak = Math.max(peak, thisMinute);
        classes[row.packetClass()] += row.packetCnt;
        answers[Answer.of(row).ordinal()] += row.packetCnt;
        if (row.protocol == IpProtocol.TCP || row.protocol == IpProtocol.UDP) {
            ports.add(row.protocol, row.srcPort, row.packetCnt);
        }
        boolean v4 = IpAddress.isV4(row.dstHi, row.dstLo);
        int destination = v4 ? (int) row.dstLo : (int) (KeyOrder.hash(row.dstHi, row.dstLo) >>> 32);
        destinations = DistinctSources.add(destinations, destination);
        changed = true;
    }

    /** End of the last minute with a packet. */
    long end() {
        return lastMinute + 60;
    }

    /** Packets in the busiest minute. */
    long peak() {
        return peak;
    }

    /** Distinct destinations; an estimate is never more than there were packets. */
    long destinations() {
        return Math.min(packets, DistinctSources.count(destinations));
    }

    PortShare ports() {
        return ports;
    }

    /** The class of most packets. */
    PacketClass traffic() {
        return PacketClass.at(foremost(classes));
    }

    /** What more than half of the answers are. */
    Answer answer() {
        int foremost = foremost(answers);
        return answers[foremost] * 2 > packets ? Answer.at(foremost) : Answer.MIXED;
    }

    private static int foremost(long[] counts) {
        int foremost = 0;
        for (int i = 1; i < counts.length; i++) {
            foremost = counts[i] > counts[foremost] ? i : foremost;
        }
        return foremost;
    }

    /** Forgets the attack. */
    void clear() {
        first = Context.NEVER;
        lastMinute = packets = bytes = minutes = thisMinute = peak = 0;
        revision = 0;
        reported = Long.MIN_VALUE;
        changed = false;
        java.util.Arrays.fill(classes, 0);
        java.util.Arrays.fill(answers, 0);
        ports = new PortShare();
        destinations = DistinctSources.empty();
    }

    @Override
    public boolean isEmpty() {
        return first == Context.NEVER;
    }

    @Override
    public long bytes() {
        return OBJECT_BYTES + 4L * destinations.length;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(first);
        out.writeLong(lastMinute);
        out.writeLong(packets);
        out.writeLong(bytes);
        out.writeLong(minutes);
        out.writeLong(thisMinute);
        out.writeLong(peak);
        out.writeInt(revision);
        out.writeLong(reported);
        out.writeBoolean(changed);
        for (long count : classes) {
            out.writeLong(count);
        }
        for (long count : answers) {
            out.writeLong(count);
        }
        ports.write(out);
        ScanEvent.write(out, destinations);
    }

    static AttackState read(DataInput in) throws IOException {
        AttackState state = new AttackState();
        state.first = in.readLong();
        state.lastMinute = in.readLong();
        state.packets = in.readLong();
        state.bytes = in.readLong();
        state.minutes = in.readLong();
        state.thisMinute = in.readLong();
        state.peak = in.readLong();
        state.revision = in.readInt();
        state.reported = in.readLong();
        state.changed = in.readBoolean();
        for (int i = 0; i < state.classes.length; i++) {
            state.classes[i] = in.readLong();
        }
        for (int i = 0; i < state.answers.length; i++) {
            state.answers[i] = in.readLong();
        }
        state.ports = PortShare.read(in);
        state.destinations = ScanEvent.cells(in);
        return state;
    }
}
