package org.hinomi.scale.stream;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.hinomi.kernel.flow.FlowBlock;
import org.hinomi.scale.form.FormSerializer;
import org.hinomi.scale.form.FormType;

/**
 * Tuples of a sensor's minute whose sources fall into one bucket, and how far the sensor has come. One more bucket gets
 * all tuples that detectors ask for which bring them together by something else than their source. A sensor's event time
 * travels with its tuples: it does not depend on other sensors, nor on the pace of the cluster.
 *
 * @param watermark all minutes of the sensor that begin before it are there, seconds since 1970-01-01 UTC
 * @param tuples perhaps none; not changed any more
 */
public record Chunk(String sensor, int bucket, long watermark, FlowBlock tuples) {
    /** Into how many buckets the sources of a sensor fall: the most that may work on one sensor side by side. */
    public static final int BUCKETS = 32;

    /** The bucket of all sources. It hears of each minute, also of those without a tuple for it. */
    public static final int WHOLE = BUCKETS;

    /** For Flink. */
    public static final TypeInformation<Chunk> TYPE = new FormType<>(Chunk.class, new Form());

    /** What the chunks of a bucket have in common. */
    public String key() {
        return key(sensor, bucket);
    }

    /** Whether it is of the bucket of all sources. */
    public boolean whole() {
        return bucket == WHOLE;
    }

    static String key(String sensor, int bucket) {
        return bucket + "/" + sensor;
    }

    private static final class Form extends FormSerializer<Chunk> {
        private static final long serialVersionUID = 1;

        @Override
        protected void write(Chunk chunk, DataOutput out) throws IOException {
            out.writeUTF(chunk.sensor);
            out.writeShort(chunk.bucket);
            out.writeLong(chunk.watermark);
            chunk.tuples.write(out);
        }

        @Override
        protected Chunk read(DataInput in) throws IOException {
            return new Chunk(in.readUTF(), in.readUnsignedShort(), in.readLong(), FlowBlock.read(in));
        }

        @Override
        public Chunk createInstance() {
            return new Chunk("", 0, 0, new FlowBlock(0));
        }

        @Override
        public TypeSerializerSnapshot<Chunk> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** For Flink. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Chunk> {
        /** Made by name. */
        public Snapshot() {
            super(Form::new);
        }
    }
}
