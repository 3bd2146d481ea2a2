package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.hinomi.kernel.device.HeaderShare;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;

/** The SYN packets of one source and the marks in them. */
public final class FamilyState implements KeyState {
    private static final int OBJECT_BYTES = 280 + HeaderShare.BYTES;

    long first = Context.NEVER;
    long lastMinute;
    long syns;
    int revision;
    long reported = Long.MIN_VALUE;
    String told = "";
    boolean changed;
    private final long[] matches = new long[FlowRow.MOST_RULES];
    private PortShare ports = new PortShare();
    private HeaderShare headers = new HeaderShare();

    FamilyState() {}

    /**
     * Takes a tuple.
     *
     * @param handmade lanes of rules whose packets a tool made by hand, one bit each
     */
    void add(FlowRow row, int handmade) {
        if (isEmpty()) {
            first = row.time;
        }
        lastMinute = row.time;
        syns += row.packetCnt;
        ports.add(IpProtocol.TCP, row.dstPort, row.packetCnt);
        headers.add(row, handmade);
        for (int left = row.matchedRules; left != 0; left &= left - 1) {
            int lane = Integer.numberOfTrailingZeros(left);
            matches[lane] += row.matches(lane);
        }
        changed = true;
    }

    /** End of the last minute with a packet. */
    long end() {
        return lastMinute + 60;
    }

    /** SYN packets that matched the rule of a lane. */
    long matches(int lane) {
        return matches[lane];
    }

    PortShare ports() {
        return ports;
    }

    HeaderShare headers() {
        return headers;
    }

    void clear() {
        first = Context.NEVER;
        lastMinute = syns = 0;
        revision = 0;
        reported = Long.MIN_VALUE;
        told = "";
        changed = false;
        java.util.Arrays.fill(matches, 0);
        ports = new PortShare();
        headers = new HeaderShare();
    }

    @Override
    public boolean isEmpty() {
        return first == Context.NEVER;
    }

    @Override
    public long bytes() {
        return OBJECT_BYTES;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeLong(first);
        out.writeLong(lastMinute);
        out.writeLong(syns);
        out.writeInt(revision);
        out.writeLong(reported);
        out.writeUTF(told);
        out.writeBoolean(changed);
        for (long count : matches) {
            out.writeLong(count);
        }
        ports.write(out);
        headers.write(out);
    }

    static FamilyState read(DataInput in) throws IOException {
        FamilyState state = new FamilyState();
        state.first = in.readLong();
        state.lastMinute = in.readLong();
        state.syns = in.readLong();
        state.revision = in.readInt();
        state.reported = in.readLong();
        state.told = in.readUTF();
        state.changed = in.readBoolean();
        for (int lane = 0; lane < state.matches.length; lane++) {
            state.matches[lane] = in.readLong();
        }
        state.ports = PortShare.read(in);
        state.headers = HeaderShare.read(in);
        return state;
    }
}
