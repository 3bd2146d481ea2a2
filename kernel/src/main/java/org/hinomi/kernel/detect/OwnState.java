package org.hinomi.kernel.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Owner;
import org.hinomi.kernel.device.HeaderShare;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.kernel.rollup.DistinctSources;

/** What is known of one machine of an organisation since it began to send to dark addresses; bounded. */
public final class OwnState implements KeyState {
    private static final int OBJECT_BYTES = 720 + HeaderShare.BYTES;
    private static final Owner NOBODY = new Owner("", "");
    private static final long[] NO_MATCHES = {};

    Owner owner = NOBODY;
    /** Start of the oldest minute that is remembered. */
    long since = Context.NEVER;

    /** Start of the detection that is told now; NEVER while the machine is quiet. */
    long first = Context.NEVER;

    long lastMinute;
    long packets;
    long bytes;
    long minutes;
    long syns;
    int revision;
    long reported = Long.MIN_VALUE;
    boolean changed;
    OwnGrade told = OwnGrade.UNPROVEN;
    private long followed;
    private final long[] kinds = new long[Kind.count()];
    private final long[] classes = new long[PacketClass.count()];
    private TtlGroups ttls = new TtlGroups();
    private PortShare share = new PortShare();
    private HeaderShare headers = new HeaderShare();
    private int[] ports = DistinctSources.empty();
    private int[] destinations = DistinctSources.empty();
    private long[] matches = NO_MATCHES;

    OwnState() {}

    /**
     * Takes a tuple.
     *
     * @param follow seconds within which a packet follows the one before
     * @param handmade lanes of rules whose packets a tool made by hand, one bit each
     */
    void add(FlowRow row, Owner of, long follow, int handmade) {
        boolean begins = isEmpty();
        since = begins ? row.time : since;
        first = isQuiet() ? row.time : first;
        followed += begins || row.time - lastMinute > follow ? row.packetCnt - 1 : row.packetCnt;
        if (begins || row.time != lastMinute) {
            minutes++;
            lastMinute = row.time;
        }
        owner = of;
        packets += row.packetCnt;
        bytes += row.packetCnt * row.ipLen;
        kinds[row.kind()] += row.packetCnt;
        classes[row.packetClass()] += row.packetCnt;
        ttls.add(row.ttl, row.packetCnt);
        addPort(row);
        boolean v4 = IpAddress.isV4(row.dstHi, row.dstLo);
        int destination = v4 ? (int) row.dstLo : (int) (KeyOrder.hash(row.dstHi, row.dstLo) >>> 32);
        destinations = DistinctSources.add(destinations, destination);
        if (row.isSyn() && row.firstSeq >= 0) {
            syns += row.packetCnt;
            headers.add(row, handmade);
            addMatches(row);
        }
        changed = true;
    }

    private void addPort(FlowRow row) {
        boolean tcpOrUdp = row.protocol == IpProtocol.TCP || row.protocol == IpProtocol.UDP;
        int port = !tcpOrUdp || row.laterFragment
                ? 0
                : row.kind() == Kind.BACKSCATTER.ordinal() ? row.srcPort : row.dstPort;
        ports = DistinctSources.add(ports, row.protocol << 16 | port);
        if (tcpOrUdp && !row.laterFragment) {
            share.add(row.protocol, port, row.packetCnt);
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

    /** End of the last minute with a packet. */
    long end() {
        return lastMinute + 60;
    }

    /** Distinct destinations; an estimate is never more than there were packets. */
    long destinations() {
        return Math.min(packets, DistinctSources.count(destinations));
    }

    /** Distinct ports, each of its protocol. */
    long ports() {
        return Math.min(packets, DistinctSources.count(ports));
    }

    PortShare share() {
        return share;
    }

    HeaderShare headers() {
        return headers;
    }

    TtlGroups ttls() {
        return ttls;
    }

    long backscatter() {
        return kinds[Kind.BACKSCATTER.ordinal()];
    }

    long scanning() {
        return kinds[Kind.SCAN.ordinal()];
    }

    /** The kind of most packets. */
    Kind kind() {
        return Kind.at(foremost(kinds));
    }

    /** Packets of UDP. */
    long udp() {
        return classes[PacketClass.UDP.ordinal()];
    }

    /** The class of most packets. */
    PacketClass traffic() {
        return PacketClass.at(foremost(classes));
    }

    /** Whether half of the packets but the first followed the one before soon. */
    boolean isTimed() {
        return packets >= 3 && followed * 2 >= packets - 1;
    }

    /**
     * Whether two SYN packets or more, and half of all, match a rule that names a tool or family.
     *
     * @param weak lanes of rules that name none, one bit each
     */
    boolean usesTool(int weak) {
        for (int lane = 0; lane < matches.length; lane++) {
            if ((weak >>> lane & 1) == 0 && matches[lane] >= 2 && matches[lane] * 2 >= syns) {
                return true;
            }
        }
        return false;
    }

    /** SYN packets that matched the rule of a lane. */
    long matches(int lane) {
        return matches.length == 0 ? 0 : matches[lane];
    }

    private static int foremost(long[] counts) {
        int foremost = 0;
        for (int i = 1; i < counts.length; i++) {
            foremost = counts[i] > counts[foremost] ? i : foremost;
        }
        return foremost;
    }

    /** Whether it had gone quiet, or was never seen. */
    boolean isQuiet() {
        return first == Context.NEVER;
    }

    /** Notes that it has gone quiet: what it sent is remembered, and the next packet begins another detection. */
    void quiet() {
        first = Context.NEVER;
        revision = 0;
        reported = Long.MIN_VALUE;
        changed = false;
        told = OwnGrade.UNPROVEN;
    }

    @Override
    public boolean isEmpty() {
        return since == Context.NEVER;
    }

    @Override
    public long bytes() {
        return OBJECT_BYTES + 4L * (destinations.length + ports.length) + 8L * matches.length;
    }

    /** Forgets the machine. */
    void clear() {
        quiet();
        owner = NOBODY;
        since = Context.NEVER;
        lastMinute = packets = bytes = minutes = syns = followed = 0;
        java.util.Arrays.fill(kinds, 0);
        java.util.Arrays.fill(classes, 0);
        ttls = new TtlGroups();
        share = new PortShare();
        headers = new HeaderShare();
        ports = DistinctSources.empty();
        destinations = DistinctSources.empty();
        matches = NO_MATCHES;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeUTF(owner.id());
        out.writeUTF(owner.name());
        for (long number : new long[] {since, first, lastMinute, packets, bytes, minutes, syns, followed, reported}) {
            out.writeLong(number);
        }
        out.writeInt(revision);
        out.writeBoolean(changed);
        out.writeByte(told.ordinal());
        writeAll(out, kinds);
        writeAll(out, classes);
        ttls.write(out);
        share.write(out);
        headers.write(out);
        ScanEvent.write(out, ports);
        ScanEvent.write(out, destinations);
        out.writeByte(matches.length);
        writeAll(out, matches);
    }

    private static void writeAll(DataOutput out, long[] counts) throws IOException {
        for (long count : counts) {
            out.writeLong(count);
        }
    }

    private static void readAll(DataInput in, long[] counts) throws IOException {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = in.readLong();
        }
    }

    static OwnState read(DataInput in) throws IOException {
        OwnState state = new OwnState();
        state.owner = new Owner(in.readUTF(), in.readUTF());
        state.since = in.readLong();
        state.first = in.readLong();
        state.lastMinute = in.readLong();
        state.packets = in.readLong();
        state.bytes = in.readLong();
        state.minutes = in.readLong();
        state.syns = in.readLong();
        state.followed = in.readLong();
        state.reported = in.readLong();
        state.revision = in.readInt();
        state.changed = in.readBoolean();
        int told = in.readUnsignedByte();
        if (told >= OwnGrade.count()) {
            throw new IOException("there is no grade " + told);
        }
        state.told = OwnGrade.at(told);
        readAll(in, state.kinds);
        readAll(in, state.classes);
        state.ttls = TtlGroups.read(in);
        state.share = PortShare.read(in);
        state.headers = HeaderShare.read(in);
        state.ports = ScanEvent.cells(in);
        state.destinations = ScanEvent.cells(in);
        int lanes = in.readUnsignedByte();
        if (lanes != 0 && lanes != FlowRow.MOST_RULES) {
            throw new IOException("a machine has " + lanes + " match counts");
        }
        state.matches = new long[lanes];
        readAll(in, state.matches);
        return state;
    }
}
