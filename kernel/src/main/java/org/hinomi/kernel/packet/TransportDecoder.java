package org.hinomi.kernel.packet;

import static org.hinomi.kernel.packet.PacketDecoder.INT_BE;
import static org.hinomi.kernel.packet.PacketDecoder.LONG_BE;
import static org.hinomi.kernel.packet.PacketDecoder.u16;
import static org.hinomi.kernel.packet.PacketDecoder.u8;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** TCP, UDP and ICMP headers; other protocols have none that is read. */
final class TransportDecoder {
    private static final int TCP_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int ICMP_HEADER = 4;
    private static final int OPTION_END = 0;
    private static final int OPTION_NOP = 1;
    private static final int OPTION_MSS = 2;
    private static final int MSS_OF_FOUR = OPTION_MSS << 8 | 4;

    private TransportDecoder() {}

    static @Nullable SkipReason decode(MemorySegment bytes, long at, int available, PacketHeader header) {
        return switch (header.protocol) {
            case IpProtocol.TCP -> tcp(bytes, at, available, header);
            case IpProtocol.UDP -> {
                if (available < UDP_HEADER) {
                    yield SkipReason.TRUNCATED_TRANSPORT;
                }
                header.srcPort = u16(bytes, at);
                header.dstPort = u16(bytes, at + 2);
                yield null;
            }
            case IpProtocol.ICMP, IpProtocol.ICMPV6 -> {
                if (available < ICMP_HEADER) {
                    yield SkipReason.TRUNCATED_TRANSPORT;
                }
                header.srcPort = u8(bytes, at);
                header.dstPort = u8(bytes, at + 1);
                yield null;
            }
            default -> null;
        };
    }

    private static @Nullable SkipReason tcp(MemorySegment bytes, long at, int available, PacketHeader header) {
        if (available < TCP_HEADER) {
            return SkipReason.TRUNCATED_TRANSPORT;
        }
        long portsAndSequence = bytes.get(LONG_BE, at);
        long ackAndFlags = bytes.get(LONG_BE, at + 8);
        int headerLength = (int) (ackAndFlags >>> 28 & 15) * 4;
        if (headerLength < TCP_HEADER) {
            return SkipReason.BAD_TCP_LENGTH;
        }
        header.srcPort = (int) (portsAndSequence >>> 48);
        header.dstPort = (int) (portsAndSequence >>> 32) & 0xffff;
        header.seq = portsAndSequence & 0xffff_ffffL;
        header.ack = ackAndFlags >>> 32;
        header.tcpHeaderLength = headerLength;
        header.tcpFlags = (int) (ackAndFlags >>> 16) & 0xff;
        header.window = (int) ackAndFlags & 0xffff;
        if (headerLength > TCP_HEADER && (header.tcpFlags & TcpFlags.SYN) != 0) {
            header.mss = mss(bytes, at, Math.min(available, headerLength));
        }
        return null;
    }

    private static int mss(MemorySegment bytes, long at, int end) {
        // Nearly all systems put it first; the walk is for the rest.
        if (end >= TCP_HEADER + 4) {
            int first = bytes.get(INT_BE, at + TCP_HEADER);
            if (first >>> 16 == MSS_OF_FOUR) {
                return first & 0xffff;
            }
        }
        int option = TCP_HEADER;
        while (option + 1 < end) {
            int kind = u8(bytes, at + option);
            if (kind == OPTION_END) {
                break;
            }
            if (kind == OPTION_NOP) {
                option++;
                continue;
            }
            int length = u8(bytes, at + option + 1);
            if (kind == OPTION_MSS && length == 4 && option + 4 <= end) {
                return u16(bytes, at + option + 2);
            }
            // A length under 2 would not move on.
            if (length < 2) {
                break;
            }
            option += length;
        }
        return PacketHeader.NO_MSS;
    }
}
