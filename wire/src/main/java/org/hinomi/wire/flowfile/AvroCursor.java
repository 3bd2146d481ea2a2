package org.hinomi.wire.flowfile;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Reads Avro's binary encoding from bytes that are not believed: nothing is read past their end. */
public final class AvroCursor {
    private static final int MOST_VARINT_BITS = 63;

    private final MemorySegment bytes;
    private final long end;
    private long at;

    public AvroCursor(MemorySegment bytes) {
        this.bytes = bytes;
        this.end = bytes.byteSize();
    }

    public long at() {
        return at;
    }

    public boolean atEnd() {
        return at == end;
    }

    /** A long or an int: zigzag, seven bits a byte. */
    public long number() throws Damage {
        long value = 0;
        for (int shift = 0; shift <= MOST_VARINT_BITS; shift += 7) {
            if (at >= end) {
                throw new Damage("it ends in the middle of a number");
            }
            byte next = bytes.get(ValueLayout.JAVA_BYTE, at++);
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw new Damage("a number is longer than ten bytes");
    }

    public void skip(long length) throws Damage {
        if (length < 0 || length > end - at) {
            throw new Damage("it ends in the middle of a value");
        }
        at += length;
    }

    /** The next bytes, without copying them. */
    public MemorySegment take(long length) throws Damage {
        long from = at;
        skip(length);
        return bytes.asSlice(from, length);
    }
}
