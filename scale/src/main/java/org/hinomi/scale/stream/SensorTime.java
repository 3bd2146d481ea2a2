package org.hinomi.scale.stream;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.hinomi.scale.form.FormSerializer;

/**
 * How far a sensor has come.
 *
 * @param watermark all its minutes that begin before it are there, seconds since 1970-01-01 UTC
 * @param sequences the last part of each of its newest incarnations
 */
record SensorTime(long watermark, Map<String, Long> sequences) {
    /** Nothing came yet. */
    static final SensorTime START = new SensorTime(Long.MIN_VALUE, Map.of());

    /** An incarnation ends with its program: parts of one that is so many starts old do not come again. */
    private static final int MOST_INCARNATIONS = 64;

    boolean knows(String incarnation, long sequence) {
        return sequences.getOrDefault(incarnation, 0L) >= sequence;
    }

    SensorTime after(String incarnation, long sequence, long newWatermark) {
        Map<String, Long> later = new LinkedHashMap<>(sequences);
        later.remove(incarnation);
        if (later.size() >= MOST_INCARNATIONS) {
            later.remove(later.keySet().iterator().next());
        }
        later.put(incarnation, sequence);
        return new SensorTime(Math.max(watermark, newWatermark), later);
    }

    /** A sensor of which nothing came has no time yet, whatever it says. */
    SensorTime upTo(long newWatermark) {
        return sequences.isEmpty() ? this : new SensorTime(Math.max(watermark, newWatermark), sequences);
    }

    static final class Form extends FormSerializer<SensorTime> {
        private static final long serialVersionUID = 1;

        @Override
        protected void write(SensorTime time, DataOutput out) throws IOException {
            out.writeLong(time.watermark);
            out.writeShort(time.sequences.size());
            for (Map.Entry<String, Long> each : time.sequences.entrySet()) {
                out.writeUTF(each.getKey());
                out.writeLong(each.getValue());
            }
        }

        @Override
        protected SensorTime read(DataInput in) throws IOException {
            long watermark = in.readLong();
            Map<String, Long> sequences = new LinkedHashMap<>();
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                sequences.put(in.readUTF(), in.readLong());
            }
            return new SensorTime(watermark, sequences);
        }

        @Override
        public SensorTime createInstance() {
            return START;
        }

        @Override
        public TypeSerializerSnapshot<SensorTime> snapshotConfiguration() {
            return new Snapshot();
        }
    }

    /** For Flink. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<SensorTime> {
        /** Made by name. */
        public Snapshot() {
            super(Form::new);
        }
    }
}
