package org.hinomi.observatory.capture.ring;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Writes blocks as the kernel does. */
public final class BlockWriter {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final int START = 82;

    private final MemorySegment block;
    private int packets;
    private long last = -1;
    private long next = RingBlock.HEADER;

    /** An empty block. */
    public BlockWriter(MemorySegment block) {
        this.block = block;
        block.fill((byte) 0);
        block.set(INT, 16, RingBlock.HEADER);
    }

    /** Adds a packet; false when there is no room. */
    public boolean add(long nanos, MemorySegment bytes, long offset, int captured, int wire, int etherType) {
        if (next + START + captured > block.byteSize()) {
            return false;
        }
        if (last >= 0) {
            block.set(INT, last, (int) (next - last));
        }
        block.set(INT, next + 4, (int) (nanos / 1_000_000_000L));
        block.set(INT, next + 8, (int) (nanos % 1_000_000_000L));
        block.set(INT, next + 12, captured);
        block.set(INT, next + 16, wire);
        block.set(SHORT, next + 24, (short) START);
        block.set(SHORT, next + 50, Short.reverseBytes((short) etherType));
        MemorySegment.copy(bytes, offset, block, next + START, captured);
        last = next;
        next += START + captured + 15 & ~15;
        packets++;
        block.set(INT, 12, packets);
        return true;
    }

    /** Packets added. */
    public int packets() {
        return packets;
    }
}
