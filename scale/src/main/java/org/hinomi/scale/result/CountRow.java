package org.hinomi.scale.result;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How much of something there was so far. */
public record CountRow(String name, long value) implements ResultRow {
    @Override
    public String key() {
        return "count " + name;
    }

    @Override
    public boolean replaces(ResultRow other) {
        return !(other instanceof CountRow count) || value >= count.value;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeUTF(name);
        out.writeLong(value);
    }

    static CountRow read(DataInput in) throws IOException {
        return new CountRow(in.readUTF(), in.readLong());
    }
}
