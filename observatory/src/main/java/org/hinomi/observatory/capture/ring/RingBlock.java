package org.hinomi.observatory.capture.ring;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.kernel.packet.LinkType;

/**
 * Reads blocks of a ring of packets (packet_mmap, TPACKET_V3) and counts what is in them. Total: no offset, length or
 * count of a block is followed out of the block; one that can't be is counted as damaged and ends the reading of its
 * block. Allocates nothing. Used by one thread.
 */
public final class RingBlock {
    /** Bytes of a block's header. */
    public static final int HEADER = 48;

    /** Bytes before a packet that its header and link-layer address take at least. */
    public static final int PACKET_HEADER = 68;

    static final int STATUS = 8;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT_BE = SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int PACKETS = 12;
    private static final int FIRST = 16;
    private static final int NEXT = 0;
    private static final int SECONDS = 4;
    private static final int NANOSECONDS = 8;
    private static final int CAPTURED = 12;
    private static final int LENGTH = 16;
    private static final int PACKET_STATUS = 20;
    private static final int START = 24;
    private static final int PROTOCOL = 50;
    private static final int PACKET_TYPE = 58;
    private static final int OUTGOING = 4;
    private static final int UNKNOWN_LINK_TYPE = 0xffff;
    private static final long NANOS = 1_000_000_000L;

    private final boolean cooked;
    private long frames;
    private long damaged;
    private long hardwareTimes;

    /**
     * A reader.
     *
     * @param cooked whether packets begin with their IP header, as those of an interface that is not Ethernet
     */
    public RingBlock(boolean cooked) {
        this.cooked = cooked;
    }

    /**
     * Gives the packets of a block that the kernel filled.
     *
     * @param ring holds the block
     * @param at where the block begins
     * @param size its bytes
     */
    public void read(MemorySegment ring, long at, int size, FrameSink sink) {
        long packets = Integer.toUnsignedLong(ring.get(INT, at + PACKETS));
        long frame = Integer.toUnsignedLong(ring.get(INT, at + FIRST));
        for (long left = packets; left > 0; left--) {
            if (frame < HEADER || frame > size - PACKET_HEADER) {
                damaged++;
                return;
            }
            if (!give(ring, at + frame, size - (int) frame, sink)) {
                damaged++;
                return;
            }
            long next = Integer.toUnsignedLong(ring.get(INT, at + frame + NEXT));
            // Each packet lies behind the one before, so that a block can't be read in circles.
            if (left > 1 && next < PACKET_HEADER) {
                damaged++;
                return;
            }
            frame += next;
        }
    }

    private boolean give(MemorySegment ring, long at, int room, FrameSink sink) {
        int captured = ring.get(INT, at + CAPTURED);
        int start = ring.get(SHORT, at + START) & 0xffff;
        if (captured < 0 || start < PACKET_HEADER || captured > room - start) {
            return false;
        }
        if (ring.get(ValueLayout.JAVA_BYTE, at + PACKET_TYPE) == OUTGOING) {
            return true;
        }
        long nanos = Integer.toUnsignedLong(ring.get(INT, at + SECONDS)) * NANOS
                + Integer.toUnsignedLong(ring.get(INT, at + NANOSECONDS));
        frames++;
        hardwareTimes += ring.get(INT, at + PACKET_STATUS) >>> 31;
        int linkType = cooked ? cooked(ring.get(SHORT_BE, at + PROTOCOL) & 0xffff) : LinkType.ETHERNET;
        sink.frame(nanos, ring, at + start, captured, ring.get(INT, at + LENGTH), linkType);
        return true;
    }

    private static int cooked(int etherType) {
        return switch (etherType) {
            case 0x0800 -> LinkType.IPV4;
            case 0x86dd -> LinkType.IPV6;
            default -> UNKNOWN_LINK_TYPE;
        };
    }

    /** Packets given so far. */
    public long frames() {
        return frames;
    }

    /** Blocks that could not be read to their end. */
    public long damaged() {
        return damaged;
    }

    /** Packets whose time is the network card's, not the kernel's. */
    public long hardwareTimes() {
        return hardwareTimes;
    }
}
