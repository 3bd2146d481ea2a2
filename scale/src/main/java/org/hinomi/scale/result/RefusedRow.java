package org.hinomi.scale.result;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * A record of the topic that was refused; it is still there, at its offset.
 *
 * @param millis when it came, by Kafka, milliseconds since 1970-01-01 UTC
 * @param bytes how long it is
 * @param reason a short id, as the counter has it
 * @param sentence what is wrong with it
 */
public record RefusedRow(
        int partition, long offset, long millis, String sensor, int bytes, String reason, String sentence)
        implements ResultRow {
    @Override
    public String key() {
        return "refused " + partition + " " + offset;
    }

    @Override
    public boolean replaces(ResultRow other) {
        return true;
    }

    @Override
    public void write(DataOutput out) throws IOException {
        out.writeInt(partition);
        out.writeLong(offset);
        out.writeLong(millis);
        out.writeUTF(sensor);
        out.writeInt(bytes);
        out.writeUTF(reason);
        out.writeUTF(sentence);
    }

    static RefusedRow read(DataInput in) throws IOException {
        return new RefusedRow(
                in.readInt(), in.readLong(), in.readLong(), in.readUTF(), in.readInt(), in.readUTF(), in.readUTF());
    }
}
