package org.hinomi.scale.stream;

import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.hinomi.wire.batch.Batches;

/** Takes records from Kafka as they are; what is too long to be a batch is cut, and refused later. */
public final class RawBatchReader implements KafkaRecordDeserializationSchema<RawBatch> {
    private static final long serialVersionUID = 1;
    private static final int LONGEST_KEY = 256;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawBatch> out) {
        byte[] key = record.key() == null ? new byte[0] : record.key();
        byte[] value =
                record.value() == null || record.value().length > Batches.MOST_BYTES ? new byte[0] : record.value();
        String sensor = new String(key, 0, Math.min(key.length, LONGEST_KEY), StandardCharsets.UTF_8);
        out.collect(new RawBatch(record.partition(), record.offset(), record.timestamp(), sensor, value));
    }

    @Override
    public TypeInformation<RawBatch> getProducedType() {
        return RawBatch.TYPE;
    }
}
