package org.hinomi.scale.parquet;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.scale.stream.Chunk;

/**
 * The Parquet files of each sensor and hour: {@code SENSOR/2026-11-25T10/tuples-….parquet}, one for each checkpoint in
 * which there were tuples. A file has another name until its checkpoint is complete.
 */
public final class TupleFiles {
    private TupleFiles() {}

    /**
     * The sink to a folder.
     *
     * @param folder a path or address of a file system that Flink knows
     * @param fingerprints the fingerprint rules whose match counts are written
     */
    public static FileSink<Chunk> to(String folder, String fingerprints) {
        return FileSink.forBulkFormat(new Path(folder), new Factory(fingerprints))
                .withBucketAssigner(new SensorHour())
                .withOutputFileConfig(OutputFileConfig.builder()
                        .withPartPrefix("tuples")
                        .withPartSuffix(".parquet")
                        .build())
                .build();
    }

    private record Factory(String fingerprints) implements BulkWriter.Factory<Chunk> {
        @Override
        public BulkWriter<Chunk> create(FSDataOutputStream out) throws IOException {
            return new Writer(new TupleFile(out, FingerprintCatalogue.parse(fingerprints)));
        }
    }

    private record Writer(TupleFile file, FlowRow row) implements BulkWriter<Chunk> {
        Writer(TupleFile file) {
            this(file, new FlowRow());
        }

        @Override
        public void addElement(Chunk chunk) throws IOException {
            for (int i = 0; i < chunk.tuples().size(); i++) {
                chunk.tuples().read(i, row);
                file.add(row, chunk.sensor());
            }
        }

        @Override
        public void flush() {
            // Row groups are written when they are full.
        }

        @Override
        public void finish() throws IOException {
            file.finish();
        }
    }

    private static final class SensorHour implements BucketAssigner<Chunk, String> {
        private static final long serialVersionUID = 1;

        @Override
        public String getBucketId(Chunk chunk, Context context) {
            DateTimeFormatter hour =
                    DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH", Locale.ROOT).withZone(ZoneOffset.UTC);
            return chunk.sensor()
                    + "/"
                    + hour.format(Instant.ofEpochSecond(chunk.tuples().time()));
        }

        @Override
        public SimpleVersionedSerializer<String> getSerializer() {
            return SimpleVersionedStringSerializer.INSTANCE;
        }
    }
}
