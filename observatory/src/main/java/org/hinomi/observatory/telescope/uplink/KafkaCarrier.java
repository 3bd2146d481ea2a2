package org.hinomi.observatory.telescope.uplink;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Brings batches to a Kafka topic: the same bytes as to a tower, keyed by the sensor, so that those of one sensor stay
 * in order; idempotent, and safe only when all replicas have it. Who reads the topic tells a batch that was sent again
 * after a restart by its incarnation and sequences.
 */
public final class KafkaCarrier implements Carrier {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MOST_BYTES = 16 << 20;

    private final String servers;
    private final String topic;
    private final String sensor;
    private @Nullable Producer<String, byte[]> producer;

    /**
     * A carrier to {@code kafka://HOST:PORT/TOPIC}; it connects when it first sends.
     *
     * @throws IllegalArgumentException with a sentence when the address is not of this form
     */
    public KafkaCarrier(URI address, String sensor) {
        String path = address.getPath() == null ? "" : address.getPath();
        if (address.getHost() == null || address.getPort() < 0 || !path.matches("/[A-Za-z0-9._-]{1,249}")) {
            throw new IllegalArgumentException(
                    "'" + address + "' is not an address such as kafka://broker.example.org:9092/flowtuples");
        }
        this.servers = address.getHost() + ":" + address.getPort();
        this.topic = path.substring(1);
        this.sensor = sensor;
    }

    private Producer<String, byte[]> producer() {
        Producer<String, byte[]> made = producer;
        if (made == null) {
            made = new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            servers,
                            ProducerConfig.CLIENT_ID_CONFIG,
                            "hinomi-sensor-" + sensor,
                            ProducerConfig.ACKS_CONFIG,
                            "all",
                            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                            true,
                            ProducerConfig.MAX_BLOCK_MS_CONFIG,
                            10_000,
                            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                            10_000,
                            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                            (int) PATIENCE.toMillis(),
                            ProducerConfig.LINGER_MS_CONFIG,
                            0,
                            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                            MOST_BYTES),
                    new StringSerializer(),
                    new ByteArraySerializer());
            producer = made;
        }
        return made;
    }

    @Override
    public Answer send(byte[] batch) {
        try {
            producer()
                    .send(new ProducerRecord<>(topic, sensor, batch))
                    .get(PATIENCE.toMillis() * 2, TimeUnit.MILLISECONDS);
            return new Answer.Taken(0, 0);
        } catch (ExecutionException e) {
            return failed(e.getCause() == null ? e : e.getCause());
        } catch (KafkaException e) {
            return failed(e);
        } catch (TimeoutException e) {
            return away(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Later("it was stopped", false);
        }
    }

    private Answer failed(Throwable why) {
        if (!(why instanceof RetriableException)) {
            close(); // an idempotent producer does not recover from some failures: the next try makes another
        }
        if (why instanceof RecordTooLargeException) {
            return new Answer.Refused("the topic " + topic + " takes no records of this size; raise max.message.bytes");
        }
        if (why instanceof InvalidTopicException) {
            return new Answer.Later("Kafka at " + servers + " refuses the topic name " + topic, true);
        }
        if (why instanceof AuthorizationException) {
            return new Answer.Later(
                    "Kafka at " + servers + " refuses writing to the topic " + topic
                            + ": give this sensor the right to write it",
                    true);
        }
        return away(why);
    }

    private Answer away(Throwable why) {
        Throwable deepest = why;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return new Answer.Later(
                "Kafka at " + servers + " does not take batches for " + topic + " (" + deepest.getMessage() + ")",
                false);
    }

    @Override
    public int mostParts() {
        return 1;
    }

    @Override
    public String target() {
        return "Kafka at " + servers;
    }

    @Override
    public void close() {
        Producer<String, byte[]> made = producer;
        if (made != null) {
            made.close(Duration.ofSeconds(2));
            producer = null;
        }
    }
}
