package org.hinomi.scale.result;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.hinomi.scale.form.FormSerializer;
import org.hinomi.scale.form.FormType;

/**
 * Something to be written to a table: always the whole of what is known under its key, never a difference, so that
 * writing it twice is writing it once.
 */
public sealed interface ResultRow permits DetectionRow, SumRow, CountRow, RefusedRow {
    /** For Flink. */
    TypeInformation<ResultRow> TYPE = new FormType<>(ResultRow.class, new Form());

    /** By what its table knows it, with the table. */
    String key();

    /** Whether it says more than, or the same as, another row of its key. */
    boolean replaces(ResultRow other);

    /** Writes it whole, without what kind of row it is. */
    void write(DataOutput out) throws IOException;

    /** Its form, of every kind. */
    final class Form extends FormSerializer<ResultRow> {
        private static final long serialVersionUID = 1;

        @Override
        protected void write(ResultRow row, DataOutput out) throws IOException {
            out.writeByte(
                    switch (row) {
                        case DetectionRow _ -> 0;
                        case SumRow _ -> 1;
                        case CountRow _ -> 2;
                        case RefusedRow _ -> 3;
                    });
            row.write(out);
        }

        @Override
        protected ResultRow read(DataInput in) throws IOException {
            int kind = in.readByte();
            return switch (kind) {
                case 0 -> DetectionRow.read(in);
                case 1 -> SumRow.read(in);
                case 2 -> CountRow.read(in);
                case 3 -> RefusedRow.read(in);
                default -> throw new IOException("there is no row of kind " + kind);
            };
        }

        @Override
        public ResultRow createInstance() {
            return new CountRow("", 0);
        }

        @Override
        public TypeSerializerSnapshot<ResultRow> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** For Flink. */
    final class Snapshot extends SimpleTypeSerializerSnapshot<ResultRow> {
        /** Made by name. */
        public Snapshot() {
            super(Form::new);
        }
    }
}
