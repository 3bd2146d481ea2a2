package org.hinomi.observatory.capture;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Optional;
import org.hinomi.kernel.packet.FrameSink;
import org.jspecify.annotations.Nullable;

/**
 * Classic pcap (draft-ietf-opsawg-pcap): both byte orders, micro- and nanoseconds, and the record header of Kuznetsov's
 * "modified" variant.
 */
final class PcapParser implements RecordParser {
    static final int MICROSECONDS = 0xa1b2c3d4;
    static final int NANOSECONDS = 0xa1b23c4d;
    static final int MODIFIED = 0xa1b2cd34;
    static final int HEADER = 24;

    /** What libpcap and Wireshark take for the longest packet of the link types read here. */
    private static final int LARGEST_PACKET = 262_144;

    /** A constant, so that reads through it compile to plain loads. */
    private static final ValueLayout.OfInt LITTLE_ENDIAN =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int LINK_TYPE_BITS = 0x03ff_ffff;
    private static final int MINOR_WITH_SWAPPED_LENGTHS = 3;

    private final boolean bigEndian;
    private final int recordHeader;
    private final long fractionNanos;
    private final long snapLength;
    private final int linkType;
    private final int minorVersion;
    private @Nullable String damage;
    private long longerThanSnap;
    private long packets;

    private PcapParser(boolean bigEndian, int magic, MemorySegment header) {
        this.bigEndian = bigEndian;
        recordHeader = magic == MODIFIED ? 24 : 16;
        fractionNanos = magic == NANOSECONDS ? 1 : 1000;
        int versions = word(header, 4);
        minorVersion = bigEndian ? versions & 0xffff : versions >>> 16;
        snapLength = Integer.toUnsignedLong(word(header, 16));
        linkType = word(header, 20) & LINK_TYPE_BITS;
    }

    /** The parser for a file that begins so; empty when it is not classic pcap. */
    static Optional<RecordParser> of(MemorySegment start) {
        if (start.byteSize() < HEADER) {
            return Optional.empty();
        }
        int magic = start.get(LITTLE_ENDIAN, 0);
        if (isMagic(magic)) {
            return Optional.of(new PcapParser(false, magic, start));
        }
        int reversed = Integer.reverseBytes(magic);
        return isMagic(reversed) ? Optional.of(new PcapParser(true, reversed, start)) : Optional.empty();
    }

    private static boolean isMagic(int magic) {
        return magic == MICROSECONDS || magic == NANOSECONDS || magic == MODIFIED;
    }

    private int word(MemorySegment bytes, long at) {
        int word = bytes.get(LITTLE_ENDIAN, at);
        return bigEndian ? Integer.reverseBytes(word) : word;
    }

    @Override
    public long parse(MemorySegment window, long from, long to, FrameSink sink) {
        long at = from;
        while (to - at >= recordHeader) {
            long seconds = Integer.toUnsignedLong(word(window, at));
            long fraction = Integer.toUnsignedLong(word(window, at + 4));
            int captured = word(window, at + 8);
            int wire = word(window, at + 12);
            if (minorVersion < MINOR_WITH_SWAPPED_LENGTHS
                    || minorVersion == MINOR_WITH_SWAPPED_LENGTHS && Integer.compareUnsigned(captured, wire) > 0) {
                int swapped = captured;
                captured = wire;
                wire = swapped;
            }
            if (captured < 0 || captured > LARGEST_PACKET) {
                damage = "a record claims " + Integer.toUnsignedLong(captured) + " bytes, more than any packet has";
                return at;
            }
            if (to - at - recordHeader < captured) {
                return at;
            }
            if (captured > snapLength) {
                longerThanSnap++;
            }
            long nanos = seconds * 1_000_000_000L + fraction * fractionNanos;
            packets++;
            sink.frame(nanos, window, at + recordHeader, captured, wire, linkType);
            at += recordHeader + captured;
        }
        return at;
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
