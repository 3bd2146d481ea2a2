package org.hinomi.observatory.alert;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hinomi.kernel.alert.AlertRules;
import org.hinomi.kernel.alert.Severity;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.control.Changes;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;

/** Alerts in the control database. */
public final class AlertStore {
    private static final String READER = "alert";
    private static final int AT_ONCE = 500;
    private static final int MOST_FEEDBACK = 100_000;

    private final Jdbi jdbi;

    /** A store in the control database. */
    public AlertStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A changed detection. Public, so that its values can be bound by name. */
    public record Found(
            String id,
            int revision,
            String detector,
            String sensor,
            String source,
            long port,
            String traffic,
            String kind,
            long started,
            long seen,
            boolean ended,
            String fields,
            long changed) {}

    /** What one step did: whether there may be more to do, and the alerts that are new or changed. */
    record Step(boolean more, List<String> alerts) {}

    /**
     * Takes the next changed detections and writes the alerts that follow from them, and how far it is, wholly or not
     * at all.
     *
     * @throws StoreException when they can't be written
     */
    Step step(AlertRules rules, long nowUs) {
        try {
            List<Found> waiting = jdbi.withHandle(AlertStore::changed);
            return waiting.isEmpty()
                    ? new Step(false, List.of())
                    : jdbi.inTransaction(handle -> step(handle, rules, nowUs));
        } catch (JdbiException e) {
            throw new StoreException(
                    "alerts can't be written to the control database (" + e.getMessage()
                            + "); make room or mend the disk: they are made from the detections later",
                    e);
        }
    }

    private static List<Found> changed(Handle handle) {
        return handle.createQuery("SELECT id, revision, detector, sensor, source, port, traffic, kind, started, seen,"
                        + " ended, fields, changed FROM detection WHERE changed > :reached ORDER BY changed"
                        + " LIMIT :most")
                .bind("reached", Changes.offset(handle, READER))
                .bind("most", AT_ONCE)
                .mapTo(Found.class)
                .list();
    }

    private static Step step(Handle handle, AlertRules rules, long nowUs) {
        List<Found> changed = changed(handle);
        List<Mute> mutes = Mute.lasting(handle, nowUs);
        List<String> alerts = new ArrayList<>();
        for (Found found : changed) {
            Optional<Severity> severity = rules.judge(found.detector(), Alert.values(found.id(), found.fields()));
            if (write(handle, found, severity, quiet(mutes, found), nowUs)) {
                alerts.add(found.id());
            }
        }
        Changes.mark(handle, "alert", alerts);
        Changes.reached(handle, READER, changed.getLast().changed());
        return new Step(changed.size() == AT_ONCE, alerts);
    }

    private static Optional<String> quiet(List<Mute> mutes, Found found) {
        return mutes.stream()
                .filter(mute -> mute.fits(found.detector(), found.source(), found.port(), found.sensor()))
                .map(Mute::id)
                .reduce((first, last) -> last);
    }

    /** Writes what is known now; what once was an alert stays one, and is never less severe. */
    private static boolean write(
            Handle handle, Found found, Optional<Severity> severity, Optional<String> mute, long nowUs) {
        String update = """
                UPDATE alert SET revision = :revision, port = :port, traffic = :traffic, kind = :kind,
                  severity = CASE WHEN severity < :severity THEN :severity ELSE severity END, started = :started,
                  seen = :seen, ended = :ended, fields = :fields, mute = :mute
                WHERE id = :id
                """;
        String insert = """
                INSERT INTO alert (id, revision, detector, sensor, source, port, traffic, kind, severity, started,
                  seen, ended, fields, state, raised_us, note, mute)
                VALUES (:id, :revision, :detector, :sensor, :source, :port, :traffic, :kind, :severity, :started,
                  :seen, :ended, :fields, 'open', :now, '', :mute)
                """;
        int rank = severity.map(Severity::ordinal).orElse(0);
        if (bound(handle, update, found, rank, mute).execute() == 1) {
            return true;
        }
        return severity.isPresent()
                && bound(handle, insert, found, rank, mute).bind("now", nowUs).execute() == 1;
    }

    private static Update bound(Handle handle, String sql, Found found, int rank, Optional<String> mute) {
        return handle.createUpdate(sql)
                .bindMethods(found)
                .bind("severity", rank)
                .bind("mute", mute.orElse(null));
    }

    /** Alerts that a filter lets through, raised last first. */
    List<Alert> list(AlertFilter filter, int limit) {
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery("SELECT " + Alert.COLUMNS + " FROM alert a WHERE " + filter.sql()
                    + " ORDER BY a.raised_us DESC, a.id LIMIT :limit");
            filter.values().forEach(query::bind);
            return query.bind("limit", limit).mapTo(Alert.class).list();
        });
    }

    /** One alert. */
    public Optional<Alert> find(String id) {
        return jdbi.withHandle(handle -> find(handle, id));
    }

    static Optional<Alert> find(Handle handle, String id) {
        return handle.createQuery("SELECT " + Alert.COLUMNS + " FROM alert a WHERE a.id = :id")
                .bind("id", id)
                .mapTo(Alert.class)
                .findOne();
    }

    private record Count(String name, long number) {}

    /** How many alerts a filter lets through, by a column. */
    Map<String, Long> counts(AlertFilter filter, String column) {
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery("SELECT a." + column + " AS name, count(*) AS number FROM alert a WHERE "
                    + filter.sql() + " GROUP BY a." + column + " ORDER BY a." + column);
            filter.values().forEach(query::bind);
            return counted(query);
        });
    }

    /** False alarms by detector, also of alerts that are gone. */
    Map<String, Long> falseAlarms() {
        return jdbi.withHandle(handle -> counted(handle.createQuery("SELECT detector AS name, count(*) AS number"
                + " FROM alert_feedback GROUP BY detector ORDER BY detector")));
    }

    private static Map<String, Long> counted(Query query) {
        Map<String, Long> counts = new LinkedHashMap<>();
        query.mapTo(Count.class).list().forEach(count -> counts.put(count.name(), count.number()));
        return counts;
    }

    /**
     * Removes alerts whose detections are gone, the oldest of all when there are too many, and mutes that ended; returns how many of them
     * nobody had looked at.
     */
    public long retain(int keep, long nowUs) {
        String gone = "NOT EXISTS (SELECT 1 FROM detection d WHERE d.id = alert.id) OR raised_us <"
                + " (SELECT raised_us FROM alert ORDER BY raised_us DESC LIMIT 1 OFFSET :most)";
        return jdbi.inTransaction(handle -> {
            long open = handle.createQuery(
                            "SELECT count(*) FROM alert WHERE state = 'open' AND mute IS NULL AND (" + gone + ")")
                    .bind("most", keep)
                    .mapTo(Long.class)
                    .one();
            int removed = handle.createUpdate("DELETE FROM alert WHERE " + gone)
                    .bind("most", keep)
                    .execute();
            if (removed > 0) {
                handle.execute("DELETE FROM alert_deed WHERE NOT EXISTS"
                        + " (SELECT 1 FROM alert a WHERE a.id = alert_deed.alert)");
            }
            handle.createUpdate("DELETE FROM alert_feedback WHERE time_us <"
                            + " (SELECT time_us FROM alert_feedback ORDER BY time_us DESC LIMIT 1 OFFSET :most)")
                    .bind("most", MOST_FEEDBACK)
                    .execute();
            handle.execute("DELETE FROM mute WHERE until_us < ?", nowUs);
            return open;
        });
    }
}
