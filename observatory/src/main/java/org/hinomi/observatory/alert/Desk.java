package org.hinomi.observatory.alert;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hinomi.observatory.store.control.Changes;
import org.hinomi.observatory.store.control.EpochMicros;
import org.hinomi.observatory.web.Caller;
import org.hinomi.observatory.web.access.AuditLog;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What people do about alerts. Each deed is kept with the alert and in the audit log, all of it or nothing. */
public final class Desk {
    private static final String EVERYTHING = "everything";

    /** What can be done to an alert. */
    enum Action {
        ACKNOWLEDGE(Alert.ACKNOWLEDGED, AuditLog.Action.ALERT_ACKNOWLEDGED),
        CLOSE(Alert.CLOSED, AuditLog.Action.ALERT_CLOSED),
        REOPEN(Alert.OPEN, AuditLog.Action.ALERT_REOPENED),
        FALSE_ALARM(Alert.CLOSED, AuditLog.Action.FALSE_ALARM),
        TAKE_BACK_FALSE_ALARM("", AuditLog.Action.FALSE_ALARM_TAKEN_BACK);

        private final String state;
        private final AuditLog.Action noted;

        Action(String state, AuditLog.Action noted) {
            this.state = state;
            this.noted = noted;
        }

        String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Action> of(String id) {
            return Arrays.stream(values())
                    .filter(action -> action.id().equals(id))
                    .findFirst();
        }
    }

    /** Something that was done to an alert. */
    record Deed(String id, long timeUs, String who, String action, String note) {}

    private final Jdbi jdbi;
    private final AuditLog audit;
    private final InstantSource clock;

    /** A desk at which alerts of a control database are dealt with. */
    public Desk(Jdbi jdbi, AuditLog audit, InstantSource clock) {
        this.jdbi = jdbi;
        this.audit = audit;
        this.clock = clock;
    }

    private long now() {
        return EpochMicros.of(clock.instant());
    }

    /** Does something to alerts; returns the ids of those there are. */
    List<String> handle(List<String> ids, Action action, String note, Caller caller) {
        return jdbi.inTransaction(handle -> {
            List<String> done = new ArrayList<>();
            for (String id : ids) {
                Optional<Alert> alert = AlertStore.find(handle, id);
                if (alert.isPresent()) {
                    handle(handle, alert.get(), action, note, caller);
                    done.add(id);
                }
            }
            Changes.mark(handle, "alert", done);
            return done;
        });
    }

    private void handle(Handle handle, Alert alert, Action action, String note, Caller caller) {
        if (!action.state.isEmpty()) {
            boolean open = action.state.equals(Alert.OPEN);
            handle.createUpdate("UPDATE alert SET state = :state, handled_by = :who, handled_us = :now, note = :note"
                            + " WHERE id = :id")
                    .bind("state", action.state)
                    .bind("who", open ? null : caller.name())
                    .bind("now", open ? null : (Long) now())
                    .bind("note", note)
                    .bind("id", alert.id())
                    .execute();
        }
        if (action == Action.FALSE_ALARM) {
            feedback(handle, alert, note, caller);
        } else if (action == Action.TAKE_BACK_FALSE_ALARM) {
            handle.execute("DELETE FROM alert_feedback WHERE alert = ?", alert.id());
        }
        handle.createUpdate("INSERT INTO alert_deed (id, alert, time_us, who, action, note)"
                        + " VALUES (:id, :alert, :time, :who, :action, :note)")
                .bind("id", RowId.next())
                .bind("alert", alert.id())
                .bind("time", now())
                .bind("who", caller.name())
                .bind("action", action.id())
                .bind("note", note)
                .execute();
        audit.add(handle, caller, action.noted, alert.detector() + " " + alert.source() + " " + alert.id());
    }

    private void feedback(Handle handle, Alert alert, String note, Caller caller) {
        handle.createUpdate("""
                        INSERT INTO alert_feedback (alert, detector, who, time_us, note)
                        VALUES (:alert, :detector, :who, :time, :note)
                        ON CONFLICT (alert) DO UPDATE SET who = excluded.who, time_us = excluded.time_us,
                          note = excluded.note
                        """)
                .bind("alert", alert.id())
                .bind("detector", alert.detector())
                .bind("who", caller.name())
                .bind("time", now())
                .bind("note", note)
                .execute();
    }

    /** What was done to an alert, the first first. */
    List<Deed> deeds(String alert) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT id, time_us, who, action, note FROM alert_deed"
                        + " WHERE alert = :alert ORDER BY time_us, id LIMIT 500")
                .bind("alert", alert)
                .mapTo(Deed.class)
                .list());
    }

    /** The mutes that last. */
    List<Mute> mutes() {
        return jdbi.withHandle(handle -> Mute.lasting(handle, now()));
    }

    /** Adds a mute, and lets it keep quiet what is open; false when there are too many. */
    boolean mute(Mute mute, Caller caller) {
        return jdbi.inTransaction(handle -> {
            if (Mute.lasting(handle, now()).size() >= Mute.MOST) {
                return false;
            }
            Mute.add(handle, mute);
            List<String> quiet = handle
                    .createQuery("SELECT " + Alert.COLUMNS
                            + " FROM alert a WHERE a.state = 'open' AND a.mute IS NULL ORDER BY a.raised_us DESC")
                    .mapTo(Alert.class)
                    .stream()
                    .filter(alert -> mute.fits(alert.detector(), alert.source(), alert.port(), alert.sensor()))
                    .map(Alert::id)
                    .toList();
            quiet.forEach(id -> handle.execute("UPDATE alert SET mute = ? WHERE id = ?", mute.id(), id));
            Changes.mark(handle, "alert", quiet);
            audit.add(handle, caller, AuditLog.Action.MUTE_ADDED, told(mute));
            return true;
        });
    }

    /** Removes a mute: what it kept quiet is told again. False when there is none with this id. */
    boolean unmute(String id, Caller caller) {
        return jdbi.inTransaction(handle -> {
            if (!Mute.remove(handle, id)) {
                return false;
            }
            List<String> freed = handle.createQuery("SELECT id FROM alert WHERE mute = :mute ORDER BY raised_us")
                    .bind("mute", id)
                    .mapTo(String.class)
                    .list();
            handle.execute("UPDATE alert SET mute = NULL WHERE mute = ?", id);
            Changes.mark(handle, "alert", freed);
            audit.add(handle, caller, AuditLog.Action.MUTE_REMOVED, id);
            return true;
        });
    }

    private static String told(Mute mute) {
        List<String> parts = new ArrayList<>();
        for (String part : List.of(mute.detector(), mute.source(), mute.sensor())) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        if (mute.port() >= 0) {
            parts.add("port " + mute.port());
        }
        String what = parts.isEmpty() ? EVERYTHING : String.join(" ", parts);
        return what + " until " + EpochMicros.time(mute.untilUs()) + ": " + mute.reason();
    }
}
