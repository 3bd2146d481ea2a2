package org.hinomi.observatory.alert.delivery;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hinomi.observatory.alert.Alert;
import org.hinomi.observatory.web.Role;
import org.jdbi.v3.core.Handle;

/**
 * What a person wants to be told, and how.
 *
 * @param owner name of the account
 * @param channel mail, webhook or syslog
 * @param target a mail address or URL; empty for syslog
 * @param detectors ids of detectors with commas between; empty for all
 * @param severity rank of the least {@linkplain org.hinomi.kernel.alert.Severity severity}
 * @param language en or ja
 * @param secret what webhooks are signed with; empty for others
 * @param role of the owner, as it is now
 * @param madeUs when it was made, microseconds since 1970-01-01 UTC; what was raised before is not told
 */
public record Subscription(
        String id,
        String owner,
        String channel,
        String target,
        String detectors,
        int severity,
        String language,
        String secret,
        String role,
        long madeUs) {
    /** The most a person can have. */
    static final int MOST_FOR_ONE = 20;

    private static final String COLUMNS =
            "s.id, s.owner, s.channel, s.target, s.detectors, s.severity, s.language, s.secret, a.role, s.made_us";

    /** Whether it asks for an alert. */
    boolean wants(Alert alert) {
        return sees(alert)
                && alert.severity() >= severity
                && alert.raisedUs() >= madeUs
                && (detectors.isEmpty() || Arrays.asList(detectors.split(",")).contains(alert.detector()));
    }

    /** Whether its owner may know of an alert: who owns a machine is for analysts and administrators. */
    boolean sees(Alert alert) {
        return !alert.detector().equals(Alert.OWN)
                || Role.of(role).filter(of -> of.includes(Role.ANALYST)).isPresent();
    }

    /** All of people who may sign in. */
    static List<Subscription> active(Handle handle) {
        return handle.createQuery("SELECT " + COLUMNS
                        + " FROM subscription s JOIN account a ON a.name = s.owner AND a.disabled = 0 ORDER BY s.id")
                .mapTo(Subscription.class)
                .list();
    }

    static List<Subscription> of(Handle handle, String owner) {
        return handle.createQuery(
                        "SELECT " + COLUMNS
                                + " FROM subscription s JOIN account a ON a.name = s.owner WHERE s.owner = :owner ORDER BY s.made_us, s.id")
                .bind("owner", owner)
                .mapTo(Subscription.class)
                .list();
    }

    /** One, if its owner may sign in. */
    static Optional<Subscription> find(Handle handle, String id) {
        return handle.createQuery("SELECT " + COLUMNS
                        + " FROM subscription s JOIN account a ON a.name = s.owner AND a.disabled = 0 WHERE s.id = :id")
                .bind("id", id)
                .mapTo(Subscription.class)
                .findOne();
    }

    static void add(Handle handle, Subscription subscription) {
        handle.createUpdate("INSERT INTO subscription (id, owner, channel, target, detectors, severity, language,"
                        + " secret, made_us) VALUES (:id, :owner, :channel, :target, :detectors, :severity, :language,"
                        + " :secret, :madeUs)")
                .bindMethods(subscription)
                .execute();
    }

    static boolean remove(Handle handle, String id, String owner) {
        boolean removed = handle.execute("DELETE FROM subscription WHERE id = ? AND owner = ?", id, owner) == 1;
        if (removed) {
            handle.execute("DELETE FROM delivery WHERE subscription = ?", id);
        }
        return removed;
    }
}
