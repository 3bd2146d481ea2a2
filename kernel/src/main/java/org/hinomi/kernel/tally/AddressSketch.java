package org.hinomi.kernel.tally;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.datasketches.common.SketchesArgumentException;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.HllUnion;
import org.apache.datasketches.hll.TgtHllType;
import org.jspecify.annotations.Nullable;

/**
 * A HyperLogLog sketch of addresses whose estimate depends on nothing but which addresses there were. A sketch that was
 * only ever updated estimates by the order of its updates (HIP), a little better; one that came from a union can't.
 * What is given out always comes from a union, so that it does not matter who added up what.
 */
final class AddressSketch {
    private static final int LG_K = 11;
    private static final int MOST_BYTES = 1 << 14;
    private static final byte[] NONE = {};

    /** The first byte of a sketch that has registers; a smaller one is a list or a set, and has no order. */
    private static final int REGISTERS = 10;

    private @Nullable HllUnion union;

    void add(long hi, long lo) {
        open().update(hi * 0x9e3779b97f4a7c15L ^ lo);
    }

    private HllUnion open() {
        HllUnion open = union;
        if (open == null) {
            open = new HllUnion(LG_K);
            union = open;
        }
        return open;
    }

    /**
     * Adds the addresses of another sketch.
     *
     * @param bytes as given out by {@link #bytes}; an empty array for none
     */
    void add(byte[] bytes) {
        if (bytes.length > 0) {
            open().update(HllSketch.heapify(bytes));
        }
    }

    AddressSketch copy() {
        AddressSketch copy = new AddressSketch();
        copy.union = union == null ? null : HllUnion.heapify(union.toCompactByteArray());
        return copy;
    }

    /** The sketch as its estimate no longer depends on the order; a sketch without addresses is not an empty array. */
    byte[] bytes() {
        HllSketch whole = open().getResult(TgtHllType.HLL_4);
        byte[] bytes = whole.toCompactByteArray();
        if (bytes[0] != REGISTERS) {
            return bytes;
        }
        HllUnion twice = new HllUnion(LG_K);
        twice.update(whole);
        twice.update(whole);
        return twice.getResult(TgtHllType.HLL_4).toCompactByteArray();
    }

    /** As {@link #bytes}, but an empty array when there are no addresses. */
    byte[] bytesOrNone() {
        return union == null || union.isEmpty() ? NONE : bytes();
    }

    void write(DataOutput out) throws IOException {
        byte[] bytes = union == null ? NONE : union.toCompactByteArray();
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    static AddressSketch read(DataInput in) throws IOException {
        AddressSketch read = new AddressSketch();
        int length = in.readUnsignedShort();
        if (length > MOST_BYTES) {
            throw new IOException("a sketch of " + length + " bytes is too long");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        try {
            read.union = length == 0 ? null : HllUnion.heapify(bytes);
        } catch (SketchesArgumentException e) {
            throw new IOException("a sketch is damaged", e);
        }
        return read;
    }
}
