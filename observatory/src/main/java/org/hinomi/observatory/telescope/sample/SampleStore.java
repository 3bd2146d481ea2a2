package org.hinomi.observatory.telescope.sample;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.observe.PacketWitness;
import org.hinomi.observatory.telescope.sample.SampleTap.Sample;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The packet samples, written by a thread of their own. A sample that finds the queue full is counted and left out. */
public final class SampleStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SampleStore.class);
    private static final int QUEUE = 4096;
    private static final int BATCH = 1000;
    private static final long LONGEST_WAIT_MILLIS = 50;
    private static final int MOST_SAMPLES = 500_000;
    private static final long DAY_MICROS = 86_400_000_000L;
    private static final int RETENTION_DAYS = 30;
    private static final long MICROS = 1_000_000;

    private final Jdbi jdbi;
    private final BlockingQueue<Sample> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicLong leftOut = new AtomicLong();
    private final Thread thread = Thread.ofPlatform().name("samples").daemon().unstarted(this::work);
    private volatile boolean closing;

    /** A store in the control database; it writes at once. */
    public SampleStore(Jdbi jdbi) {
        this.jdbi = jdbi;
        thread.start();
    }

    /**
     * A stored sample.
     *
     * @param time microseconds since 1970-01-01 UTC
     * @param payload where the payload of TCP or UDP begins within the bytes, or -1
     * @param bytes from the IP header on
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Stored(String sensor, long time, int protocol, int port, int payload, byte[] bytes) {}

    /** Takes samples of a sensor's packets. */
    public PacketWitness tap(String sensor) {
        return new SampleTap(sensor, sample -> {
            boolean taken = queue.offer(sample);
            leftOut.addAndGet(taken ? 0 : 1);
            return taken;
        });
    }

    private void work() {
        List<Sample> batch = new ArrayList<>();
        while (!closing || !queue.isEmpty()) {
            try {
                Sample first = queue.poll(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, BATCH - 1);
                    write(batch);
                    batch.clear();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                leftOut.addAndGet(batch.size());
                batch.clear();
                LOG.warn("packet samples could not be written: {}", e.getMessage());
            }
        }
    }

    private void write(List<Sample> samples) {
        jdbi.useTransaction(handle -> {
            PreparedBatch insert = handle.prepareBatch("""
                    INSERT INTO packet_sample (id, sensor, time, source, protocol, port, link_type, payload, bytes)
                    VALUES (:id, :sensor, :time, :source, :protocol, :port, 101, :payload, :bytes)
                    ON CONFLICT (id) DO NOTHING
                    """);
            for (Sample sample : samples) {
                long micros = Math.floorDiv(sample.nanos(), 1000);
                String source = new IpAddress(sample.srcHi(), sample.srcLo()).toString();
                insert.bind(
                                "id",
                                sample.sensor() + " " + micros / DAY_MICROS + " " + source + " " + sample.protocol()
                                        + "/" + sample.port())
                        .bind("sensor", sample.sensor())
                        .bind("time", micros)
                        .bind("source", source)
                        .bind("protocol", sample.protocol())
                        .bind("port", sample.port())
                        .bind("payload", sample.payload())
                        .bind("bytes", sample.bytes())
                        .add();
            }
            insert.execute();
        });
    }

    /** The samples of a source within a time, newest first. */
    public List<Stored> of(IpAddress source, Instant from, Instant to, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT sensor, time, protocol, port, payload, bytes FROM packet_sample
                        WHERE source = :source AND time >= :from AND time < :to ORDER BY time DESC LIMIT :limit
                        """)
                .bind("source", source.toString())
                .bind("from", from.getEpochSecond() * MICROS)
                .bind("to", to.getEpochSecond() * MICROS)
                .bind("limit", limit)
                .mapTo(Stored.class)
                .list());
    }

    /** Removes samples that are too old or too many. */
    public void retain(long nowSeconds) {
        jdbi.useHandle(handle -> {
            handle.createUpdate("DELETE FROM packet_sample WHERE time < :oldest")
                    .bind("oldest", nowSeconds * MICROS - RETENTION_DAYS * DAY_MICROS)
                    .execute();
            handle.createUpdate("""
                            DELETE FROM packet_sample WHERE time < (
                              SELECT time FROM packet_sample ORDER BY time DESC LIMIT 1 OFFSET :most)
                            """).bind("most", MOST_SAMPLES).execute();
        });
    }

    /** Samples that could not be kept. */
    public long leftOut() {
        return leftOut.get();
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
