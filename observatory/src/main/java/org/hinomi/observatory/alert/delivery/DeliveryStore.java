package org.hinomi.observatory.alert.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hinomi.observatory.alert.Alert;
import org.hinomi.observatory.alert.RowId;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.control.Changes;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** What is to be delivered, in the control database: each alert once for each subscription that asks for it. */
final class DeliveryStore {
    private static final String READER = "delivery";
    private static final int AT_ONCE = 200;
    private static final int MOST_WAITING = 10_000;
    private static final long HOUR_US = 3_600_000_000L;
    private static final long DAY_US = 24 * HOUR_US;
    private static final long KEPT_US = 30 * DAY_US;

    private final Jdbi jdbi;

    DeliveryStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Something that waits to be delivered. Public, so that its values can be bound by name. */
    public record Waiting(String id, String alert, String subscription, int tries) {}

    /** A tried delivery, for those who look after it. */
    record Trouble(String channel, String state, String reason, long madeUs) {}

    private record Count(String name, long number) {}

    <T> T inTransaction(java.util.function.Function<Handle, T> work) {
        try {
            return jdbi.<T, RuntimeException>inTransaction(work::apply);
        } catch (JdbiException e) {
            throw new StoreException(
                    "deliveries can't be written to the control database (" + e.getMessage()
                            + "); make room or mend the disk: they go on later",
                    e);
        }
    }

    /** Takes the next changed alerts and writes who is to be told of them, and how far it is; whether there may be more. */
    boolean dispatch(DeliverySettings settings, long nowUs) {
        if (jdbi.<List<Alert>, RuntimeException>withHandle(DeliveryStore::changed)
                .isEmpty()) {
            return false;
        }
        return inTransaction(handle -> {
            List<Alert> changed = changed(handle);
            List<Subscription> subscriptions = Subscription.active(handle).stream()
                    .filter(subscription -> settings.channels().contains(subscription.channel()))
                    .toList();
            for (Alert alert : changed) {
                boolean tells = alert.state().equals(Alert.OPEN)
                        && alert.mute() == null
                        && alert.raisedUs() > nowUs - DAY_US
                        && (settings.recordings() || live(handle, alert.sensor()));
                subscriptions.stream()
                        .filter(subscription -> tells && subscription.wants(alert))
                        .forEach(subscription -> add(handle, alert, subscription, nowUs));
            }
            if (!changed.isEmpty()) {
                Changes.reached(handle, READER, changed.getLast().changed());
            }
            return changed.size() == AT_ONCE;
        });
    }

    private static List<Alert> changed(Handle handle) {
        return handle.createQuery("SELECT " + Alert.COLUMNS
                        + " FROM alert a WHERE a.changed > :reached ORDER BY a.changed LIMIT :most")
                .bind("reached", Changes.offset(handle, READER))
                .bind("most", AT_ONCE)
                .mapTo(Alert.class)
                .list();
    }

    private static boolean live(Handle handle, String sensor) {
        return handle.createQuery("SELECT count(*) FROM sensor WHERE name = :name AND origin IN ('recording', 'demo')")
                        .bind("name", sensor)
                        .mapTo(Integer.class)
                        .one()
                == 0;
    }

    private static void add(Handle handle, Alert alert, Subscription subscription, long nowUs) {
        boolean full = handle.createQuery("SELECT count(*) FROM delivery WHERE state = 'waiting'")
                        .mapTo(Integer.class)
                        .one()
                >= MOST_WAITING;
        handle.createUpdate("""
                        INSERT INTO delivery (id, alert, subscription, channel, state, tries, made_us, next_us, reason)
                        VALUES (:id, :alert, :subscription, :channel, :state, 0, :now, :now, :reason)
                        ON CONFLICT (alert, subscription) DO NOTHING
                        """)
                .bind("id", RowId.next())
                .bind("alert", alert.id())
                .bind("subscription", subscription.id())
                .bind("channel", subscription.channel())
                .bind("state", full ? "dropped" : "waiting")
                .bind("now", nowUs)
                .bind("reason", full ? "too many waited" : "")
                .execute();
    }

    /** What a crash left half sent: it waits again where repeating does no harm, else nobody knows. */
    void recover(String channel, boolean repeatable) {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "UPDATE delivery SET state = :state, reason = :reason WHERE state = 'sending' AND channel = :channel")
                .bind("state", repeatable ? "waiting" : "uncertain")
                .bind("reason", "the program ended while it was being sent")
                .bind("channel", channel)
                .execute());
    }

    /** All that is due of the subscription whose turn it is; empty when nothing is. */
    static List<Waiting> due(Handle handle, String channel, long nowUs) {
        Optional<String> first = handle.createQuery("SELECT subscription FROM delivery WHERE channel = :channel"
                        + " AND state = 'waiting' AND next_us <= :now ORDER BY next_us, made_us LIMIT 1")
                .bind("channel", channel)
                .bind("now", nowUs)
                .mapTo(String.class)
                .findOne();
        return first.map(subscription -> handle.createQuery("SELECT id, alert, subscription, tries FROM delivery"
                                + " WHERE subscription = :subscription AND state = 'waiting' AND next_us <= :now"
                                + " ORDER BY made_us, id LIMIT :most")
                        .bind("subscription", subscription)
                        .bind("now", nowUs)
                        .bind("most", MOST_WAITING)
                        .mapTo(Waiting.class)
                        .list())
                .orElse(List.of());
    }

    /** When messages reached a person within the last hour, the first first. */
    static List<Long> lastHour(Handle handle, String owner, long nowUs) {
        return handle.createQuery("SELECT d.done_us FROM delivery d JOIN subscription s ON s.id = d.subscription"
                        + " WHERE s.owner = :owner AND d.state = 'sent' AND d.done_us > :since ORDER BY d.done_us")
                .bind("owner", owner)
                .bind("since", nowUs - HOUR_US)
                .mapTo(Long.class)
                .list();
    }

    static void settle(
            Handle handle,
            List<Waiting> some,
            String state,
            String reason,
            @Nullable Long nextUs,
            @Nullable Long doneUs) {
        for (Waiting one : some) {
            handle.createUpdate("UPDATE delivery SET state = :state, reason = :reason, tries = :tries,"
                            + " next_us = COALESCE(:next, next_us), done_us = COALESCE(:done, done_us) WHERE id = :id")
                    .bind("state", state)
                    .bind("reason", reason)
                    .bind("tries", one.tries() + (state.equals("sending") ? 1 : 0))
                    .bind("next", nextUs)
                    .bind("done", doneUs)
                    .bind("id", one.id())
                    .execute();
        }
    }

    /** The alerts of deliveries that are still to be told: open and not muted. */
    static Map<String, Alert> open(Handle handle, List<Waiting> some) {
        Map<String, Alert> open = new LinkedHashMap<>();
        for (Waiting one : some) {
            handle.createQuery("SELECT " + Alert.COLUMNS
                            + " FROM alert a WHERE a.id = :id AND a.state = 'open' AND a.mute IS NULL")
                    .bind("id", one.alert())
                    .mapTo(Alert.class)
                    .findOne()
                    .ifPresent(alert -> open.put(one.id(), alert));
        }
        return open;
    }

    /** Deliveries by state. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        jdbi.<List<Count>, RuntimeException>withHandle(handle -> handle.createQuery(
                                "SELECT state AS name, count(*) AS number FROM delivery GROUP BY state ORDER BY state")
                        .mapTo(Count.class)
                        .list())
                .forEach(count -> counts.put(count.name(), count.number()));
        return counts;
    }

    /** What did not go well lately, the newest first. */
    List<Trouble> troubles() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT channel, state, reason, made_us FROM delivery"
                        + " WHERE reason <> '' AND state IN ('waiting', 'failed', 'uncertain', 'dropped')"
                        + " ORDER BY made_us DESC, id LIMIT 20")
                .mapTo(Trouble.class)
                .list());
    }

    /** Forgets what was settled long ago, and what is about alerts or subscriptions that are gone. */
    void retain(long nowUs) {
        inTransaction(handle -> {
            handle.execute(
                    "DELETE FROM delivery WHERE made_us < ? AND state NOT IN ('waiting', 'sending')", nowUs - KEPT_US);
            return handle.execute("DELETE FROM delivery WHERE NOT EXISTS"
                    + " (SELECT 1 FROM alert a WHERE a.id = delivery.alert) AND state <> 'sent'");
        });
    }

    List<Subscription> subscriptions(String owner) {
        return new ArrayList<>(
                jdbi.<List<Subscription>, RuntimeException>withHandle(handle -> Subscription.of(handle, owner)));
    }
}
