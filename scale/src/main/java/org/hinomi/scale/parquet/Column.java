package org.hinomi.scale.parquet;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.hinomi.wire.flowfile.FlowField;

/** The values of a column since the last row group, in Parquet's plain encoding. */
final class Column {
    private static final int LEVEL = 3;
    private static final int PLAIN = 0;
    private static final int RLE = 3;
    private static final int ZSTD = 6;

    private final String name;
    private final FlowField.Type type;
    private final boolean optional;
    private ByteBuffer values = buffer(1 << 12);
    private boolean[] present = new boolean[1 << 10];
    private int rows;

    Column(String name, FlowField.Type type, boolean optional) {
        this.name = name;
        this.type = type;
        this.optional = optional;
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private int kind() {
        return switch (type) {
            case INT -> 1;
            case LONG -> 2;
            case STRING -> 6;
        };
    }

    void schema(ThriftWriter to) {
        to.element();
        to.i32(1, kind());
        to.i32(3, optional ? 1 : 0);
        to.text(4, name);
        if (type == FlowField.Type.STRING) {
            to.i32(6, 0);
        }
        to.end();
    }

    private ByteBuffer room(int bytes) {
        if (values.remaining() < bytes) {
            values = buffer(Math.max(values.capacity() * 2, values.position() + bytes))
                    .put(values.flip());
        }
        return values;
    }

    private void row(boolean there) {
        if (rows == present.length) {
            present = Arrays.copyOf(present, rows * 2);
        }
        present[rows++] = there;
    }

    void none() {
        row(false);
    }

    void number(long value) {
        row(true);
        if (type == FlowField.Type.INT) {
            room(Integer.BYTES).putInt((int) value);
        } else {
            room(Long.BYTES).putLong(value);
        }
    }

    void text(String value) {
        row(true);
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        room(Integer.BYTES + bytes.length).putInt(bytes.length).put(bytes);
    }

    /** Where a chunk of a column lies. */
    record Written(Column column, int rows, long offset, long packed, long unpacked) {
        void metadata(ThriftWriter to) {
            to.element();
            to.i64(2, offset);
            to.struct(3);
            to.i32(1, column.kind());
            to.numbers(2, PLAIN, RLE);
            to.texts(3, column.name);
            to.i32(4, ZSTD);
            to.i64(5, rows);
            to.i64(6, unpacked);
            to.i64(7, packed);
            to.i64(9, offset);
            to.end();
            to.end();
        }
    }

    /** Writes what is there as one page, and begins anew. */
    Written write(OutputStream out, long offset) throws IOException {
        ByteBuffer levels = optional ? levels() : buffer(0);
        byte[] page = new byte[levels.position() + values.position()];
        System.arraycopy(levels.array(), 0, page, 0, levels.position());
        System.arraycopy(values.array(), 0, page, levels.position(), values.position());
        byte[] packed = Zstd.compress(page, LEVEL);
        ThriftWriter header = new ThriftWriter();
        header.i32(1, 0);
        header.i32(2, page.length);
        header.i32(3, packed.length);
        header.struct(5);
        header.i32(1, rows);
        header.i32(2, PLAIN);
        header.i32(3, RLE);
        header.i32(4, RLE);
        header.end();
        byte[] head = header.finish();
        out.write(head);
        out.write(packed);
        Written written = new Written(this, rows, offset, head.length + packed.length, head.length + page.length);
        values.clear();
        rows = 0;
        return written;
    }

    /** Whether each value is there: runs of the same, each its length and one byte. */
    private ByteBuffer levels() {
        ByteBuffer runs = buffer(Integer.BYTES + rows * 6);
        runs.position(Integer.BYTES);
        for (int from = 0; from < rows; ) {
            int to = from;
            while (to < rows && present[to] == present[from]) {
                to++;
            }
            int left = to - from << 1;
            while ((left & ~0x7f) != 0) {
                runs.put((byte) (left & 0x7f | 0x80));
                left >>>= 7;
            }
            runs.put((byte) left).put((byte) (present[from] ? 1 : 0));
            from = to;
        }
        return runs.putInt(0, runs.position() - Integer.BYTES);
    }
}
