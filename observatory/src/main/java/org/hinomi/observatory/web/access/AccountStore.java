package org.hinomi.observatory.web.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hinomi.observatory.store.control.EpochMicros;
import org.hinomi.observatory.web.Role;
import org.jdbi.v3.core.Handle;

/** Accounts in the control database; each call within the caller's transaction. */
final class AccountStore {
    private AccountStore() {}

    static boolean add(Handle handle, Account account) {
        return handle.createUpdate("INSERT INTO account (id, name, name_key, password, role, created_us, disabled)"
                                + " VALUES (:id, :name, :key, :password, :role, :created, 0)"
                                + " ON CONFLICT (name_key) DO NOTHING")
                        .bind("id", account.id())
                        .bind("name", account.name())
                        .bind("key", account.nameKey())
                        .bind("password", account.password())
                        .bind("role", account.role())
                        .bind("created", account.createdUs())
                        .execute()
                == 1;
    }

    static Optional<Account> named(Handle handle, String name) {
        return handle.createQuery("SELECT " + Account.COLUMNS + " FROM account a WHERE a.name_key = :key")
                .bind("key", Account.key(name))
                .mapTo(Account.class)
                .findOne();
    }

    static Optional<Account> withId(Handle handle, String id) {
        return handle.createQuery("SELECT " + Account.COLUMNS + " FROM account a WHERE a.id = :id")
                .bind("id", id)
                .mapTo(Account.class)
                .findOne();
    }

    static List<Account> all(Handle handle) {
        return handle.createQuery("SELECT " + Account.COLUMNS + " FROM account a ORDER BY a.name_key")
                .mapTo(Account.class)
                .list();
    }

    static int count(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM account")
                .mapTo(Integer.class)
                .one();
    }

    /** How many administrators can sign in, leaving one account out. */
    static int administratorsBeside(Handle handle, String id) {
        return handle.createQuery("SELECT count(*) FROM account WHERE role = :role AND disabled = 0 AND id <> :id")
                .bind("role", Role.ADMINISTRATOR.id())
                .bind("id", id)
                .mapTo(Integer.class)
                .one();
    }

    static void change(Handle handle, String id, String role, boolean disabled) {
        handle.createUpdate("UPDATE account SET role = :role, disabled = :disabled WHERE id = :id")
                .bind("role", role)
                .bind("disabled", disabled ? 1 : 0)
                .bind("id", id)
                .execute();
    }

    static void changePassword(Handle handle, String id, String password) {
        handle.createUpdate("UPDATE account SET password = :password WHERE id = :id")
                .bind("password", password)
                .bind("id", id)
                .execute();
    }

    static void seen(Handle handle, String id, Instant now) {
        handle.createUpdate("UPDATE account SET last_seen_us = :now WHERE id = :id")
                .bind("now", EpochMicros.of(now))
                .bind("id", id)
                .execute();
    }
}
