package org.hinomi.observatory.web.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hinomi.observatory.store.control.EpochMicros;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Keys by which sensors apart from the tower deliver, each for one sensor, under their hash only. */
final class SensorKeyStore {
    /** How every key begins. */
    static final String PREFIX = "hs_";

    static final int MOST = 1000;
    private static final Duration USE_IS_NOTED_EVERY = Duration.ofMinutes(1);

    /**
     * A key, without the secret.
     *
     * @param madeBy name of the administrator who made it
     */
    record SensorKey(
            String id,
            String sensor,
            String label,
            String madeBy,
            long createdUs,
            @Nullable Long expiresUs,
            @Nullable Long usedUs) {
        boolean expired(Instant now) {
            return expiresUs != null && !EpochMicros.time(expiresUs).isAfter(now);
        }

        @Nullable
        Instant expires() {
            return expiresUs == null ? null : EpochMicros.time(expiresUs);
        }
    }

    private static final String COLUMNS = "id, sensor, label, made_by, created_us, expires_us, used_us";

    private SensorKeyStore() {}

    static void add(Handle handle, SensorKey key, String secret) {
        handle.createUpdate("INSERT INTO sensor_key (id, sensor, label, made_by, key_hash, created_us, expires_us)"
                        + " VALUES (:id, :sensor, :label, :by, :hash, :created, :expires)")
                .bind("id", key.id())
                .bind("sensor", key.sensor())
                .bind("label", key.label())
                .bind("by", key.madeBy())
                .bind("hash", Secrets.hash(secret))
                .bind("created", key.createdUs())
                .bind("expires", key.expiresUs())
                .execute();
    }

    static List<SensorKey> all(Handle handle) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM sensor_key ORDER BY sensor, created_us, id")
                .mapTo(SensorKey.class)
                .list();
    }

    static Optional<SensorKey> find(Handle handle, String secret) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM sensor_key WHERE key_hash = :hash")
                .bind("hash", Secrets.hash(secret))
                .mapTo(SensorKey.class)
                .findOne();
    }

    static Optional<SensorKey> remove(Handle handle, String id) {
        return handle.createQuery("DELETE FROM sensor_key WHERE id = :id RETURNING " + COLUMNS)
                .bind("id", id)
                .mapTo(SensorKey.class)
                .findOne();
    }

    /** Notes that a key is used, at most once a minute. */
    static void used(Handle handle, SensorKey key, Instant now) {
        if (key.usedUs() == null
                || !EpochMicros.time(key.usedUs()).plus(USE_IS_NOTED_EVERY).isAfter(now)) {
            handle.createUpdate("UPDATE sensor_key SET used_us = :now WHERE id = :id")
                    .bind("now", EpochMicros.of(now))
                    .bind("id", key.id())
                    .execute();
        }
    }
}
