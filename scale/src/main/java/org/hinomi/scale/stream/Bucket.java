package org.hinomi.scale.stream;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.hinomi.kernel.detect.KeyedEngine;
import org.hinomi.scale.form.FormSerializer;
import org.jspecify.annotations.Nullable;

/**
 * The state of a bucket: the engines of detectors and sums, or, until the step that knows the rules has read them, the bytes
 * they were written as. A copy is made of bytes, and read by whoever gets it.
 */
final class Bucket {
    private static final int FIRST_BYTES = 1 << 14;

    private byte[] enginesBytes;
    private byte[] sumsBytes;
    private @Nullable Live live;

    /** What works. */
    record Live(List<KeyedEngine<?>> engines, BucketSums sums) {}

    Bucket(Live live) {
        this(new byte[0], new byte[0]);
        this.live = live;
    }

    private Bucket(byte[] enginesBytes, byte[] sumsBytes) {
        this.enginesBytes = enginesBytes;
        this.sumsBytes = sumsBytes;
    }

    @Nullable
    Live live() {
        return live;
    }

    /** The engines as they were written, each after its length; only while they are not live. */
    byte[] enginesBytes() {
        return enginesBytes;
    }

    /** The sums as they were written; only while they are not live. */
    byte[] sumsBytes() {
        return sumsBytes;
    }

    void live(Live read) {
        live = read;
        enginesBytes = new byte[0];
        sumsBytes = new byte[0];
    }

    private Bucket written() {
        if (live == null) {
            return this;
        }
        try {
            DataOutputSerializer out = new DataOutputSerializer(FIRST_BYTES);
            for (KeyedEngine<?> engine : live.engines) {
                int at = out.length();
                out.writeInt(0);
                engine.write(out);
                out.writeIntUnsafe(out.length() - at - Integer.BYTES, at);
            }
            byte[] engines = out.getCopyOfBuffer();
            out.clear();
            live.sums.write(out);
            return new Bucket(engines, out.getCopyOfBuffer());
        } catch (IOException e) {
            throw new UncheckedIOException("memory can't be written to", e);
        }
    }

    static final class Form extends FormSerializer<Bucket> {
        private static final long serialVersionUID = 1;

        @Override
        public boolean isImmutableType() {
            return false;
        }

        @Override
        public Bucket copy(Bucket from) {
            Bucket written = from.written();
            return new Bucket(
                    Arrays.copyOf(written.enginesBytes, written.enginesBytes.length),
                    Arrays.copyOf(written.sumsBytes, written.sumsBytes.length));
        }

        @Override
        protected void write(Bucket bucket, DataOutput out) throws IOException {
            Bucket written = bucket.written();
            out.writeInt(written.enginesBytes.length);
            out.write(written.enginesBytes);
            out.writeInt(written.sumsBytes.length);
            out.write(written.sumsBytes);
        }

        @Override
        protected Bucket read(DataInput in) throws IOException {
            return new Bucket(bytes(in), bytes(in));
        }

        private static byte[] bytes(DataInput in) throws IOException {
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            return bytes;
        }

        @Override
        public Bucket createInstance() {
            return new Bucket(new byte[0], new byte[0]);
        }

        @Override
        public TypeSerializerSnapshot<Bucket> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** For Flink. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<Bucket> {
        /** Made by name. */
        public Snapshot() {
            super(Form::new);
        }
    }
}
