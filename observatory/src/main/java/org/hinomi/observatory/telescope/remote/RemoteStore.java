package org.hinomi.observatory.telescope.remote;

import java.time.Instant;
import org.hinomi.observatory.store.control.EpochMicros;
import org.jdbi.v3.core.Jdbi;

/** Remembers up to which part of each incarnation is stored. */
final class RemoteStore {
    private final Jdbi jdbi;

    RemoteStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The highest sequence that counts; 0 for none. */
    long sequence(String sensor, String incarnation) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT sequence FROM remote_incarnation WHERE sensor = :sensor AND incarnation = :incarnation")
                .bind("sensor", sensor)
                .bind("incarnation", incarnation)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
    }

    /** From when this returns, parts up to a sequence count. */
    void count(String sensor, String incarnation, long sequence, Instant now) {
        jdbi.useTransaction(handle -> handle.createUpdate("""
                        INSERT INTO remote_incarnation (sensor, incarnation, sequence, batches, last_batch_us)
                        VALUES (:sensor, :incarnation, :sequence, 1, :now)
                        ON CONFLICT (sensor, incarnation) DO UPDATE SET sequence = max(sequence, excluded.sequence),
                          batches = batches + 1, last_batch_us = excluded.last_batch_us
                        """)
                .bind("sensor", sensor)
                .bind("incarnation", incarnation)
                .bind("sequence", sequence)
                .bind("now", EpochMicros.of(now))
                .execute());
    }
}
