package org.hinomi.scale.stream;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.hinomi.kernel.tally.Tally;
import org.hinomi.kernel.tally.TallyRow;
import org.hinomi.scale.form.FormSerializer;
import org.hinomi.scale.form.FormType;

/** What a row of a sensor's sums adds up to so far; its tally changes. */
record Sum(int step, long time, String dimension, String key, Tally tally) {
    static final TypeInformation<Sum> TYPE = new FormType<>(Sum.class, new Form());

    Sum(int step, long time, String dimension, String key) {
        this(step, time, dimension, key, new Tally());
    }

    TallyRow row(String sensor) {
        return tally.row(sensor, step, time, dimension, key);
    }

    private static final class Form extends FormSerializer<Sum> {
        private static final long serialVersionUID = 1;
        private static final int FIRST_BYTES = 512;

        @Override
        public boolean isImmutableType() {
            return false;
        }

        @Override
        public Sum copy(Sum from) {
            try {
                DataOutputSerializer bytes = new DataOutputSerializer(FIRST_BYTES);
                write(from, bytes);
                return read(new DataInputDeserializer(bytes.getSharedBuffer(), 0, bytes.length()));
            } catch (IOException e) {
                throw new UncheckedIOException("memory can't be read", e);
            }
        }

        @Override
        protected void write(Sum sum, DataOutput out) throws IOException {
            out.writeInt(sum.step);
            out.writeLong(sum.time);
            out.writeUTF(sum.dimension);
            out.writeUTF(sum.key);
            sum.tally.write(out);
        }

        @Override
        protected Sum read(DataInput in) throws IOException {
            return new Sum(in.readInt(), in.readLong(), in.readUTF(), in.readUTF(), Tally.read(in));
        }

        @Override
        public Sum createInstance() {
            return new Sum(0, 0, "", "");
        }

        @Override
        public TypeSerializerSnapshot<Sum> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** For Flink. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Sum> {
        /** Made by name. */
        public Snapshot() {
            super(Form::new);
        }
    }
}
