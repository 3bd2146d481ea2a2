package org.hinomi.scale.stream;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.hinomi.scale.form.FormSerializer;
import org.hinomi.scale.form.FormType;

/**
 * A record of the topic, not looked at.
 *
 * @param partition where it lies
 * @param offset where it lies
 * @param millis when, by Kafka, milliseconds since 1970-01-01 UTC
 * @param sensor its key, by which the records of a sensor are brought together; empty when it has none
 * @param bytes its value; empty when it has none
 */
@SuppressWarnings("ArrayRecordComponent")
public record RawBatch(int partition, long offset, long millis, String sensor, byte[] bytes) {
    /** For Flink. */
    public static final TypeInformation<RawBatch> TYPE = new FormType<>(RawBatch.class, new Form());

    private static final class Form extends FormSerializer<RawBatch> {
        private static final long serialVersionUID = 1;

        @Override
        protected void write(RawBatch batch, DataOutput out) throws IOException {
            out.writeInt(batch.partition);
            out.writeLong(batch.offset);
            out.writeLong(batch.millis);
            out.writeUTF(batch.sensor);
            out.writeInt(batch.bytes.length);
            out.write(batch.bytes);
        }

        @Override
        protected RawBatch read(DataInput in) throws IOException {
            int partition = in.readInt();
            long offset = in.readLong();
            long millis = in.readLong();
            String sensor = in.readUTF();
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            return new RawBatch(partition, offset, millis, sensor, bytes);
        }

        @Override
        public RawBatch createInstance() {
            return new RawBatch(0, 0, 0, "", new byte[0]);
        }

        @Override
        public TypeSerializerSnapshot<RawBatch> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** For Flink. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<RawBatch> {
        /** Made by name. */
        public Snapshot() {
            super(Form::new);
        }
    }
}
