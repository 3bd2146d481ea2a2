package org.hinomi.scale.result;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import org.hinomi.kernel.tally.TallyRow;

/**
 * Writes rows, all or none of them. A row never takes the place of one that knows more: a detection of a higher
 * revision, a sum of more tuples. So rows may be written again, by whoever comes too late as well, and what is there in
 * the end is the same.
 */
final class ResultWriter {
    private static final int MOST_REFUSED = 10_000;

    private static final String DETECTION = """
            INSERT INTO hinomi_detection (id, revision, detector, sensor, source, port, traffic, kind, started, seen,
              reported, ended, aggressive, fields, changed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nextval('hinomi_changed'))
            ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, port = excluded.port,
              traffic = excluded.traffic, seen = excluded.seen, reported = excluded.reported, ended = excluded.ended, aggressive = excluded.aggressive,
              fields = excluded.fields, changed = excluded.changed
            WHERE excluded.revision >= hinomi_detection.revision
            """;

    private static final String SUM = """
            INSERT INTO hinomi_rollup (sensor, step, time, dimension, key, packets, tuples, syn_or_udp, to_iot, classes,
              kinds, sources, destinations, changed)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nextval('hinomi_changed'))
            ON CONFLICT (sensor, step, time, dimension, key) DO UPDATE SET packets = excluded.packets,
              tuples = excluded.tuples, syn_or_udp = excluded.syn_or_udp, to_iot = excluded.to_iot,
              classes = excluded.classes, kinds = excluded.kinds, sources = excluded.sources,
              destinations = excluded.destinations, changed = excluded.changed
            WHERE excluded.tuples >= hinomi_rollup.tuples
            """;

    private static final String COUNT = """
            INSERT INTO hinomi_scale_state (name, value) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """;

    private static final String REFUSED = """
            INSERT INTO hinomi_scale_refused (partition, position, came, sensor, bytes, reason, sentence)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """;

    private static final String FORGET = "DELETE FROM hinomi_scale_refused WHERE came < (SELECT came FROM"
            + " hinomi_scale_refused ORDER BY came DESC LIMIT 1 OFFSET " + MOST_REFUSED + ")";

    private ResultWriter() {}

    static void write(Connection connection, Collection<ResultRow> rows) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement lock = connection.createStatement()) {
            lock.execute("SELECT pg_advisory_xact_lock(" + ResultTables.LOCK + ")");
            try (PreparedStatement detections = connection.prepareStatement(DETECTION);
                    PreparedStatement sums = connection.prepareStatement(SUM);
                    PreparedStatement counts = connection.prepareStatement(COUNT);
                    PreparedStatement refused = connection.prepareStatement(REFUSED)) {
                boolean refusals = false;
                for (ResultRow row : rows) {
                    switch (row) {
                        case DetectionRow detection -> add(detections, detection);
                        case SumRow sum -> add(sums, sum.sum(), connection);
                        case CountRow count -> add(counts, count);
                        case RefusedRow refusal -> add(refused, refusal);
                    }
                    refusals |= row instanceof RefusedRow;
                }
                detections.executeBatch();
                sums.executeBatch();
                counts.executeBatch();
                refused.executeBatch();
                if (refusals) {
                    lock.execute(FORGET);
                }
            }
            connection.commit();
        } finally {
            connection.rollback();
        }
    }

    private static void add(PreparedStatement to, DetectionRow row) throws SQLException {
        to.setString(1, row.id());
        to.setInt(2, row.revision());
        to.setString(3, row.detector());
        to.setString(4, row.sensor());
        to.setString(5, row.source());
        to.setLong(6, row.port());
        to.setString(7, row.traffic());
        to.setString(8, row.kind());
        to.setLong(9, row.started());
        to.setLong(10, row.seen());
        to.setLong(11, row.reported());
        to.setBoolean(12, row.ended());
        to.setBoolean(13, row.aggressive());
        to.setString(14, row.fields());
        to.addBatch();
    }

    private static void add(PreparedStatement to, TallyRow sum, Connection connection) throws SQLException {
        to.setString(1, sum.sensor());
        to.setInt(2, sum.step());
        to.setLong(3, sum.time());
        to.setString(4, sum.dimension());
        to.setString(5, sum.key());
        to.setLong(6, sum.packets());
        to.setLong(7, sum.tuples());
        to.setLong(8, sum.synOrUdp());
        to.setLong(9, sum.toIot());
        to.setArray(10, connection.createArrayOf("bigint", boxed(sum.classes())));
        to.setArray(11, connection.createArrayOf("bigint", boxed(sum.kinds())));
        to.setBytes(12, sum.sources());
        to.setBytes(13, sum.destinations());
        to.addBatch();
    }

    private static Long[] boxed(long[] values) {
        return java.util.Arrays.stream(values).boxed().toArray(Long[]::new);
    }

    private static void add(PreparedStatement to, CountRow row) throws SQLException {
        to.setString(1, row.name());
        to.setLong(2, row.value());
        to.addBatch();
    }

    private static void add(PreparedStatement to, RefusedRow row) throws SQLException {
        to.setInt(1, row.partition());
        to.setLong(2, row.offset());
        to.setLong(3, row.millis());
        to.setString(4, row.sensor());
        to.setInt(5, row.bytes());
        to.setString(6, row.reason());
        to.setString(7, row.sentence());
        to.addBatch();
    }
}
