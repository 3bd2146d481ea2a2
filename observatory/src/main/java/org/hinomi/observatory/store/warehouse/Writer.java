package org.hinomi.observatory.store.warehouse;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.hinomi.kernel.flow.FlowRow;

/** What can be changed in the warehouse. Valid during one {@link Warehouse#write}. */
public final class Writer {
    private static final String TABLE = "flow_tuple";

    private final DuckDBConnection connection;
    private final ArchiveFolder archive;
    private final List<Path> archived = new ArrayList<>();

    Writer(DuckDBConnection connection, ArchiveFolder archive) {
        this.connection = connection;
        this.archive = archive;
    }

    /** Removes the files of hours whose archiving did not become part of the database. */
    void undo() {
        archived.forEach(file -> archive.delete(archive.name(file)));
    }

    /** Gives tuples one after the other. */
    @FunctionalInterface
    public interface Tuples {
        /** Fills the buffer with the next tuple; false when there is none. */
        boolean next(Tagged tagged);
    }

    /** Adds flow tuples. */
    public void add(Tuples tuples) throws SQLException {
        Tagged tagged = new Tagged();
        try (DuckDBAppender appender = connection.createAppender(TABLE)) {
            while (tuples.next(tagged)) {
                append(appender, tagged);
            }
        }
    }

    private static void append(DuckDBAppender to, Tagged tagged) throws SQLException {
        FlowRow row = tagged.tuple;
        to.beginRow().append(tagged.sensor).append(row.time);
        to.append(row.srcHi).append(row.srcLo).append(row.dstHi).append(row.dstLo);
        to.append(row.srcPort).append(row.dstPort).append(row.protocol).append(row.ttl);
        to.append(row.tcpFlags).append(row.ipLen).append(row.tcpSynLen).append(row.tcpSynWinLen);
        to.append(row.packetCnt).append(row.firstSeq).append(row.firstIpId);
        to.append(row.laterFragment).append(row.oddFragmentField);
        to.append(row.packetClass()).append(row.kind()).append(row.matchedRules).append(MatchText.of(row));
        to.append(tagged.country).append(tagged.asn).endRow();
    }

    /** Puts roll-up rows in the place of those of their sensor, step and times. */
    public void replace(String sensor, int step, long from, long to, List<RollupRow> rows) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM rollup WHERE sensor = ? AND step = ? AND time >= ? AND time < ?")) {
            delete.setString(1, sensor);
            delete.setInt(2, step);
            delete.setLong(3, from);
            delete.setLong(4, to);
            delete.executeUpdate();
        }
        addRollups(rows);
    }

    /** Adds roll-up rows; those of the same key and time add up. */
    public void addRollups(List<RollupRow> rows) throws SQLException {
        append("rollup", rows);
    }

    /**
     * Puts roll-up rows of a cluster in the place of those of the same sensor, step, time and key, and notes how far
     * its results are stored.
     *
     * @param rows of each key one at most
     */
    public void replaceOfCluster(List<RollupRow> rows, String source, long changed) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE TEMP TABLE arrived AS SELECT * FROM cluster_rollup LIMIT 0");
            append("arrived", rows);
            statement.execute("""
                    DELETE FROM cluster_rollup USING arrived
                    WHERE cluster_rollup.sensor = arrived.sensor AND cluster_rollup.step = arrived.step
                      AND cluster_rollup.time = arrived.time AND cluster_rollup.dimension = arrived.dimension
                      AND cluster_rollup.key = arrived.key
                    """);
            statement.execute("INSERT INTO cluster_rollup SELECT * FROM arrived");
            statement.execute("DROP TABLE arrived");
        }
        execute("DELETE FROM cluster_offset");
        execute("INSERT INTO cluster_offset VALUES (?, ?)", source, changed);
    }

    private void append(String table, List<RollupRow> rows) throws SQLException {
        try (DuckDBAppender appender = connection.createAppender(table)) {
            for (RollupRow row : rows) {
                appender.beginRow().append(row.sensor()).append(row.step()).append(row.time());
                appender.append(row.dimension()).append(row.key());
                appender.append(row.packets())
                        .append(row.tuples())
                        .append(row.synOrUdp())
                        .append(row.toIot());
                for (long packets : row.classes()) {
                    appender.append(packets);
                }
                for (long packets : row.kinds()) {
                    appender.append(packets);
                }
                appender.append(row.sources()).append(row.destinations()).endRow();
            }
        }
    }

    /**
     * Writes the tuples of a closed hour to a file of the archive, and takes them out of the table.
     *
     * @param segments the segments that hold them, superfluous once this is done
     * @return the file, to be given to {@link ArchiveFolder#settled} when the segments are removed
     */
    public Path archive(String sensor, long hour, List<String> segments) throws SQLException {
        String where = " WHERE sensor = " + Warehouse.literal(sensor) + " AND time >= " + hour + " AND time < "
                + (hour + 3600);
        try (Statement statement = connection.createStatement()) {
            Path file = archive.next(sensor, hour);
            Path unfinished = archive.unfinished(file);
            statement.execute("COPY (SELECT * FROM flow_tuple" + where + " ORDER BY " + Schema.ARCHIVE_ORDER + ") TO "
                    + Warehouse.literal(unfinished.toString()) + " (FORMAT parquet, COMPRESSION zstd)");
            archived.add(file);
            archive.finish(file, unfinished, segments);
            register(sensor, hour, file, statement.executeLargeUpdate("DELETE FROM flow_tuple" + where));
            return file;
        } catch (IOException e) {
            throw new SQLException("an hour of sensor " + sensor + " can't be archived: " + e.getMessage(), e);
        }
    }

    /** Notes an archived file. */
    public void register(String sensor, long hour, Path file, long tuples) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO archived VALUES (?, ?, ?, ?, ?)")) {
            insert.setString(1, sensor);
            insert.setLong(2, hour);
            insert.setString(3, archive.name(file));
            insert.setLong(4, tuples);
            insert.setLong(5, file.toFile().length());
            insert.executeUpdate();
        }
    }

    /** Runs one statement with values for its question marks. */
    public int execute(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
