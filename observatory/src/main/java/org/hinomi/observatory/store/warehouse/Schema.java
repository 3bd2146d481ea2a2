package org.hinomi.observatory.store.warehouse;

import java.util.List;

/** The tables. A warehouse of another version is made again from the segments and the archive. */
final class Schema {
    static final int VERSION = 1;

    private static final String ROLLUP_COLUMNS = """
              sensor VARCHAR NOT NULL, step INTEGER NOT NULL, time BIGINT NOT NULL,
              dimension VARCHAR NOT NULL, key VARCHAR NOT NULL,
              packets BIGINT NOT NULL, tuples BIGINT NOT NULL, syn_or_udp BIGINT NOT NULL, to_iot BIGINT NOT NULL,
              c0 BIGINT NOT NULL, c1 BIGINT NOT NULL, c2 BIGINT NOT NULL, c3 BIGINT NOT NULL, c4 BIGINT NOT NULL,
              c5 BIGINT NOT NULL, c6 BIGINT NOT NULL, c7 BIGINT NOT NULL, c8 BIGINT NOT NULL, c9 BIGINT NOT NULL,
              k0 BIGINT NOT NULL, k1 BIGINT NOT NULL, k2 BIGINT NOT NULL,
              sources BLOB NOT NULL, destinations BLOB NOT NULL
            """;

    static final List<String> TABLES = List.of(
            "CREATE TABLE schema_version (version INTEGER NOT NULL)",
            """
            CREATE TABLE flow_tuple (
              sensor VARCHAR NOT NULL, time BIGINT NOT NULL,
              src_hi BIGINT NOT NULL, src_lo BIGINT NOT NULL, dst_hi BIGINT NOT NULL, dst_lo BIGINT NOT NULL,
              src_port INTEGER NOT NULL, dst_port INTEGER NOT NULL, protocol INTEGER NOT NULL, ttl INTEGER NOT NULL,
              tcp_flags INTEGER NOT NULL, ip_len INTEGER NOT NULL, tcp_synlen INTEGER NOT NULL,
              tcp_synwinlen INTEGER NOT NULL, packet_cnt BIGINT NOT NULL,
              first_seq BIGINT NOT NULL, first_ip_id INTEGER NOT NULL,
              later_fragment BOOLEAN NOT NULL, odd_fragment BOOLEAN NOT NULL,
              class INTEGER NOT NULL, kind INTEGER NOT NULL, families INTEGER NOT NULL, matches VARCHAR NOT NULL,
              country VARCHAR NOT NULL, asn BIGINT NOT NULL)
            """,
            "CREATE TABLE rollup (" + ROLLUP_COLUMNS + ")",
            """
            CREATE TABLE archived (
              sensor VARCHAR NOT NULL, hour BIGINT NOT NULL, file VARCHAR NOT NULL PRIMARY KEY,
              tuples BIGINT NOT NULL, bytes BIGINT NOT NULL)
            """,
            "INSERT INTO schema_version VALUES (" + VERSION + ")");

    /**
     * What a cluster that works for this tower adds up: apart from the tower's own sums, which segments and archive
     * make again, with how far it was read. A database without it gets it. Questions go to {@code rollups}, which has
     * both.
     */
    static final List<String> CLUSTER_TABLES = List.of(
            "CREATE TABLE IF NOT EXISTS cluster_rollup (" + ROLLUP_COLUMNS + ")",
            "CREATE TABLE IF NOT EXISTS cluster_offset (source VARCHAR NOT NULL, changed BIGINT NOT NULL)",
            "CREATE VIEW IF NOT EXISTS rollups AS SELECT * FROM rollup UNION ALL SELECT * FROM cluster_rollup");

    /** The columns of an archived hour, in the order that look-ups by source read least of. */
    static final String ARCHIVE_ORDER = "src_hi, src_lo, time";

    private Schema() {}
}
