package org.hinomi.scale.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.hinomi.kernel.address.AddressText;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.wire.flowfile.CorsaroFilters;
import org.hinomi.wire.flowfile.FlowField;
import org.hinomi.wire.flowfile.FlowLabels;

/**
 * Writes flow tuples as a Parquet file (format 2.9, data pages of version 1, plain encoding, Zstandard) to a stream that
 * is not closed. Not thread-safe.
 */
public final class TupleFile {
    private static final int GROUP_ROWS = 1 << 17;
    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    private final OutputStream out;
    private final int rules;
    private final FlowLabels labels = new FlowLabels(Origin.UNKNOWN);
    private final List<Column> columns = new ArrayList<>();
    private final List<List<Column.Written>> groups = new ArrayList<>();
    private int pending;
    private long offset;
    private long rows;

    /** Begins a file. */
    public TupleFile(OutputStream out, FingerprintCatalogue catalogue) throws IOException {
        this.out = out;
        this.rules = catalogue.packetRules().size();
        for (FlowField field : FlowField.values()) {
            boolean address = field == FlowField.SRC_IP || field == FlowField.DST_IP || field.parquetOnly();
            columns.add(new Column(field.id(), field.type, address));
        }
        FlowField.matches(catalogue).forEach(name -> columns.add(new Column(name, FlowField.Type.INT, false)));
        out.write(MAGIC);
        offset = MAGIC.length;
    }

    /** Adds a tuple of a sensor. */
    public void add(FlowRow row, String sensor) throws IOException {
        for (FlowField field : FlowField.values()) {
            add(columns.get(field.ordinal()), field, row, sensor);
        }
        for (int lane = 0; lane < rules; lane++) {
            columns.get(FlowField.values().length + lane).number(row.matches(lane));
        }
        if (++pending == GROUP_ROWS) {
            group();
        }
    }

    private void add(Column to, FlowField field, FlowRow row, String sensor) {
        switch (field) {
            case TIME -> to.number(row.time);
            case SRC_IP -> v4(to, row.srcHi, row.srcLo);
            case DST_IP -> v4(to, row.dstHi, row.dstLo);
            case SRC_PORT -> to.number(row.srcPort);
            case DST_PORT -> to.number(row.dstPort);
            case PROTOCOL -> to.number(row.protocol);
            case TTL -> to.number(row.ttl);
            case TCP_FLAGS -> to.number(row.tcpFlags);
            case IP_LEN -> to.number(row.ipLen);
            case TCP_SYNLEN -> to.number(row.tcpSynLen);
            case TCP_SYNWINLEN -> to.number(row.tcpSynWinLen);
            case PACKET_CNT -> to.number(row.packetCnt);
            case IS_SPOOFED -> to.number(CorsaroFilters.spoofed(row) ? 1 : 0);
            case IS_MASSCAN -> to.number(CorsaroFilters.masscan(row) ? 1 : 0);
            case MAXMIND_CONTINENT, MAXMIND_COUNTRY, NETACQ_CONTINENT, NETACQ_COUNTRY -> to.text(FlowField.UNKNOWN);
            case PREFIX2ASN -> to.number(0);
            case SENSOR -> to.text(sensor);
            case KIND -> to.text(labels.kind(row));
            case FIRST_SEQ -> to.number(row.firstSeq);
            case FIRST_IP_ID -> to.number(row.firstIpId);
            case LATER_FRAGMENT -> to.number(row.laterFragment ? 1 : 0);
            case ODD_FRAGMENT_FIELD -> to.number(row.oddFragmentField ? 1 : 0);
            case SRC_IP6 -> v6(to, row.srcHi, row.srcLo);
            case DST_IP6 -> v6(to, row.dstHi, row.dstLo);
        }
    }

    private static void v4(Column to, long hi, long lo) {
        if (IpAddress.isV4(hi, lo)) {
            to.number(lo & 0xffff_ffffL);
        } else {
            to.none();
        }
    }

    private static void v6(Column to, long hi, long lo) {
        if (IpAddress.isV4(hi, lo)) {
            to.none();
        } else {
            to.text(AddressText.format(hi, lo));
        }
    }

    private void group() throws IOException {
        List<Column.Written> chunks = new ArrayList<>();
        for (Column column : columns) {
            Column.Written chunk = column.write(out, offset);
            offset += chunk.packed();
            chunks.add(chunk);
        }
        groups.add(chunks);
        rows += pending;
        pending = 0;
    }

    /** Ends the file, and leaves the stream open. */
    public void finish() throws IOException {
        if (pending > 0) {
            group();
        }
        ThriftWriter footer = new ThriftWriter();
        footer.i32(1, 1);
        footer.structs(2, columns.size() + 1);
        footer.element();
        footer.text(4, "flowtuple");
        footer.i32(5, columns.size());
        footer.end();
        columns.forEach(column -> column.schema(footer));
        footer.i64(3, rows);
        footer.structs(4, groups.size());
        groups.forEach(group -> rowGroup(footer, group));
        footer.text(6, "hinomi");
        byte[] bytes = footer.finish();
        out.write(bytes);
        out.write(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(bytes.length)
                .array());
        out.write(MAGIC);
    }

    private static void rowGroup(ThriftWriter to, List<Column.Written> chunks) {
        to.element();
        to.structs(1, chunks.size());
        chunks.forEach(chunk -> chunk.metadata(to));
        to.i64(2, chunks.stream().mapToLong(Column.Written::unpacked).sum());
        to.i64(3, chunks.getFirst().rows());
        to.end();
    }
}
