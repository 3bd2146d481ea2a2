package org.hinomi.kernel.packet;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Finds the outermost IP packet inside a captured frame and reads its headers. Total: any bytes give either a filled
 * {@link PacketHeader} or a {@link SkipReason}; nothing is allocated and nothing outside the given range is read.
 */
public final class PacketDecoder {
    static final ValueLayout.OfShort SHORT_BE = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfInt INT_BE = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfLong LONG_BE = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final int MOST_TAGS = 16;
    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_IPV6 = 0x86dd;
    private static final int SMALLEST_ETHERTYPE = 0x0600;
    private static final int EITHER_VERSION = 0;

    private PacketDecoder() {}

    /**
     * Decodes one frame.
     *
     * @param bytes holds the frame
     * @param offset where the frame starts
     * @param captured how many of its bytes are there
     * @param linkType of the interface it was captured on; see {@link LinkType}
     * @param header filled when the answer is null; otherwise its content is undefined
     * @return null when decoded, else why not
     */
    public static @Nullable SkipReason decode(
            MemorySegment bytes, long offset, int captured, int linkType, PacketHeader header) {
        return switch (linkType) {
            case LinkType.ETHERNET -> {
                if (captured < 14) {
                    yield SkipReason.TRUNCATED_LINK;
                }
                yield network(bytes, offset, captured, 14, u16(bytes, offset + 12), header);
            }
            case LinkType.RAW, LinkType.RAW_BSD, LinkType.RAW_OPENBSD ->
                ip(bytes, offset, captured, 0, EITHER_VERSION, header);
            case LinkType.IPV4 -> ip(bytes, offset, captured, 0, 4, header);
            case LinkType.IPV6 -> ip(bytes, offset, captured, 0, 6, header);
            case LinkType.LINUX_SLL -> {
                if (captured < 16) {
                    yield SkipReason.TRUNCATED_LINK;
                }
                yield network(bytes, offset, captured, 16, u16(bytes, offset + 14), header);
            }
            case LinkType.LINUX_SLL2 -> {
                if (captured < 20) {
                    yield SkipReason.TRUNCATED_LINK;
                }
                yield network(bytes, offset, captured, 20, u16(bytes, offset), header);
            }
            case LinkType.NULL, LinkType.LOOP -> loopback(bytes, offset, captured, header);
            default -> SkipReason.UNKNOWN_LINK_TYPE;
        };
    }

    private static @Nullable SkipReason loopback(MemorySegment bytes, long offset, int captured, PacketHeader header) {
        if (captured < 4) {
            return SkipReason.TRUNCATED_LINK;
        }
        int family = bytes.get(INT_BE, offset);
        // Families fit in 16 bits, so a value in the upper half was written by a little-endian machine.
        int value = (family & 0xffff0000) != 0 ? Integer.reverseBytes(family) : family;
        return switch (value) {
            case 2 -> ip(bytes, offset, captured, 4, 4, header);
            case 10, 24, 28, 30 -> ip(bytes, offset, captured, 4, 6, header);
            default -> SkipReason.NOT_IP;
        };
    }

    private static @Nullable SkipReason network(
            MemorySegment bytes, long offset, int captured, int start, int firstType, PacketHeader header) {
        int at = start;
        int type = firstType;
        for (int tags = 0; tags < MOST_TAGS; tags++) {
            switch (type) {
                case ETHERTYPE_IPV4 -> {
                    return ip(bytes, offset, captured, at, 4, header);
                }
                case ETHERTYPE_IPV6 -> {
                    return ip(bytes, offset, captured, at, 6, header);
                }
                case 0x8100, 0x88a8, 0x9100, 0x9200, 0x9300 -> {
                    if (captured < at + 4) {
                        return SkipReason.TRUNCATED_LINK;
                    }
                    type = u16(bytes, offset + at + 2);
                    at += 4;
                }
                case 0x8847, 0x8848 -> {
                    return mpls(bytes, offset, captured, at, header);
                }
                case 0x8864 -> {
                    return pppoe(bytes, offset, captured, at, header);
                }
                default -> {
                    return snap(bytes, offset, captured, at, type, header);
                }
            }
        }
        return SkipReason.TOO_MANY_TAGS;
    }

    /** MPLS label stack (RFC 3032); what is below it shows only in the first nibble (RFC 4928). */
    private static @Nullable SkipReason mpls(
            MemorySegment bytes, long offset, int captured, int start, PacketHeader header) {
        int at = start;
        for (int labels = 0; labels < MOST_TAGS; labels++) {
            if (captured < at + 5) {
                return SkipReason.TRUNCATED_LINK;
            }
            boolean bottom = (u8(bytes, offset + at + 2) & 1) != 0;
            at += 4;
            if (bottom) {
                int version = u8(bytes, offset + at) >>> 4;
                return version == 4 || version == 6
                        ? ip(bytes, offset, captured, at, version, header)
                        : SkipReason.NOT_IP;
            }
        }
        return SkipReason.TOO_MANY_TAGS;
    }

    /** PPPoE session data (RFC 2516): 6 bytes, then the PPP protocol, which may be compressed to one byte. */
    private static @Nullable SkipReason pppoe(
            MemorySegment bytes, long offset, int captured, int at, PacketHeader header) {
        if (captured < at + 8) {
            return SkipReason.TRUNCATED_LINK;
        }
        return switch (u16(bytes, offset + at + 6)) {
            case 0x0021 -> ip(bytes, offset, captured, at + 8, 4, header);
            case 0x0057 -> ip(bytes, offset, captured, at + 8, 6, header);
            default -> SkipReason.NOT_IP;
        };
    }

    /** An 802.3 length instead of an EtherType: LLC with a SNAP header may still carry IP (RFC 1042). */
    private static @Nullable SkipReason snap(
            MemorySegment bytes, long offset, int captured, int at, int length, PacketHeader header) {
        if (length >= SMALLEST_ETHERTYPE || captured < at + 8) {
            return SkipReason.NOT_IP;
        }
        long llcAndOui = bytes.get(LONG_BE, offset + at) >>> 16;
        if (llcAndOui != 0xaaaa_0300_0000L) {
            return SkipReason.NOT_IP;
        }
        return switch (u16(bytes, offset + at + 6)) {
            case ETHERTYPE_IPV4 -> ip(bytes, offset, captured, at + 8, 4, header);
            case ETHERTYPE_IPV6 -> ip(bytes, offset, captured, at + 8, 6, header);
            default -> SkipReason.NOT_IP;
        };
    }

    private static @Nullable SkipReason ip(
            MemorySegment bytes, long offset, int captured, int at, int announced, PacketHeader header) {
        if (captured <= at) {
            return SkipReason.TRUNCATED_IP;
        }
        int version = u8(bytes, offset + at) >>> 4;
        if (announced != EITHER_VERSION && version != announced) {
            return SkipReason.BAD_IP_VERSION;
        }
        header.ipOffset = at;
        return switch (version) {
            case 4 -> IpDecoder.v4(bytes, offset + at, captured - at, header);
            case 6 -> IpDecoder.v6(bytes, offset + at, captured - at, header);
            default -> SkipReason.BAD_IP_VERSION;
        };
    }

    static int u8(MemorySegment bytes, long at) {
        return bytes.get(JAVA_BYTE, at) & 0xff;
    }

    static int u16(MemorySegment bytes, long at) {
        return bytes.get(SHORT_BE, at) & 0xffff;
    }
}
