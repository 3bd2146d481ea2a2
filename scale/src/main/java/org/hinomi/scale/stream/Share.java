package org.hinomi.scale.stream;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.hinomi.kernel.tally.TallyRow;
import org.hinomi.scale.form.FormSerializer;
import org.hinomi.scale.form.FormType;
import org.hinomi.scale.result.SumRow;

/**
 * What a bucket counted since its last share: it adds up with those of other buckets.
 *
 * @param watermark how far the bucket has come, seconds since 1970-01-01 UTC
 */
public record Share(String sensor, int bucket, long watermark, List<TallyRow> rows) {
    /** For Flink. */
    public static final TypeInformation<Share> TYPE = new FormType<>(Share.class, new Form());

    private static final class Form extends FormSerializer<Share> {
        private static final long serialVersionUID = 1;

        @Override
        protected void write(Share share, DataOutput out) throws IOException {
            out.writeUTF(share.sensor);
            out.writeShort(share.bucket);
            out.writeLong(share.watermark);
            out.writeInt(share.rows.size());
            for (TallyRow row : share.rows) {
                SumRow.write(row, out);
            }
        }

        @Override
        protected Share read(DataInput in) throws IOException {
            String sensor = in.readUTF();
            int bucket = in.readUnsignedShort();
            long watermark = in.readLong();
            List<TallyRow> rows = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                rows.add(SumRow.readSum(in));
            }
            return new Share(sensor, bucket, watermark, rows);
        }

        @Override
        public Share createInstance() {
            return new Share("", 0, 0, List.of());
        }

        @Override
        public TypeSerializerSnapshot<Share> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** For Flink. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Share> {
        /** Made by name. */
        public Snapshot() {
            super(Form::new);
        }
    }
}
