package org.hinomi.observatory.alert;

import java.util.List;
import org.hinomi.observatory.store.control.Changes;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Detections as detectors write them to the control database. */
public final class MadeDetections {
    /** Start of the minute in which the first begins, seconds since 1970-01-01 UTC. */
    public static final long START = 1_780_000_020;

    private static final long MICROS = 1_000_000;

    private MadeDetections() {}

    /** The id of the nth detection. */
    public static String id(int n) {
        return String.format("%032x", n);
    }

    /** Writes a scan by 203.0.113.n, aggressive or not, in one revision. */
    public static void scan(Jdbi jdbi, int n, int revision, boolean aggressive, boolean ended) {
        jdbi.useTransaction(handle -> {
            scan(handle, "tokyo", n, revision, aggressive, ended);
            Changes.mark(handle, "detection", List.of(id(n)));
        });
    }

    /** The same for a sensor, without telling anybody. */
    static void scan(Handle handle, String sensor, int n, int revision, boolean aggressive, boolean ended) {
        String fields = "{\"source\":\"203.0.113." + n + "\",\"destinations\":" + (100 + revision)
                + ",\"packets\":900,\"coverage\":140000,\"aggressive\":" + aggressive + ",\"tools\":[\"mirai\"]}";
        write(handle, "scan", sensor, n, revision, aggressive, ended, fields);
    }

    /** Writes an attack on 203.0.113.n that is answered at a rate. */
    public static void attack(Jdbi jdbi, int n, long rate) {
        jdbi.useTransaction(handle -> {
            String fields = "{\"attack\":\"syn_flood\",\"packets\":900,\"rate\":" + rate + "}";
            write(handle, "dos", "tokyo", n, 0, false, false, fields);
            Changes.mark(handle, "detection", List.of(id(n)));
        });
    }

    /** Writes that 203.0.113.n of an organisation sends into the dark space. */
    public static void own(Jdbi jdbi, int n) {
        jdbi.useTransaction(handle -> {
            String fields = "{\"organisation_name\":\"Example University\",\"grade\":\"strong\"}";
            write(handle, "own", "tokyo", n, 0, false, false, fields);
            Changes.mark(handle, "detection", List.of(id(n)));
        });
    }

    private static void write(
            Handle handle,
            String detector,
            String sensor,
            int n,
            int revision,
            boolean aggressive,
            boolean ended,
            String fields) {
        handle.createUpdate("""
                        INSERT INTO detection (id, revision, detector, sensor, source, port, traffic, kind, started,
                          seen, reported, ended, aggressive, fields)
                        VALUES (:id, :revision, :detector, :sensor, :source, 23, 'tcp_syn', 'scan', :started,
                          :seen, :seen, :ended, :aggressive, :fields)
                        ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, seen = excluded.seen,
                          ended = excluded.ended, aggressive = excluded.aggressive, fields = excluded.fields
                        """)
                .bind("id", id(n))
                .bind("revision", revision)
                .bind("detector", detector)
                .bind("sensor", sensor)
                .bind("source", "203.0.113." + n)
                .bind("started", START * MICROS)
                .bind("seen", (START + 60 * (revision + 1L)) * MICROS)
                .bind("ended", ended)
                .bind("aggressive", aggressive)
                .bind("fields", fields)
                .execute();
    }
}
