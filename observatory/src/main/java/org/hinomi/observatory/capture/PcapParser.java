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

    private static final int LINK_TYPE_BITS = 0x03ff_ffff;
    private static final int MINOR_WITH_SWAPPED_LENGTHS = 3;

    private final ValueLayout.OfInt layout;
    private final int recordHeader;
    private final long fractionNanos;
    private final long snapLength;
    private final int linkType;
    private final int minorVersion;
    private @Nullable String damage;
    private long longerThanSnap;

    private PcapParser(ValueLayout.OfInt layout, int magic, MemorySegment header) {
        this.layout = layout;
        recordHeader = magic == MODIFIED ? 24 : 16;
        fractionNanos = magic == NANOSECONDS ? 1 : 1000;
        int versions = header.get(layout, 4);
        minorVersion = layout.order() == ByteOrder.LITTLE_ENDIAN ? versions >>> 16 : versions & 0xffff;
        snapLength = Integer.toUnsignedLong(header.get(layout, 16));
        linkType = header.get(layout, 20) & LINK_TYPE_BITS;
    }

    /** The parser for a file that begins so; empty when it is not classic pcap. */
    static Optional<RecordParser> of(MemorySegment start) {
        if (start.byteSize() < HEADER) {
            return Optional.empty();
        }
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            ValueLayout.OfInt layout = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
            int magic = start.get(layout, 0);
            if (magic == MICROSECONDS || magic == NANOSECONDS || magic == MODIFIED) {
                return Optional.of(new PcapParser(layout, magic, start));
            }
        }
        return Optional.empty();
    }

    @Override
    public long parse(MemorySegment window, long from, long to, FrameSink sink) {
        long at = from;
        while (to - at >= recordHeader) {
            long seconds = Integer.toUnsignedLong(window.get(layout, at));
            long fraction = Integer.toUnsignedLong(window.get(layout, at + 4));
            int captured = window.get(layout, at + 8);
            int wire = window.get(layout, at + 12);
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
            sink.frame(nanos, window, at + recordHeader, captured, wire, linkType);
            at += recordHeader + captured;
        }
        return at;
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
