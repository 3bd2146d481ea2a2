package org.hinomi.observatory.capture;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hinomi.kernel.packet.FrameSink;
import org.jspecify.annotations.Nullable;

/**
 * pcapng (draft-ietf-opsawg-pcapng): sections of either byte order, several interfaces, enhanced, simple and the
 * obsolete packet blocks; other blocks are passed over.
 */
final class PcapngParser implements RecordParser {
    static final int SECTION = 0x0a0d0d0a;

    private static final ValueLayout.OfInt LITTLE_ENDIAN =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final int INTERFACE = 1;
    private static final int OBSOLETE_PACKET = 2;
    private static final int SIMPLE_PACKET = 3;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int SMALLEST_BLOCK = 12;
    private static final int MOST_INTERFACES = 65_536;

    private final List<PcapngInterface> interfaces = new ArrayList<>();
    private boolean bigEndian;
    private @Nullable String damage;
    private long longerThanSnap;
    private long packets;

    private PcapngParser() {}

    /** The parser for a file that begins so; empty when it is not pcapng. */
    static Optional<RecordParser> of(MemorySegment start) {
        boolean section = start.byteSize() >= 12
                && start.get(LITTLE_ENDIAN, 0) == SECTION
                && orderOf(start.get(LITTLE_ENDIAN, 8)) != null;
        return section ? Optional.of(new PcapngParser()) : Optional.empty();
    }

    private static @Nullable ByteOrder orderOf(int magicReadLittleEndian) {
        if (magicReadLittleEndian == BYTE_ORDER_MAGIC) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        return magicReadLittleEndian == Integer.reverseBytes(BYTE_ORDER_MAGIC) ? ByteOrder.BIG_ENDIAN : null;
    }

    @Override
    public long parse(MemorySegment window, long from, long to, FrameSink sink) {
        long at = from;
        while (to - at >= SMALLEST_BLOCK) {
            if (word(window, at) == SECTION && !beginSection(window, at)) {
                return at;
            }
            int type = word(window, at);
            long length = Integer.toUnsignedLong(word(window, at + 4));
            if (length < SMALLEST_BLOCK || length % 4 != 0 || length > LARGEST_RECORD) {
                damage = "a block claims a length of " + length + " bytes";
                return at;
            }
            if (to - at < length) {
                return at;
            }
            if (Integer.toUnsignedLong(word(window, at + length - 4)) != length) {
                damage = "a block's two lengths differ";
                return at;
            }
            if (!block(window, at, (int) length, type, sink)) {
                return at;
            }
            at += length;
        }
        return at;
    }

    private boolean beginSection(MemorySegment window, long at) {
        ByteOrder found = orderOf(window.get(LITTLE_ENDIAN, at + 8));
        if (found == null) {
            damage = "a section's byte-order mark is none";
            return false;
        }
        bigEndian = found == ByteOrder.BIG_ENDIAN;
        return true;
    }

    private int word(MemorySegment bytes, long at) {
        int word = bytes.get(LITTLE_ENDIAN, at);
        return bigEndian ? Integer.reverseBytes(word) : word;
    }

    private boolean block(MemorySegment window, long at, int length, int type, FrameSink sink) {
        return switch (type) {
            case SECTION -> {
                interfaces.clear();
                yield true;
            }
            case INTERFACE -> addInterface(window, at, length);
            case ENHANCED_PACKET -> {
                if (length < 32) {
                    yield wrong("an enhanced packet block of " + length + " bytes");
                }
                yield packet(window, at, length, word(window, at + 8), sink);
            }
            case OBSOLETE_PACKET -> {
                if (length < 32) {
                    yield wrong("a packet block of " + length + " bytes");
                }
                yield packet(window, at, length, obsoleteInterface(window, at), sink);
            }
            case SIMPLE_PACKET -> simplePacket(window, at, length, sink);
            default -> true;
        };
    }

    private boolean addInterface(MemorySegment window, long at, int length) {
        if (length < 20 || interfaces.size() == MOST_INTERFACES) {
            return wrong(length < 20 ? "an interface block of " + length + " bytes" : "too many interfaces");
        }
        interfaces.add(
                PcapngInterface.read(window, at, length, bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN));
        return true;
    }

    /** The obsolete packet block numbers its interface with 16 bits, followed by a drop count. */
    private int obsoleteInterface(MemorySegment window, long at) {
        int word = word(window, at + 8);
        return bigEndian ? word >>> 16 : word & 0xffff;
    }

    private boolean packet(MemorySegment window, long at, int length, int interfaceIndex, FrameSink sink) {
        if (interfaceIndex < 0 || interfaceIndex >= interfaces.size()) {
            return wrong(
                    "a packet of interface " + Integer.toUnsignedLong(interfaceIndex) + ", which is not described");
        }
        PcapngInterface from = interfaces.get(interfaceIndex);
        long ticks =
                Integer.toUnsignedLong(word(window, at + 12)) << 32 | Integer.toUnsignedLong(word(window, at + 16));
        int captured = word(window, at + 20);
        int wire = word(window, at + 24);
        if (captured < 0 || captured > length - 32) {
            return wrong("a packet of " + Integer.toUnsignedLong(captured) + " bytes in a block of " + length);
        }
        if (from.snapLength() != 0 && captured > from.snapLength()) {
            longerThanSnap++;
        }
        packets++;
        sink.frame(from.nanos(ticks), window, at + 28, captured, wire, from.linkType());
        return true;
    }

    /** Simple packets have no time; they belong to the first interface and are cut to its snap length. */
    private boolean simplePacket(MemorySegment window, long at, int length, FrameSink sink) {
        if (length < 16 || interfaces.isEmpty()) {
            return wrong("a simple packet block without an interface or without a length");
        }
        PcapngInterface from = interfaces.getFirst();
        int wire = word(window, at + 8);
        long whole = Integer.toUnsignedLong(wire);
        long captured = Math.min(from.snapLength() == 0 ? whole : Math.min(whole, from.snapLength()), length - 16);
        packets++;
        sink.frame(0, window, at + 12, (int) captured, wire, from.linkType());
        return true;
    }

    private boolean wrong(String what) {
        damage = what;
        return false;
    }

    @Override
    public long packets() {
        return packets;
    }

    @Override
    public Optional<String> damage() {
        return Optional.ofNullable(damage);
    }

    @Override
    public long longerThanSnap() {
        return longerThanSnap;
    }
}
