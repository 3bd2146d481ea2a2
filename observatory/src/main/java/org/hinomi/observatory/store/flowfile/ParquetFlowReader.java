package org.hinomi.observatory.store.flowfile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.LongConsumer;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.wire.flowfile.Damage;
import org.hinomi.wire.flowfile.FlowField;
import org.hinomi.wire.flowfile.FlowFileException;
import org.hinomi.wire.flowfile.FlowValue;

/** Reads flow tuples from Parquet with DuckDB, as a stream. */
final class ParquetFlowReader extends FlowFileReader {
    private static final int PROGRESS_EVERY = 1 << 16;

    private final Path file;
    private final DuckDbSession session;
    private final List<FlowField> numbers = new ArrayList<>();
    private final List<Integer> lanes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final boolean v6;
    private final String query;
    private final long total;

    /**
     * Opens a file and checks its columns.
     *
     * @throws FlowFileException when it holds no flow tuples
     */
    ParquetFlowReader(Path file, FingerprintCatalogue catalogue) {
        super(file);
        this.file = file;
        try {
            session = DuckDbSession.inMemory(file);
        } catch (SQLException e) {
            throw new FlowFileException(file + " can't be read: " + e.getMessage());
        }
        try {
            Map<String, String> columns = columns();
            for (FlowField field : FlowField.values()) {
                if (FlowValue.taken(field) && !field.parquetOnly() && columns.containsKey(field.id())) {
                    numbers.add(field);
                } else if (FlowValue.needed(field)) {
                    throw new Damage("it has no column " + field.id());
                }
            }
            v6 = columns.containsKey(FlowField.SRC_IP6.id()) && columns.containsKey(FlowField.DST_IP6.id());
            query = query(columns, FlowField.matches(catalogue));
            total = total();
            missing(List.copyOf(columns.keySet()), catalogue).ifPresent(this::warn);
        } catch (Damage e) {
            close();
            throw new FlowFileException(file + " is no file of flow tuples: " + e.what());
        } catch (SQLException e) {
            close();
            throw new FlowFileException(file + " can't be read: it is cut off or damaged");
        }
    }

    private String source() {
        return "read_parquet(" + DuckDbSession.quoted(file.toAbsolutePath().toString()) + ")";
    }

    private Map<String, String> columns() throws SQLException {
        Map<String, String> columns = new LinkedHashMap<>();
        try (Statement statement = session.connection().createStatement();
                ResultSet rows = statement.executeQuery("DESCRIBE SELECT * FROM " + source())) {
            while (rows.next()) {
                columns.put(rows.getString(1), rows.getString(2));
            }
        }
        return columns;
    }

    private long total() throws SQLException {
        try (Statement statement = session.connection().createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + source())) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /** Numbers first, then match counts, then the two IPv6 addresses; a null number is read as -1. */
    private String query(Map<String, String> columns, List<String> matches) throws Damage {
        StringJoiner wanted = new StringJoiner(", ");
        for (FlowField field : numbers) {
            wanted.add(number(field.id(), columns));
        }
        for (int lane = 0; lane < matches.size(); lane++) {
            if (columns.containsKey(matches.get(lane))) {
                wanted.add(number(matches.get(lane), columns));
                lanes.add(lane);
            }
        }
        if (v6) {
            wanted.add("src_ip6::VARCHAR").add("dst_ip6::VARCHAR");
        }
        return "SELECT " + wanted + " FROM " + source();
    }

    private static String number(String column, Map<String, String> columns) throws Damage {
        if (!String.valueOf(columns.get(column)).matches("U?(TINYINT|SMALLINT|INTEGER|BIGINT)|BOOLEAN")) {
            throw new Damage("its column " + column + " is of type " + columns.get(column) + ", not a whole number");
        }
        return "coalesce(\"" + column + "\"::BIGINT, -1)";
    }

    private void warn(String what) {
        warnings.add(name() + ": " + what);
    }

    @Override
    public FlowFileReport read(FlowTupleSink sink, LongConsumer progress) {
        FlowRow row = new FlowRow();
        long tuples = 0;
        long size = size();
        try (Statement statement = session.connection().createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                read(rows, row);
                sink.tuple(row);
                if ((++tuples & PROGRESS_EVERY - 1) == 0) {
                    progress.accept((long) ((double) size * tuples / Math.max(1, total)));
                }
            }
        } catch (Damage e) {
            warn("the flow tuple in row " + (tuples + 1) + " is damaged: " + e.what()
                    + "; what is after it was not read");
        } catch (SQLException e) {
            warn("it is damaged after row " + tuples + "; what is after it was not read");
        }
        progress.accept(size);
        return new FlowFileReport(tuples, List.copyOf(warnings));
    }

    private long size() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    private void read(ResultSet rows, FlowRow row) throws SQLException, Damage {
        FlowValue.defaults(row);
        int lanesAt = numbers.size();
        int addressesAt = lanesAt + lanes.size();
        String source = v6 ? rows.getString(addressesAt + 1) : null;
        for (int i = 0; i < lanesAt; i++) {
            FlowField field = numbers.get(i);
            if (source == null || field != FlowField.SRC_IP && field != FlowField.DST_IP) {
                FlowValue.set(row, field, rows.getLong(i + 1));
            }
        }
        for (int i = 0; i < lanes.size(); i++) {
            FlowValue.match(row, lanes.get(i), rows.getLong(lanesAt + i + 1));
        }
        if (source != null) {
            IpAddress src = address(source);
            IpAddress dst = address(rows.getString(addressesAt + 2));
            row.srcHi = src.hi();
            row.srcLo = src.lo();
            row.dstHi = dst.hi();
            row.dstLo = dst.lo();
        }
    }

    private static IpAddress address(String text) throws Damage {
        Optional<IpAddress> address = text == null ? Optional.empty() : IpAddress.parse(text);
        return address.orElseThrow(() -> new Damage("an IPv6 address can't be read"));
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (SQLException e) {
            warn("it could not be closed: " + e.getMessage());
        }
    }
}
