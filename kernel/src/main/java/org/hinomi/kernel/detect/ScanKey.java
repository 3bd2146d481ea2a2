package org.hinomi.kernel.detect;

import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.packet.PacketClass;

/**
 * What tells the scan events of a source apart, in one number: class, kind and port. The port is the one that names the
 * service: the source port of backscatter, else the destination port; the type of ICMP; the number of other protocols.
 */
final class ScanKey {
    private static final int PORT = 0xffff;
    private static final int KIND_SHIFT = 16;
    private static final int CLASS_SHIFT = 18;

    private ScanKey() {}

    static int of(FlowRow row) {
        int kind = row.kind();
        return row.packetClass() << CLASS_SHIFT | kind << KIND_SHIFT | port(row, kind) & PORT;
    }

    private static int port(FlowRow row, int kind) {
        return switch (row.laterFragment ? -1 : row.protocol) {
            case IpProtocol.TCP, IpProtocol.UDP -> kind == Kind.BACKSCATTER.ordinal() ? row.srcPort : row.dstPort;
            case IpProtocol.ICMP, IpProtocol.ICMPV6 -> row.srcPort;
            default -> row.protocol;
        };
    }

    static int port(int key) {
        return key & PORT;
    }

    static Kind kind(int key) {
        return Kind.at(key >>> KIND_SHIFT & 3);
    }

    static PacketClass packetClass(int key) {
        return PacketClass.at(key >>> CLASS_SHIFT);
    }

    /** Whether a number can be a key, for what is read from outside. */
    static boolean valid(int key) {
        return key >>> CLASS_SHIFT < PacketClass.count() && (key >>> KIND_SHIFT & 3) < Kind.count();
    }
}
