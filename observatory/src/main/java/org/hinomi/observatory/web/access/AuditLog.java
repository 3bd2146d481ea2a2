package org.hinomi.observatory.web.access;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.hinomi.observatory.store.control.EpochMicros;
import org.hinomi.observatory.web.Caller;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What people did, newest first; the oldest of a million entries go. */
public final class AuditLog {
    /** What can be done. */
    public enum Action {
        SETUP,
        SIGN_IN,
        SIGN_IN_FAILED,
        SIGN_OUT,
        PERSON_ADDED,
        PERSON_CHANGED,
        PASSWORD_CHANGED,
        KEY_ADDED,
        KEY_REMOVED,
        SENSOR_KEY_ADDED,
        SENSOR_KEY_REMOVED,
        ORGANISATIONS_CHANGED,
        ORGANISATION_REMOVED,
        EXPORT,
        ALERT_ACKNOWLEDGED,
        ALERT_CLOSED,
        ALERT_REOPENED,
        FALSE_ALARM,
        FALSE_ALARM_TAKEN_BACK,
        MUTE_ADDED,
        MUTE_REMOVED,
        SUBSCRIPTION_ADDED,
        SUBSCRIPTION_REMOVED,
        SUBSCRIPTION_TESTED,
        CAMPAIGN_NAMED
    }

    /**
     * One entry.
     *
     * @param who the account's name, or the name somebody gave who failed to sign in
     * @param what the person, key or file it was done to
     */
    public record Entry(Instant time, String who, String action, String what, String fromAddress) {}

    private record Row(String id, long timeUs, String who, String action, String what, String fromAddress) {}

    /** Entries, and where to go on: null at the end. */
    public record Page(
            List<Entry> items,
            @org.jspecify.annotations.Nullable String next) {}

    private static final int MOST_ENTRIES = 1_000_000;
    private static final int LONGEST_TEXT = 200;

    private final Jdbi jdbi;
    private final InstantSource clock;

    /** The log in a control database. */
    public AuditLog(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM audit WHERE time_us <"
                        + " (SELECT time_us FROM audit ORDER BY time_us DESC LIMIT 1 OFFSET :most)")
                .bind("most", MOST_ENTRIES)
                .execute());
    }

    /** Notes what a caller did. */
    public void add(Caller caller, Action action, String what) {
        jdbi.useHandle(handle -> add(handle, caller.name(), action, what, caller.address()));
    }

    /** Notes what a caller did within a transaction, so that the deed and its note are kept together. */
    public void add(Handle handle, Caller caller, Action action, String what) {
        add(handle, caller.name(), action, what, caller.address());
    }

    /** Notes within a transaction. */
    void add(Handle handle, String who, Action action, String what, String address) {
        handle.createUpdate("INSERT INTO audit (id, time_us, who, action, what, from_address)"
                        + " VALUES (:id, :time, :who, :action, :what, :address)")
                .bind("id", Secrets.id())
                .bind("time", EpochMicros.of(clock.instant()))
                .bind("who", shown(who))
                .bind("action", action.name().toLowerCase(Locale.ROOT))
                .bind("what", shown(what))
                .bind("address", address)
                .execute();
    }

    /** Entries before a cursor of an earlier page, or the newest for an empty one. */
    Page page(String cursor, int limit) {
        int dash = cursor.indexOf('-');
        long time = dash < 0 ? Long.MAX_VALUE : Long.parseLong(cursor, 0, dash, 10);
        List<Row> rows = jdbi.withHandle(
                handle -> handle.createQuery("SELECT id, time_us, who, action, what, from_address FROM audit"
                                + " WHERE time_us < :time OR (time_us = :time AND id < :id)"
                                + " ORDER BY time_us DESC, id DESC LIMIT :limit")
                        .bind("time", time)
                        .bind("id", cursor.substring(dash + 1))
                        .bind("limit", limit + 1)
                        .mapTo(Row.class)
                        .list());
        boolean more = rows.size() > limit;
        List<Row> shown = more ? rows.subList(0, limit) : rows;
        return new Page(
                shown.stream()
                        .map(row -> new Entry(
                                EpochMicros.time(row.timeUs()), row.who(), row.action(), row.what(), row.fromAddress()))
                        .toList(),
                more ? shown.getLast().timeUs() + "-" + shown.getLast().id() : null);
    }

    /** Bytes of strangers, such as a name that was tried, without what could steer a terminal, and not too long. */
    private static String shown(String text) {
        String plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
        return plain.length() > LONGEST_TEXT ? plain.substring(0, LONGEST_TEXT) + "…" : plain;
    }
}
