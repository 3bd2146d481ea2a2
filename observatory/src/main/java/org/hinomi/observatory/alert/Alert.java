package org.hinomi.observatory.alert;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.hinomi.kernel.alert.Severity;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.web.json.Json;
import org.hinomi.observatory.web.json.JsonException;
import org.jspecify.annotations.Nullable;

/**
 * A detection that somebody should look at; it has the detection's id. Times are microseconds since 1970-01-01 UTC:
 * those of packets in event time, {@code raisedUs} and {@code handledUs} by the clock on the wall.
 *
 * @param severity rank of a {@link Severity}; it only rises
 * @param ended whether the thing itself is over, whatever people did about it
 * @param fields the detector's values by name, as JSON
 * @param state open, acknowledged or closed
 * @param note what was said when it was handled last
 * @param mute id of the mute that keeps it quiet
 * @param falseAlarm whether somebody said that it is one
 */
public record Alert(
        String id,
        int revision,
        String detector,
        String sensor,
        String source,
        long port,
        String traffic,
        String kind,
        int severity,
        long started,
        long seen,
        boolean ended,
        String fields,
        String state,
        long raisedUs,
        @Nullable String handledBy,
        @Nullable Long handledUs,
        String note,
        @Nullable String mute,
        boolean falseAlarm,
        long changed) {
    /** The detector whose alerts name the owners of machines: for analysts and administrators only. */
    public static final String OWN = "own";

    /** Nobody has handled it. */
    public static final String OPEN = "open";

    /** Somebody knows of it. */
    public static final String ACKNOWLEDGED = "acknowledged";

    /** Somebody is done with it. */
    public static final String CLOSED = "closed";

    /** What is selected from the table {@code alert}, there called {@code a}. */
    public static final String COLUMNS = "a.id, a.revision, a.detector, a.sensor, a.source, a.port, a.traffic, a.kind,"
            + " a.severity, a.started, a.seen, a.ended, a.fields, a.state, a.raised_us, a.handled_by, a.handled_us,"
            + " a.note, a.mute, a.changed,"
            + " EXISTS (SELECT 1 FROM alert_feedback f WHERE f.alert = a.id) AS false_alarm";

    /** The severity that its rank is. */
    public Severity urgency() {
        return Severity.ranked(severity);
    }

    /** The detector's values by name. */
    public Map<String, Object> values() {
        return values(id, fields);
    }

    static Map<String, Object> values(String id, String json) {
        try {
            @SuppressWarnings("unchecked")
            Map<String, Object> values = Json.read(json.getBytes(StandardCharsets.UTF_8), Map.class);
            return values;
        } catch (JsonException e) {
            throw new StoreException("detection " + id + " is damaged: " + e.getMessage(), e);
        }
    }
}
