package org.hinomi.observatory.store.flowfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.hinomi.kernel.address.AddressText;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.wire.flowfile.CorsaroFilters;
import org.hinomi.wire.flowfile.FlowField;
import org.hinomi.wire.flowfile.FlowLabels;

/** Gathers flow tuples in a DuckDB table beside the file, in batches, and copies it to Parquet at the end. */
final class ParquetFlowWriter extends FlowFileWriter {
    private static final int BATCH = 122_880;
    private static final String TABLE = "flowtuple";

    private final FlowLabels labels;
    private final String sensor;
    private final int rules;
    private final Path work;
    private final DuckDbSession session;
    private final DuckDBAppender appender;
    private int pending;

    ParquetFlowWriter(Path file, FingerprintCatalogue catalogue, FlowLabels labels, String sensor) throws IOException {
        super(file);
        this.labels = labels;
        this.sensor = sensor;
        this.rules = catalogue.packetRules().size();
        this.work = part().resolveSibling(part().getFileName() + ".work");
        remove(work);
        Files.createDirectory(work);
        try {
            session = DuckDbSession.in(work, part());
        } catch (SQLException e) {
            remove(work);
            throw new IOException(e.getMessage(), e);
        }
        try {
            session.run("CREATE TABLE " + TABLE + " (" + columns(catalogue) + ")");
            appender = session.connection().createAppender(TABLE);
            // One thread at a time writes, though not always the same: who hands minutes over sees to that.
            var unused = appender.unsafeBreakThreadConfinement();
        } catch (SQLException e) {
            release();
            throw new IOException(e.getMessage(), e);
        }
    }

    private static String columns(FingerprintCatalogue catalogue) {
        StringJoiner columns = new StringJoiner(", ");
        for (FlowField field : FlowField.values()) {
            columns.add(field.id()
                    + switch (field.type) {
                        case INT -> " INTEGER";
                        case LONG -> " BIGINT";
                        case STRING -> " VARCHAR";
                    });
        }
        FlowField.matches(catalogue).forEach(name -> columns.add("\"" + name + "\" INTEGER"));
        return columns.toString();
    }

    @Override
    void write(FlowRow row) throws IOException {
        try {
            appender.beginRow();
            boolean v4 = IpAddress.isV4(row.srcHi, row.srcLo);
            appender.append(row.time);
            if (v4) {
                appender.append(row.srcLo & 0xffff_ffffL).append(row.dstLo & 0xffff_ffffL);
            } else {
                appender.appendNull().appendNull();
            }
            writeCorsaro(row);
            writeOurs(row);
            if (v4) {
                appender.appendNull().appendNull();
            } else {
                appender.append(AddressText.format(row.srcHi, row.srcLo));
                appender.append(AddressText.format(row.dstHi, row.dstLo));
            }
            for (int lane = 0; lane < rules; lane++) {
                appender.append(row.matches(lane));
            }
            appender.endRow();
            if (++pending == BATCH) {
                appender.flush();
                pending = 0;
            }
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void writeCorsaro(FlowRow row) throws SQLException {
        FlowLabels.Country country = labels.country(row);
        appender.append(row.srcPort)
                .append(row.dstPort)
                .append(row.protocol)
                .append(row.ttl)
                .append(row.tcpFlags)
                .append(row.ipLen)
                .append(row.tcpSynLen)
                .append(row.tcpSynWinLen)
                .append(row.packetCnt)
                .append(CorsaroFilters.spoofed(row) ? 1 : 0)
                .append(CorsaroFilters.masscan(row) ? 1 : 0)
                .append(country.continent())
                .append(country.letters())
                .append(FlowField.UNKNOWN)
                .append(FlowField.UNKNOWN)
                .append(labels.asn(row));
    }

    private void writeOurs(FlowRow row) throws SQLException {
        appender.append(sensor)
                .append(labels.kind(row))
                .append(row.firstSeq)
                .append(row.firstIpId)
                .append(row.laterFragment ? 1 : 0)
                .append(row.oddFragmentField ? 1 : 0);
    }

    @Override
    List<String> complete() throws IOException {
        try {
            appender.close();
            session.run("COPY " + TABLE + " TO "
                    + DuckDbSession.quoted(part().toAbsolutePath().toString())
                    + " (FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)");
            return List.of();
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    void release() throws IOException {
        try {
            session.close();
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            remove(work);
        }
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
