package org.hinomi.observatory.detect;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hinomi.kernel.detect.Detection;
import org.hinomi.kernel.detect.FieldValue;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.control.Changes;
import org.hinomi.observatory.web.json.Json;
import org.hinomi.observatory.web.json.JsonException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** Detections in the control database, each once: writing one again replaces it unless what is there is newer. */
public final class DetectionStore {
    private static final long MICROS = 1_000_000;
    private static final int MOST = 1_000_000;

    private final Jdbi jdbi;

    /** A store in the control database. */
    public DetectionStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * A stored detection. Times are microseconds since 1970-01-01 UTC; {@code seen} is the end of its last minute.
     *
     * @param fields the values by name, as JSON
     */
    public record Stored(
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
            long reported,
            boolean ended,
            boolean aggressive,
            String fields) {
        /**
         * The values by name.
         *
         * @throws StoreException when they are damaged
         */
        public Map<String, Object> values() {
            try {
                @SuppressWarnings("unchecked")
                Map<String, Object> values = Json.read(fields.getBytes(StandardCharsets.UTF_8), Map.class);
                return values;
            } catch (JsonException e) {
                throw new StoreException("detection " + id + " is damaged: " + e.getMessage(), e);
            }
        }
    }

    /**
     * Writes detections, and returns when they are on disk.
     *
     * @throws StoreException when they can't be written
     */
    public void write(List<Detection> detections) {
        try {
            jdbi.useTransaction(handle -> {
                PreparedBatch batch = handle.prepareBatch("""
                        INSERT INTO detection (id, revision, detector, sensor, source, port, traffic, kind, started,
                          seen, reported, ended, aggressive, fields)
                        VALUES (:id, :revision, :detector, :sensor, :source, :port, :traffic, :kind, :started,
                          :seen, :reported, :ended, :aggressive, :fields)
                        ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, port = excluded.port,
                          traffic = excluded.traffic, seen = excluded.seen, reported = excluded.reported, ended = excluded.ended, aggressive = excluded.aggressive,
                          fields = excluded.fields
                        WHERE excluded.revision >= detection.revision
                        """);
                detections.forEach(detection -> bind(batch, detection));
                batch.execute();
                Changes.mark(
                        handle,
                        "detection",
                        detections.stream().map(Detection::id).toList());
            });
        } catch (JdbiException e) {
            throw new StoreException(
                    "detections can't be written to the control database (" + e.getMessage()
                            + "); make room or mend the disk: they are found again",
                    e);
        }
    }

    private static void bind(PreparedBatch batch, Detection detection) {
        batch.bind("id", detection.id())
                .bind("revision", detection.revision())
                .bind("detector", detection.detector())
                .bind("sensor", detection.stream())
                .bind("source", text(detection, "source"))
                .bind("port", whole(detection, "port"))
                .bind("traffic", text(detection, "traffic"))
                .bind("kind", text(detection, "kind"))
                .bind("started", detection.first() * MICROS)
                .bind("seen", detection.last() * MICROS)
                .bind("reported", detection.reported() * MICROS)
                .bind("ended", detection.ended())
                .bind("aggressive", text(detection, "aggressive").equals("yes"))
                .bind("fields", Json.text(values(detection)))
                .add();
    }

    private static String text(Detection detection, String field) {
        return detection.field(field).map(FieldValue::text).orElse("");
    }

    private static long whole(Detection detection, String field) {
        return detection.field(field).orElse(new FieldValue.Whole(-1)) instanceof FieldValue.Whole whole
                ? whole.value()
                : -1;
    }

    /** Its fields as plain values: numbers, texts, lists of names, counts by name. */
    static Map<String, Object> values(Detection detection) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Detection.Field field : detection.fields()) {
            values.put(
                    field.name(),
                    switch (field.value()) {
                        case FieldValue.Whole whole -> whole.value();
                        case FieldValue.Text text -> text.value();
                        case FieldValue.Flag flag -> flag.value();
                        case FieldValue.Names names -> names.values();
                        case FieldValue.Counts counts -> counts.values();
                    });
        }
        return values;
    }

    /** Detections that a filter lets through, last seen first. */
    public List<Stored> list(DetectionFilter filter, int limit) {
        return jdbi.withHandle(handle -> {
            Query query = handle.createQuery("SELECT id, revision, detector, sensor, source, port, traffic, kind,"
                    + " started, seen, reported, ended, aggressive, fields FROM detection WHERE "
                    + filter.sql() + " ORDER BY seen DESC, id LIMIT :limit");
            filter.values().forEach(query::bind);
            return query.bind("limit", limit).mapTo(Stored.class).list();
        });
    }

    /** Removes everything of a sensor. */
    public void drop(String sensor) {
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM detection WHERE sensor = :sensor")
                .bind("sensor", sensor)
                .execute());
    }

    /** Removes detections of some sensors that are too old, and the oldest of all when there are too many. */
    public void retain(Set<String> sensors, long oldestSecond) {
        jdbi.useHandle(handle -> {
            for (String sensor : sensors) {
                handle.createUpdate("DELETE FROM detection WHERE sensor = :sensor AND seen < :oldest")
                        .bind("sensor", sensor)
                        .bind("oldest", oldestSecond * MICROS)
                        .execute();
            }
            handle.createUpdate("""
                            DELETE FROM detection WHERE seen < (
                              SELECT seen FROM detection ORDER BY seen DESC LIMIT 1 OFFSET :most)
                            """).bind("most", MOST).execute();
        });
    }
}
