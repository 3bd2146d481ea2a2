package org.hinomi.observatory.web.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hinomi.observatory.store.control.EpochMicros;
import org.hinomi.observatory.web.Role;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** API keys in the control database, under their hash only. */
final class ApiKeyStore {
    /** How every key begins, so that a leaked one is recognised. */
    static final String PREFIX = "hk_";

    static final int MOST_FOR_ONE_ACCOUNT = 20;
    private static final Duration USE_IS_NOTED_EVERY = Duration.ofMinutes(1);

    /** A key, without the secret. */
    record ApiKey(
            String id,
            String label,
            String role,
            long createdUs,
            @Nullable Long usedUs) {}

    /** A key that somebody uses, and whose it is. */
    record Used(
            String id, String role, @Nullable Long usedUs, String accountId, String accountName, String accountRole) {
        Role rank() {
            Role own = Role.of(role).orElse(Role.PUBLIC);
            return own.atMost(Role.of(accountRole).orElse(Role.PUBLIC));
        }
    }

    private ApiKeyStore() {}

    static void add(Handle handle, String accountId, ApiKey key, String secret) {
        handle.createUpdate("INSERT INTO api_key (id, account_id, label, role, key_hash, created_us)"
                        + " VALUES (:id, :account, :label, :role, :hash, :created)")
                .bind("id", key.id())
                .bind("account", accountId)
                .bind("label", key.label())
                .bind("role", key.role())
                .bind("hash", Secrets.hash(secret))
                .bind("created", key.createdUs())
                .execute();
    }

    static List<ApiKey> of(Handle handle, String accountId) {
        return handle.createQuery("SELECT id, label, role, created_us, used_us FROM api_key"
                        + " WHERE account_id = :account ORDER BY created_us, id")
                .bind("account", accountId)
                .mapTo(ApiKey.class)
                .list();
    }

    static boolean remove(Handle handle, String accountId, String id) {
        return handle.createUpdate("DELETE FROM api_key WHERE account_id = :account AND id = :id")
                        .bind("account", accountId)
                        .bind("id", id)
                        .execute()
                == 1;
    }

    static Optional<Used> find(Handle handle, String secret) {
        return handle.createQuery("SELECT k.id, k.role, k.used_us, a.id AS account_id, a.name AS account_name,"
                        + " a.role AS account_role FROM api_key k JOIN account a ON a.id = k.account_id"
                        + " WHERE k.key_hash = :hash AND a.disabled = 0")
                .bind("hash", Secrets.hash(secret))
                .mapTo(Used.class)
                .findOne();
    }

    /** Notes that a key is used, at most once a minute. */
    static void used(Handle handle, Used key, Instant now) {
        if (key.usedUs() != null
                && EpochMicros.time(key.usedUs()).plus(USE_IS_NOTED_EVERY).isAfter(now)) {
            return;
        }
        handle.createUpdate("UPDATE api_key SET used_us = :now WHERE id = :id")
                .bind("now", EpochMicros.of(now))
                .bind("id", key.id())
                .execute();
        AccountStore.seen(handle, key.accountId(), now);
    }
}
