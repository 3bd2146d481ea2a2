package org.hinomi.observatory.detect;

import java.util.ArrayList;
import java.util.List;
import org.hinomi.observatory.detect.DetectionStore.Stored;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.control.Changes;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Detections of a cluster in the control database, and up to which change of its table they are there: as one. */
final class ClusterStore {
    private static final String FEED = "detection";

    private final Jdbi jdbi;

    ClusterStore(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Up to which change of a table all is stored; 0 for none of it. */
    long offset(String source) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT changed FROM cluster_offset WHERE feed = :feed AND source = :source")
                .bind("feed", FEED)
                .bind("source", source)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L));
    }

    /**
     * Stores detections and how far the table is read with them, wholly or not at all; returns those that are new or
     * newer than what was there.
     *
     * @throws StoreException when they can't be written
     */
    List<Stored> take(List<Stored> detections, String source, long changed) {
        try {
            return jdbi.inTransaction(handle -> {
                List<Stored> news = new ArrayList<>();
                PreparedBatch batch = handle.prepareBatch("""
                        INSERT INTO detection (id, revision, detector, sensor, source, port, traffic, kind, started,
                          seen, reported, ended, aggressive, fields)
                        VALUES (:id, :revision, :detector, :sensor, :source, :port, :traffic, :kind, :started,
                          :seen, :reported, :ended, :aggressive, :fields)
                        ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, port = excluded.port,
                          traffic = excluded.traffic, seen = excluded.seen, reported = excluded.reported, ended = excluded.ended, aggressive = excluded.aggressive,
                          fields = excluded.fields
                        WHERE excluded.revision > detection.revision AND excluded.sensor = detection.sensor
                        """);
                detections.forEach(detection -> batch.bindMethods(detection).add());
                int[] written = detections.isEmpty() ? new int[0] : batch.execute();
                for (int i = 0; i < written.length; i++) {
                    if (written[i] > 0) {
                        news.add(detections.get(i));
                    }
                }
                Changes.mark(handle, "detection", news.stream().map(Stored::id).toList());
                note(handle, source, changed);
                return news;
            });
        } catch (JdbiException e) {
            throw new StoreException(
                    "the cluster's detections can't be written to the control database (" + e.getMessage()
                            + "); make room or mend the disk: they are read again",
                    e);
        }
    }

    void restart(String source) {
        jdbi.useHandle(handle -> note(handle, source, 0));
    }

    private static void note(Handle handle, String source, long changed) {
        handle.createUpdate("""
                        INSERT INTO cluster_offset (feed, source, changed) VALUES (:feed, :source, :changed)
                        ON CONFLICT (feed) DO UPDATE SET source = excluded.source, changed = excluded.changed
                        """)
                .bind("feed", FEED)
                .bind("source", source)
                .bind("changed", changed)
                .execute();
    }
}
