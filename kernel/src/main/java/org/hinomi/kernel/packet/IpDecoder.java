package org.hinomi.kernel.packet;

import static org.hinomi.kernel.packet.PacketDecoder.INT_BE;
import static org.hinomi.kernel.packet.PacketDecoder.LONG_BE;
import static org.hinomi.kernel.packet.PacketDecoder.u16;
import static org.hinomi.kernel.packet.PacketDecoder.u8;

import java.lang.foreign.MemorySegment;
import org.hinomi.kernel.address.IpAddress;
import org.jspecify.annotations.Nullable;

/** IPv4 (RFC 791) and IPv6 (RFC 8200) headers, and the transport header behind them. */
final class IpDecoder {
    private static final int V4_HEADER = 20;
    private static final int V6_HEADER = 40;
    private static final int MOST_EXTENSIONS = 256;

    private IpDecoder() {}

    static @Nullable SkipReason v4(MemorySegment bytes, long at, int captured, PacketHeader header) {
        if (captured < V4_HEADER) {
            return SkipReason.TRUNCATED_IP;
        }
        // Few wide reads: each read of a segment is checked.
        long first = bytes.get(LONG_BE, at);
        long second = bytes.get(LONG_BE, at + 8);
        int headerLength = (int) (first >>> 56 & 15) * 4;
        int totalLength = (int) (first >>> 32) & 0xffff;
        // Segmentation offload leaves a total length of 0 in packets captured on the way out.
        if (headerLength < V4_HEADER || totalLength != 0 && totalLength < headerLength) {
            return SkipReason.BAD_IP_LENGTH;
        }
        if (captured < headerLength) {
            return SkipReason.TRUNCATED_IP;
        }
        int fragment = (int) first & 0xffff;
        header.ipv6 = false;
        header.srcHi = 0;
        header.srcLo = IpAddress.V4_PREFIX | second & 0xffff_ffffL;
        header.dstHi = 0;
        header.dstLo = IpAddress.V4_PREFIX | Integer.toUnsignedLong(bytes.get(INT_BE, at + 16));
        header.ipLength = totalLength == 0 ? captured : totalLength;
        header.ipId = (int) (first >>> 16) & 0xffff;
        header.ttl = (int) (second >>> 56);
        header.protocol = (int) (second >>> 48) & 0xff;
        header.laterFragment = (fragment & 0x1fff) != 0;
        header.oddFragmentField = (fragment & 0x9fff) != 0;
        header.clearTransport();
        if (header.laterFragment) {
            return null;
        }
        int available = Math.min(captured, header.ipLength) - headerLength;
        return TransportDecoder.decode(bytes, at + headerLength, available, header);
    }

    static @Nullable SkipReason v6(MemorySegment bytes, long at, int captured, PacketHeader header) {
        if (captured < V6_HEADER) {
            return SkipReason.TRUNCATED_IP;
        }
        int payload = u16(bytes, at + 4);
        header.ipv6 = true;
        header.srcHi = bytes.get(LONG_BE, at + 8);
        header.srcLo = bytes.get(LONG_BE, at + 16);
        header.dstHi = bytes.get(LONG_BE, at + 24);
        header.dstLo = bytes.get(LONG_BE, at + 32);
        // A payload length of 0 is a jumbogram (RFC 2675) or left by segmentation offload.
        header.ipLength = payload == 0 ? captured : V6_HEADER + payload;
        header.ipId = 0;
        header.ttl = u8(bytes, at + 7);
        header.laterFragment = false;
        header.oddFragmentField = false;
        header.clearTransport();
        return extensions(bytes, at, Math.min(captured, header.ipLength), u8(bytes, at + 6), header);
    }

    private static @Nullable SkipReason extensions(
            MemorySegment bytes, long at, int available, int firstNext, PacketHeader header) {
        int offset = V6_HEADER;
        int next = firstNext;
        for (int followed = 0; followed < MOST_EXTENSIONS; followed++) {
            header.protocol = next;
            switch (next) {
                // Hop-by-hop, routing, destination options, mobility, HIP, shim6: length in 8 bytes after the first 8.
                case 0, 43, 60, 135, 139, 140 -> {
                    if (available < offset + 8) {
                        return SkipReason.TRUNCATED_IP;
                    }
                    next = u8(bytes, at + offset);
                    offset += 8 + 8 * u8(bytes, at + offset + 1);
                }
                case 44 -> {
                    if (available < offset + 8) {
                        return SkipReason.TRUNCATED_IP;
                    }
                    next = u8(bytes, at + offset);
                    if ((u16(bytes, at + offset + 2) & 0xfff8) != 0) {
                        header.protocol = next;
                        header.laterFragment = true;
                        header.oddFragmentField = true;
                        return null;
                    }
                    offset += 8;
                }
                // Authentication header (RFC 4302): length in 4 bytes after the first 8.
                case 51 -> {
                    if (available < offset + 8) {
                        return SkipReason.TRUNCATED_IP;
                    }
                    next = u8(bytes, at + offset);
                    offset += 8 + 4 * u8(bytes, at + offset + 1);
                }
                default -> {
                    return TransportDecoder.decode(bytes, at + offset, available - offset, header);
                }
            }
        }
        return SkipReason.TOO_MANY_EXTENSIONS;
    }
}
