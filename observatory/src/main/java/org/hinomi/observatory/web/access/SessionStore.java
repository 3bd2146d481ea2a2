package org.hinomi.observatory.web.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.hinomi.observatory.store.control.EpochMicros;
import org.jdbi.v3.core.Handle;

/** Sessions in the control database, under the hash of their token only. */
final class SessionStore {
    /** A session that is not used for so long ends. */
    static final Duration IDLE = Duration.ofHours(12);

    /** A session ends so long after the sign-in, however much it is used. */
    static final Duration LONGEST = Duration.ofDays(7);

    private static final Duration USE_IS_NOTED_EVERY = Duration.ofMinutes(1);
    private static final int MOST_FOR_ONE_ACCOUNT = 50;

    /** A session that lasts, and whose account may sign in. */
    record Session(String tokenHash, String accountId, String name, String role, long createdUs, long usedUs) {}

    private SessionStore() {}

    /** Begins a session, and ends those that are over or too many. */
    static String begin(Handle handle, String accountId, Instant now) {
        removeOver(handle, now);
        handle.createUpdate("DELETE FROM web_session WHERE token_hash IN (SELECT token_hash FROM web_session"
                        + " WHERE account_id = :account ORDER BY used_us DESC LIMIT 1000 OFFSET :most)")
                .bind("account", accountId)
                .bind("most", MOST_FOR_ONE_ACCOUNT - 1)
                .execute();
        String token = Secrets.token();
        handle.createUpdate("INSERT INTO web_session (token_hash, account_id, created_us, used_us)"
                        + " VALUES (:hash, :account, :now, :now)")
                .bind("hash", Secrets.hash(token))
                .bind("account", accountId)
                .bind("now", EpochMicros.of(now))
                .execute();
        return token;
    }

    private static void removeOver(Handle handle, Instant now) {
        handle.createUpdate("DELETE FROM web_session WHERE used_us < :idle OR created_us < :longest")
                .bind("idle", EpochMicros.of(now.minus(IDLE)))
                .bind("longest", EpochMicros.of(now.minus(LONGEST)))
                .execute();
    }

    static Optional<Session> find(Handle handle, String token, Instant now) {
        return handle.createQuery("SELECT s.token_hash, s.account_id, a.name, a.role, s.created_us, s.used_us"
                        + " FROM web_session s JOIN account a ON a.id = s.account_id"
                        + " WHERE s.token_hash = :hash AND a.disabled = 0"
                        + " AND s.used_us >= :idle AND s.created_us >= :longest")
                .bind("hash", Secrets.hash(token))
                .bind("idle", EpochMicros.of(now.minus(IDLE)))
                .bind("longest", EpochMicros.of(now.minus(LONGEST)))
                .mapTo(Session.class)
                .findOne();
    }

    /** Notes that a session is used, at most once a minute. */
    static void used(Handle handle, Session session, Instant now) {
        if (EpochMicros.time(session.usedUs()).plus(USE_IS_NOTED_EVERY).isAfter(now)) {
            return;
        }
        handle.createUpdate("UPDATE web_session SET used_us = :now WHERE token_hash = :hash")
                .bind("now", EpochMicros.of(now))
                .bind("hash", session.tokenHash())
                .execute();
        AccountStore.seen(handle, session.accountId(), now);
    }

    static void end(Handle handle, String token) {
        handle.createUpdate("DELETE FROM web_session WHERE token_hash = :hash")
                .bind("hash", Secrets.hash(token))
                .execute();
    }

    /** Ends an account's sessions but the one of a token; all of them for an empty one. */
    static void endOthers(Handle handle, String accountId, String token) {
        handle.createUpdate("DELETE FROM web_session WHERE account_id = :account AND token_hash <> :hash")
                .bind("account", accountId)
                .bind("hash", Secrets.hash(token))
                .execute();
    }
}
