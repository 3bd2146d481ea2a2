package org.hinomi.observatory.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What lies in a topic of batches, read by other libraries than those that wrote it. */
final class KafkaBatches implements AutoCloseable {
    /** A part of a minute: what its header says and what its tuples add up to. */
    record Part(long sequence, long minute, long tuples, long packets) {}

    private final KafkaConsumer<String, byte[]> consumer;
    private final TreeMap<String, TreeMap<Long, Part>> parts = new TreeMap<>();
    private final List<String> twice = new ArrayList<>();

    KafkaBatches(String servers, String topic) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Reads until there are so many packets. */
    void await(long packets) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (packets() < packets) {
            assertThat(System.nanoTime())
                    .as("%d of %d packets", packets(), packets)
                    .isLessThan(deadline);
            for (ConsumerRecord<String, byte[]> each : consumer.poll(Duration.ofMillis(200))) {
                assertThat(each.key()).isEqualTo(RemoteSite.SENSOR);
                add(each.value());
            }
        }
    }

    private void add(byte[] batch) throws IOException {
        try (DataFileStream<GenericRecord> tuples =
                new DataFileStream<>(new ByteArrayInputStream(batch), new GenericDatumReader<>())) {
            JsonNode header = JsonMapper.shared().readTree(tuples.getMeta("hinomi.batch"));
            assertThat(header.get("sensor").asString()).isEqualTo(RemoteSite.SENSOR);
            TreeMap<Long, Part> of =
                    parts.computeIfAbsent(header.get("incarnation").asString(), key -> new TreeMap<>());
            long told = 0;
            for (JsonNode part : header.get("parts")) {
                long sequence = part.get("sequence").asLong();
                told += part.get("packets").asLong();
                Part now = new Part(
                        sequence,
                        part.get("minute").asLong(),
                        part.get("tuples").asLong(),
                        part.get("packets").asLong());
                if (of.put(sequence, now) != null) {
                    twice.add(header.get("incarnation").asString() + "/" + sequence);
                }
            }
            long found = 0;
            for (GenericRecord tuple : tuples) {
                found += ((Number) tuple.get("packet_cnt")).longValue();
            }
            assertThat(found).as("packets of tuples").isEqualTo(told);
        }
    }

    private long packets() {
        return all().stream().mapToLong(Part::packets).sum();
    }

    private List<Part> all() {
        return parts.values().stream().flatMap(of -> of.values().stream()).toList();
    }

    /** Checks that everything of one run of a sensor is there, once and without a gap, and adds up. */
    void assertWhole(JsonNode truth) throws IOException {
        await(truth.get("packets").asLong());
        assertThat(packets()).isEqualTo(truth.get("packets").asLong());
        assertThat(all().stream().mapToLong(Part::tuples).sum())
                .isEqualTo(truth.get("flow_tuples").asLong());
        assertThat(parts).hasSize(1);
        TreeMap<Long, Part> of = parts.firstEntry().getValue();
        assertThat(of.firstKey()).isEqualTo(1);
        assertThat(of.lastKey()).isEqualTo(of.size());
        assertThat(twice).isEmpty();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
