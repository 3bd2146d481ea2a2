package org.hinomi.kernel.rollup;

import java.util.Arrays;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.flow.TupleWords;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.packet.PacketClass;

/**
 * The class and the kind of a flow tuple in one number, out of one small table: asking {@link PacketClass} and
 * {@link Kind} takes branches that darknet traffic makes impossible to predict.
 */
final class TupleShape {
    private static final int KIND_BITS = 2;
    private static final int COUNT = PacketClass.count() << KIND_BITS;

    /** What tells two tuples of a protocol apart: TCP flags, or the source port (ICMP type) up to this. */
    private static final int MOST_DETAIL = 255;

    private static final int DETAIL_BITS = 8;
    private static final int PROTOCOLS = 256;
    private static final int LATER_FRAGMENT = PROTOCOLS;
    private static final byte[] SHAPES = shapes();

    /** By shape: the row of {@link PortTable} that its ports begin at, and the bits of a port that count. */
    private static final int[] ROWS = new int[COUNT];

    private static final int[] PORT_BITS = new int[COUNT];
    private static final byte[] SYN_OR_UDP = new byte[COUNT];

    static {
        for (int shape = 0; shape < COUNT; shape++) {
            int packetClass = packetClass(shape);
            boolean udp = packetClass == PacketClass.UDP.ordinal();
            boolean port = udp || packetClass < PacketClass.UDP.ordinal();
            ROWS[shape] = port ? PortTable.row(udp ? IpProtocol.UDP : IpProtocol.TCP, 0) : PortTable.NO_PORT;
            PORT_BITS[shape] = port ? 0xffff : 0;
            SYN_OR_UDP[shape] = (byte) (udp || isSyn(shape) ? 1 : 0);
        }
    }

    private TupleShape() {}

    private static byte[] shapes() {
        byte[] shapes = new byte[PROTOCOLS + 1 << DETAIL_BITS];
        for (int protocol = 0; protocol <= LATER_FRAGMENT; protocol++) {
            int from = protocol << DETAIL_BITS;
            Arrays.fill(shapes, from, from + MOST_DETAIL + 1, shape(protocol, 0));
        }
        for (int protocol : new int[] {IpProtocol.TCP, IpProtocol.UDP, IpProtocol.ICMP, IpProtocol.ICMPV6}) {
            for (int detail = 0; detail <= MOST_DETAIL; detail++) {
                shapes[protocol << DETAIL_BITS | detail] = shape(protocol, detail);
            }
        }
        return shapes;
    }

    private static byte shape(int protocol, int detail) {
        boolean fragment = protocol == LATER_FRAGMENT;
        int packetClass = PacketClass.of(protocol, detail, fragment);
        return (byte) (packetClass << KIND_BITS | Kind.of(protocol, detail, detail, fragment));
    }

    /** The shape of a tuple, 0 to {@link #count()} - 1. */
    static int of(FlowRow row) {
        int detail = row.protocol == IpProtocol.TCP ? row.tcpFlags & 0xff : Math.min(row.srcPort & 0xffff, MOST_DETAIL);
        int protocol = row.laterFragment ? LATER_FRAGMENT : row.protocol & 0xff;
        return SHAPES[protocol << DETAIL_BITS | detail];
    }

    /** The shape of a packed tuple, by its words of ports and flags. */
    static int of(long ports, long flags) {
        int protocol = TupleWords.protocol(ports);
        int detail = protocol == IpProtocol.TCP
                ? TupleWords.tcpFlags(flags)
                : Math.min(TupleWords.sourcePort(ports), MOST_DETAIL);
        int kind = TupleWords.laterFragment(flags) == 0 ? protocol : LATER_FRAGMENT;
        return SHAPES[kind << DETAIL_BITS | detail];
    }

    /** The row of {@link PortTable} of a tuple's destination port; {@link PortTable#NO_PORT} when it has none. */
    static int portRow(int shape, int port) {
        return ROWS[shape] | port & PORT_BITS[shape];
    }

    static int count() {
        return COUNT;
    }

    static int packetClass(int shape) {
        return shape >>> KIND_BITS;
    }

    static int kind(int shape) {
        return shape & (1 << KIND_BITS) - 1;
    }

    /** Whether the flags are exactly SYN, ECE and CWR aside. */
    static boolean isSyn(int shape) {
        return packetClass(shape) == PacketClass.TCP_SYN.ordinal();
    }

    /** 1 for SYN and UDP, 0 for the rest. */
    static int synOrUdp(int shape) {
        return SYN_OR_UDP[shape];
    }
}
