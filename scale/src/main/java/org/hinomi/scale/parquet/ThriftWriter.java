package org.hinomi.scale.parquet;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes Thrift's compact protocol, as far as Parquet's metadata needs it. */
final class ThriftWriter {
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;
    private static final int SHORT_FORM = 15;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Deque<Integer> outer = new ArrayDeque<>();
    private int last;

    private void field(int id, int type) {
        int ahead = id - last;
        if (ahead > 0 && ahead <= SHORT_FORM) {
            out.write(ahead << 4 | type);
        } else {
            out.write(type);
            zigzag(id);
        }
        last = id;
    }

    private void zigzag(long value) {
        varint(value << 1 ^ value >> 63);
    }

    private void varint(long value) {
        long left = value;
        while ((left & ~0x7fL) != 0) {
            out.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }

    void i32(int id, int value) {
        field(id, I32);
        zigzag(value);
    }

    void i64(int id, long value) {
        field(id, I64);
        zigzag(value);
    }

    void text(int id, String value) {
        field(id, BINARY);
        text(value);
    }

    private void text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        varint(bytes.length);
        out.writeBytes(bytes);
    }

    /** Begins a field that is a struct; {@link #end} ends it. */
    void struct(int id) {
        field(id, STRUCT);
        element();
    }

    /** Begins a struct that is the next element of a list. */
    void element() {
        outer.push(last);
        last = 0;
    }

    void end() {
        out.write(0);
        last = outer.pop();
    }

    void structs(int id, int size) {
        list(id, size, STRUCT);
    }

    void numbers(int id, int... values) {
        list(id, values.length, I32);
        for (int value : values) {
            zigzag(value);
        }
    }

    void texts(int id, String... values) {
        list(id, values.length, BINARY);
        for (String value : values) {
            text(value);
        }
    }

    private void list(int id, int size, int type) {
        field(id, LIST);
        if (size < SHORT_FORM) {
            out.write(size << 4 | type);
        } else {
            out.write(SHORT_FORM << 4 | type);
            varint(size);
        }
    }

    /** The outermost struct. */
    byte[] finish() {
        out.write(0);
        return out.toByteArray();
    }
}
