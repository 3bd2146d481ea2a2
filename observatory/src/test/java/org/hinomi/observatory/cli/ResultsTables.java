package org.hinomi.observatory.cli;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import org.apache.datasketches.hll.HllSketch;
import org.hinomi.kernel.detect.Detection;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.packet.PacketClass;

/** The tables of results in one database, written as a job would write them. */
final class ResultsTables {
    static final String FIELDS = "{\"source\":\"203.0.113.7\",\"traffic\":\"tcp_syn\",\"kind\":\"scan\",\"port\":23,"
            + "\"packets\":500,\"bytes\":20000,\"destinations\":40,\"destination_networks\":2,\"estimated\":false,"
            + "\"rate\":12,\"coverage\":156250,\"dark_addresses\":256,\"aggressive\":true,\"syns\":500,"
            + "\"tools\":[\"mirai\"],\"matches\":{\"mirai\":500},\"cut\":false}";

    private static final int HOUR = 3600;

    private final ResultsServer server;
    private final String name;

    ResultsTables(ResultsServer server, String name) {
        this.server = server;
        this.name = name;
    }

    void make() throws SQLException {
        run("""
                CREATE SEQUENCE changes;
                CREATE TABLE hinomi_scale_schema(version int);
                INSERT INTO hinomi_scale_schema VALUES (1);
                CREATE TABLE hinomi_detection(id text PRIMARY KEY, revision int, detector text, sensor text,
                  source text, port bigint, traffic text, kind text, started bigint, seen bigint, reported bigint,
                  ended boolean, aggressive boolean, fields text, changed bigint NOT NULL);
                CREATE TABLE hinomi_rollup(sensor text, step int, time bigint, dimension text, key text,
                  packets bigint, tuples bigint, syn_or_udp bigint, to_iot bigint, classes bigint[], kinds bigint[],
                  sources bytea, destinations bytea, changed bigint NOT NULL,
                  PRIMARY KEY (sensor, step, time, dimension, key));
                CREATE TABLE hinomi_scale_state(name text PRIMARY KEY, value bigint);
                GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader;
                """);
    }

    String name() {
        return name;
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + name;
    }

    void run(String sql) throws SQLException {
        server.run(name, sql);
    }

    Connection connect() throws SQLException {
        return server.connect(name);
    }

    /** A sketch of so many addresses. */
    static byte[] sketch(int addresses) {
        HllSketch sketch = new HllSketch(11);
        for (int i = 0; i < addresses; i++) {
            sketch.update(i * 0x9e3779b97f4a7c15L);
        }
        return sketch.toCompactByteArray();
    }

    /** A minute of SYN packets, as a job writes it: its own sums, and what its hour adds up to so far. */
    void minute(String sensor, long minute, long packets, long ofHour) throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            rollup(connection, sensor, 60, minute, "all", "", packets);
            long hour = Math.floorDiv(minute, HOUR) * HOUR;
            rollup(connection, sensor, HOUR, hour, "all", "", ofHour);
            rollup(connection, sensor, HOUR, hour, "port", "tcp/23", ofHour);
            rollup(connection, sensor, HOUR, hour, "country", "BR", ofHour);
            rollup(connection, sensor, HOUR, hour, "network", "4713", ofHour);
            rollup(connection, sensor, HOUR, hour, "family", "mirai", ofHour);
            connection.commit();
        }
    }

    static void rollup(
            Connection connection, String sensor, int step, long time, String dimension, String key, long packets)
            throws SQLException {
        Long[] classes = new Long[PacketClass.count()];
        Arrays.fill(classes, 0L);
        classes[0] = packets;
        Long[] kinds = new Long[Kind.count()];
        Arrays.fill(kinds, 0L);
        kinds[0] = packets;
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO hinomi_rollup VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, nextval('changes'))
                ON CONFLICT (sensor, step, time, dimension, key) DO UPDATE SET packets = excluded.packets,
                  tuples = excluded.tuples, syn_or_udp = excluded.syn_or_udp, to_iot = excluded.to_iot,
                  classes = excluded.classes, kinds = excluded.kinds, sources = excluded.sources,
                  changed = nextval('changes')
                """)) {
            insert.setString(1, sensor);
            insert.setInt(2, step);
            insert.setLong(3, time);
            insert.setString(4, dimension);
            insert.setString(5, key);
            for (int column = 6; column <= 9; column++) {
                insert.setLong(column, packets);
            }
            insert.setArray(10, connection.createArrayOf("bigint", classes));
            insert.setArray(11, connection.createArrayOf("bigint", kinds));
            insert.setBytes(12, sketch(50));
            insert.setBytes(13, dimension.equals("all") ? sketch(20) : new byte[0]);
            insert.execute();
        }
    }

    /** The id of the scan that {@link #scan} writes. */
    static String id(String sensor, String source, long second) {
        return Detection.idOf("scan", sensor, source + " tcp_syn scan 23", second);
    }

    /** A scan of Telnet. */
    void scan(String sensor, String source, long second, int revision) throws SQLException {
        scan(id(sensor, source, second), sensor, source, second, revision, FIELDS);
    }

    void scan(String id, String sensor, String source, long second, int revision, String fields) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement("""
                        INSERT INTO hinomi_detection VALUES (?, ?, 'scan', ?, ?, 23, 'tcp_syn', 'scan', ?, ?, ?, true,
                          true, ?, nextval('changes'))
                        ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, seen = excluded.seen,
                          fields = excluded.fields, changed = nextval('changes')
                        """)) {
            insert.setString(1, id);
            insert.setInt(2, revision);
            insert.setString(3, sensor);
            insert.setString(4, source);
            insert.setLong(5, second * 1_000_000);
            insert.setLong(6, (second + 300) * 1_000_000);
            insert.setLong(7, (second + 300) * 1_000_000);
            insert.setString(8, fields);
            insert.execute();
        }
    }
}
