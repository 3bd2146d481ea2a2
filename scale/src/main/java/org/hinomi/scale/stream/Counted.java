package org.hinomi.scale.stream;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.hinomi.scale.form.FormSerializer;
import org.hinomi.scale.form.FormType;

/** So many more of something. */
public record Counted(String name, long more) {
    /** For Flink. */
    public static final TypeInformation<Counted> TYPE = new FormType<>(Counted.class, new Form());

    private static final class Form extends FormSerializer<Counted> {
        private static final long serialVersionUID = 1;

        @Override
        protected void write(Counted counted, DataOutput out) throws IOException {
            out.writeUTF(counted.name);
            out.writeLong(counted.more);
        }

        @Override
        protected Counted read(DataInput in) throws IOException {
            return new Counted(in.readUTF(), in.readLong());
        }

        @Override
        public Counted createInstance() {
            return new Counted("", 0);
        }

        @Override
        public TypeSerializerSnapshot<Counted> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** For Flink. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Counted> {
        /** Made by name. */
        public Snapshot() {
            super(Form::new);
        }
    }
}
