package org.hinomi.observatory.capture;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * An interface description of a pcapng section.
 *
 * @param linkType link type of its packets
 * @param snapLength most bytes kept of a packet; 0 means no limit
 * @param resolution the if_tsresol byte: a power of ten, or of two when the top bit is set
 * @param offsetSeconds added to every time stamp
 */
record PcapngInterface(int linkType, long snapLength, int resolution, long offsetSeconds) {
    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_OFFSET = 14;
    private static final int MICROSECONDS = 6;
    private static final long NANOS = 1_000_000_000L;

    /** The last second whose nanoseconds still fit into 64 bits, a little early: in the year 2255. */
    private static final long LAST_SECOND = 9_000_000_000L;

    static PcapngInterface read(MemorySegment window, long at, int length, ByteOrder order) {
        ValueLayout.OfShort half = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order);
        ValueLayout.OfInt word = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
        ValueLayout.OfLong twoWords = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order);
        int linkType = window.get(half, at + 8) & 0xffff;
        long snapLength = Integer.toUnsignedLong(window.get(word, at + 12));
        int resolution = MICROSECONDS;
        long offset = 0;
        int option = 16;
        int end = length - 4;
        while (option + 4 <= end) {
            int code = window.get(half, at + option) & 0xffff;
            int size = window.get(half, at + option + 2) & 0xffff;
            if (code == 0 || option + 4 + size > end) {
                break;
            }
            if (code == OPTION_RESOLUTION && size == 1) {
                resolution = window.get(ValueLayout.JAVA_BYTE, at + option + 4) & 0xff;
            } else if (code == OPTION_OFFSET && size == 8) {
                offset = window.get(twoWords, at + option + 4);
            }
            option += 4 + (size + 3 & ~3);
        }
        return new PcapngInterface(linkType, snapLength, resolution, offset);
    }

    /** Nanoseconds since 1970 of a time stamp; beyond the year 2255 it stays there. */
    long nanos(long ticks) {
        int exponent = resolution & 0x7f;
        long seconds;
        long nanos;
        if ((resolution & 0x80) != 0) {
            int bits = Math.min(exponent, 63);
            seconds = ticks >>> bits;
            long fraction = ticks & (1L << bits) - 1;
            nanos = bits <= 33 ? fraction * NANOS >>> bits : (fraction >>> bits - 33) * NANOS >>> 33;
        } else {
            long perSecond = powerOfTen(exponent);
            seconds = Long.divideUnsigned(ticks, perSecond);
            long fraction = Long.remainderUnsigned(ticks, perSecond);
            nanos = perSecond <= NANOS ? fraction * (NANOS / perSecond) : fraction / (perSecond / NANOS);
        }
        if (seconds < 0 || seconds > LAST_SECOND) {
            seconds = LAST_SECOND;
        }
        long shift = Math.clamp(offsetSeconds, -LAST_SECOND, LAST_SECOND);
        return Math.clamp(seconds + shift, 0, LAST_SECOND) * NANOS + nanos;
    }

    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < Math.min(exponent, 18); i++) {
            power *= 10;
        }
        return power;
    }
}
