package org.hinomi.scale.result;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.hinomi.kernel.tally.TallyRow;

/** What a minute or an hour of a sensor adds up to so far, in whole or for one port, country, network or family. */
public record SumRow(TallyRow sum) implements ResultRow {
    @Override
    public String key() {
        return "sum " + sum.step() + " " + sum.time() + " " + sum.dimension() + " " + sum.key() + " " + sum.sensor();
    }

    @Override
    public boolean replaces(ResultRow other) {
        return !(other instanceof SumRow row) || sum.tuples() >= row.sum.tuples();
    }

    @Override
    public void write(DataOutput out) throws IOException {
        write(sum, out);
    }

    static SumRow read(DataInput in) throws IOException {
        return new SumRow(readSum(in));
    }

    /** Writes a sum. */
    public static void write(TallyRow sum, DataOutput out) throws IOException {
        out.writeUTF(sum.sensor());
        out.writeInt(sum.step());
        out.writeLong(sum.time());
        out.writeUTF(sum.dimension());
        out.writeUTF(sum.key());
        out.writeLong(sum.packets());
        out.writeLong(sum.tuples());
        out.writeLong(sum.synOrUdp());
        out.writeLong(sum.toIot());
        write(sum.classes(), out);
        write(sum.kinds(), out);
        write(sum.sources(), out);
        write(sum.destinations(), out);
    }

    /** Reads what {@link #write(TallyRow, DataOutput)} wrote. */
    public static TallyRow readSum(DataInput in) throws IOException {
        return new TallyRow(
                in.readUTF(),
                in.readInt(),
                in.readLong(),
                in.readUTF(),
                in.readUTF(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                longs(in),
                longs(in),
                bytes(in),
                bytes(in));
    }

    private static void write(long[] values, DataOutput out) throws IOException {
        out.writeByte(values.length);
        for (long value : values) {
            out.writeLong(value);
        }
    }

    private static long[] longs(DataInput in) throws IOException {
        long[] values = new long[in.readUnsignedByte()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readLong();
        }
        return values;
    }

    private static void write(byte[] bytes, DataOutput out) throws IOException {
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    private static byte[] bytes(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readUnsignedShort()];
        in.readFully(bytes);
        return bytes;
    }
}
