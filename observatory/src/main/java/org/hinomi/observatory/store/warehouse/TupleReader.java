package org.hinomi.observatory.store.warehouse;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hinomi.kernel.flow.FlowRow;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Where flow tuples are read back from, open hours and archived ones alike. */
public final class TupleReader {
    private static final String COLUMNS = "sensor, time, src_hi, src_lo, dst_hi, dst_lo, src_port, dst_port, protocol, "
            + "ttl, tcp_flags, ip_len, tcp_synlen, tcp_synwinlen, packet_cnt, first_seq, first_ip_id, later_fragment, "
            + "odd_fragment, matches, country, asn";

    private TupleReader() {}

    /** The table expression of open hours and of some archived files, for a FROM. */
    public static String from(ArchiveFolder archive, List<String> files) {
        if (files.isEmpty()) {
            return "flow_tuple";
        }
        List<String> literals = files.stream()
                .map(name -> Warehouse.literal(archive.file(name).toString()))
                .toList();
        return "(SELECT * FROM flow_tuple UNION ALL BY NAME SELECT * FROM read_parquet([" + String.join(", ", literals)
                + "]))";
    }

    /** The table expression of one archived file. */
    public static String file(ArchiveFolder archive, String name) {
        return "read_parquet(" + Warehouse.literal(archive.file(name).toString()) + ")";
    }

    /**
     * Gives each tuple of a query; the buffer is reused.
     *
     * @param rest the query from its FROM on, with named parameters
     */
    static void each(Handle handle, String rest, Map<String, ?> values, Consumer<Tagged> consumer) {
        Tagged tagged = new Tagged();
        try (Query query = handle.createQuery("SELECT " + COLUMNS + " " + rest)) {
            query.bindMap(values).map((row, context) -> fill(row, tagged)).forEach(consumer);
        }
    }

    private static Tagged fill(ResultSet from, Tagged tagged) throws SQLException {
        FlowRow row = tagged.tuple;
        tagged.sensor = from.getString(1);
        row.time = from.getLong(2);
        row.srcHi = from.getLong(3);
        row.srcLo = from.getLong(4);
        row.dstHi = from.getLong(5);
        row.dstLo = from.getLong(6);
        row.srcPort = from.getInt(7);
        row.dstPort = from.getInt(8);
        row.protocol = from.getInt(9);
        row.ttl = from.getInt(10);
        row.tcpFlags = from.getInt(11);
        row.ipLen = from.getInt(12);
        row.tcpSynLen = from.getInt(13);
        row.tcpSynWinLen = from.getInt(14);
        row.packetCnt = from.getLong(15);
        row.firstSeq = from.getLong(16);
        row.firstIpId = from.getInt(17);
        row.laterFragment = from.getBoolean(18);
        row.oddFragmentField = from.getBoolean(19);
        MatchText.read(from.getString(20), row);
        tagged.country = from.getString(21);
        tagged.asn = from.getLong(22);
        return tagged;
    }
}
