package org.hinomi.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** One SYN in an Ethernet frame, written again for each packet: each time from another source. */
final class SynFlood {
    static final int LENGTH = 60;

    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int IP = 14;
    private static final int TCP = IP + 20;
    private static final int DARKNET = 0xc612_0000;

    final MemorySegment bytes = Arena.ofAuto().allocate(LENGTH, 8);

    SynFlood() {
        bytes.set(SHORT, 12, (short) 0x0800);
        bytes.set(INT, IP, 0x4500_0028);
        bytes.set(INT, IP + 8, 0x4006_0000);
        bytes.set(INT, TCP + 12, 0x5002_ffff);
    }

    /** Writes the packet of a number; numbers below 2^32 give sources that are all different. */
    void write(long number) {
        int mixed = (int) number * 0x9e37_79b1;
        bytes.set(INT, IP + 4, (mixed >>> 16) << 16);
        bytes.set(INT, IP + 12, mixed);
        bytes.set(INT, IP + 16, DARKNET | (mixed >>> 9 & 0xffff));
        bytes.set(SHORT, TCP, (short) (mixed >>> 3));
        bytes.set(SHORT, TCP + 2, (short) ((mixed & 3) == 0 ? 80 : 23));
        bytes.set(INT, TCP + 4, mixed * 31);
    }
}
