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

    private @Nullable HllSketch sketch;

    void add(long hi, long lo) {
        open().update(hi * 0x9e3779b97f4a7c15L ^ lo);
    }

    private HllSketch open() {
        HllSketch open = sketch;
        if (open == null) {
            open = new HllSketch(LG_K);
            sketch = open;
        }
        return open;
    }

    void add(AddressSketch other) {
        if (other.sketch != null) {
            sketch = union(open(), other.sketch);
        }
    }

    /**
     * Adds the addresses of another sketch.
     *
     * @param bytes as given out by {@link #bytes}; an empty array for none
     */
    void add(byte[] bytes) {
        if (bytes.length > 0) {
            sketch = union(open(), HllSketch.heapify(bytes));
        }
    }

    private static HllSketch union(HllSketch one, HllSketch other) {
        HllUnion union = new HllUnion(LG_K);
        union.update(one);
        union.update(other);
        return union.getResult(TgtHllType.HLL_4);
    }

    boolean isEmpty() {
        return sketch == null;
    }

    AddressSketch copy() {
        AddressSketch copy = new AddressSketch();
        copy.sketch = sketch == null ? null : sketch.copy();
        return copy;
    }

    /** The sketch as its estimate no longer depends on the order; a sketch without addresses is not an empty array. */
    byte[] bytes() {
        HllSketch whole = open();
        return union(whole, whole).toCompactByteArray();
    }

    /** As {@link #bytes}, but an empty array when there are no addresses. */
    byte[] bytesOrNone() {
        return sketch == null || sketch.isEmpty() ? NONE : bytes();
    }

    void write(DataOutput out) throws IOException {
        byte[] bytes = sketch == null ? NONE : sketch.toCompactByteArray();
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
            read.sketch = length == 0 ? null : HllSketch.heapify(bytes);
        } catch (SketchesArgumentException e) {
            throw new IOException("a sketch is damaged", e);
        }
        return read;
    }
}
