package org.hinomi.observatory.store.flowfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.wire.flowfile.FlowFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFlowFileTest {
    private static final FlowFormat PARQUET = new FlowFormat.Parquet();

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadAgainInItsOrderIpv6Included() {
        Path file = folder.resolve("it's [a] *.parquet");
        List<FlowRow> rows = Tuples.any(1, 130_000, true);
        assertThat(Tuples.write(file, PARQUET, rows)).isEmpty();
        Tuples.Read read = Tuples.read(file);
        assertThat(read.report().warnings()).isEmpty();
        assertThat(read.rows()).isEqualTo(Tuples.texts(rows));
        assertThat(folder.toFile().list()).containsExactly("it's [a] *.parquet");
    }

    @Test
    void anEmptyFileOfTuplesIsAFileOfTuples() {
        Path file = folder.resolve("empty.parquet");
        Tuples.write(file, PARQUET, List.of());
        assertThat(Tuples.read(file).report()).isEqualTo(new FlowFileReport(0, List.of()));
    }

    @Test
    void aFileCutAnywhereIsRefusedOrEndsWithAWarning() throws IOException {
        Path file = folder.resolve("sound.parquet");
        Tuples.write(file, PARQUET, Tuples.any(2, 20, true));
        byte[] sound = Files.readAllBytes(file);
        Path cut = folder.resolve("cut.parquet");
        for (int length = 4; length < sound.length; length += 1 + length / 12) {
            Files.write(cut, Arrays.copyOf(sound, length));
            assertThatThrownBy(() -> Tuples.read(cut))
                    .isInstanceOf(FlowFileException.class)
                    .hasMessageContaining("cut.parquet can't be read: it is cut off or damaged");
        }
    }

    @Test
    void aFileOfSomethingElseIsRefusedWithASentence() throws SQLException {
        Path file = folder.resolve("other.parquet");
        for (String[] columnsAndWhy : new String[][] {
            {"1 AS time", "it has no column src_ip"},
            {
                "1 AS time, 'x' AS src_ip, 1 AS dst_ip, 1 AS src_port, 1 AS dst_port, 6 AS protocol, 1 AS ttl,"
                        + " 1 AS tcp_flags, 1 AS ip_len, 1 AS packet_cnt",
                "its column src_ip is of type VARCHAR, not a whole number"
            }
        }) {
            copy("SELECT " + columnsAndWhy[0], file);
            assertThatThrownBy(() -> Tuples.read(file))
                    .isInstanceOf(FlowFileException.class)
                    .hasMessageContaining(columnsAndWhy[1]);
        }
    }

    @Test
    void valuesThatNoPacketHasEndTheReading() throws SQLException {
        Path file = folder.resolve("odd.parquet");
        copy(
                "SELECT 60 AS time, 1 AS src_ip, 1 AS dst_ip, 1 AS src_port, 1 AS dst_port, 6 AS protocol, 1 AS ttl,"
                        + " 1 AS tcp_flags, 1 AS ip_len, n AS packet_cnt FROM (VALUES (5), (NULL), (7)) AS v(n)",
                file);
        Tuples.Read read = Tuples.read(file);
        assertThat(read.rows()).hasSize(1);
        assertThat(read.report().warnings()).singleElement().asString().contains("row 2", "packet_cnt is -1");
    }

    private void copy(String query, Path file) throws SQLException {
        try (DuckDbSession session = DuckDbSession.inMemory(file)) {
            session.run("COPY (" + query + ") TO " + DuckDbSession.quoted(file.toString())
                    + " (FORMAT parquet, USE_TMP_FILE false)");
        }
    }

    @Test
    void aSessionReachesNoOtherFile() throws Exception {
        Path other = Files.writeString(folder.resolve("secret.csv"), "a,b\n1,2\n");
        try (DuckDbSession session = DuckDbSession.inMemory(folder.resolve("a.parquet"))) {
            assertThatThrownBy(() -> session.run("SELECT * FROM read_csv(" + DuckDbSession.quoted(other + "") + ")"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("ermission");
            assertThatThrownBy(() -> session.run("SET enable_external_access = true"))
                    .isInstanceOf(SQLException.class);
        }
    }
}
