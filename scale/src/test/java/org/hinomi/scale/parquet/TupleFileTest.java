package org.hinomi.scale.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.scale.stream.Knowledge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DuckDB, which did not write it, reads the file. */
class TupleFileTest {
    private static final FingerprintCatalogue CATALOGUE =
            new Knowledge(Knowledge.usualFingerprints(), Map.of(), Map.of(), 1).catalogue();

    private static FlowRow row(int number) {
        FlowRow row = new FlowRow();
        boolean six = number % 3 == 1;
        row.time = 1_780_000_020L;
        row.srcHi = six ? 0x2001_0db8_0000_0000L : 0;
        row.srcLo = six ? number : IpAddress.V4_PREFIX | 0xff00_0000L + number;
        row.dstHi = row.srcHi;
        row.dstLo = six ? 1 : IpAddress.V4_PREFIX | 1;
        row.srcPort = number % 65_536;
        row.dstPort = 23;
        row.protocol = 6;
        row.packetCnt = number + 1L;
        row.firstSeq = 0xffff_ffffL;
        row.firstIpId = -1;
        row.match(1, number % 5);
        return row;
    }

    private static List<String> query(String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duck.createStatement();
                ResultSet set = statement.executeQuery(sql)) {
            while (set.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= set.getMetaData().getColumnCount(); i++) {
                    row.append(i == 1 ? "" : " ").append(set.getString(i));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    private static String write(Path folder, int count) throws Exception {
        Path file = folder.resolve(count + ".parquet");
        try (OutputStream out = Files.newOutputStream(file)) {
            TupleFile tuples = new TupleFile(out, CATALOGUE);
            for (int i = 0; i < count; i++) {
                tuples.add(row(i), "tokyo");
            }
            tuples.finish();
        }
        return "'" + file + "'";
    }

    @Test
    void valuesAreReadAgainAndAreAbsentWhereTheyCanNotBe(@TempDir Path folder) throws Exception {
        String file = write(folder, 2);
        String match = CATALOGUE.packetRules().get(1).name();
        assertThat(query(
                        "SELECT src_ip, src_ip6, dst_ip, dst_ip6, src_port, packet_cnt, first_seq, first_ip_id, sensor,"
                                + " match_" + match + " FROM " + file))
                .containsExactly(
                        "4278190080 null 1 null 0 1 4294967295 -1 tokyo 0",
                        "null 2001:db8::1 null 2001:db8::1 1 2 4294967295 -1 tokyo 1");
    }

    @Test
    void severalRowGroupsAddUp(@TempDir Path folder) throws Exception {
        int count = 300_000;
        String file = write(folder, count);
        assertThat(query("SELECT count(*), sum(packet_cnt), count(src_ip6), count(DISTINCT src_ip) FROM " + file))
                .containsExactly(
                        count + " " + (long) count * (count + 1) / 2 + " " + count / 3 + " " + (count - count / 3));
        assertThat(query("SELECT num_rows, num_row_groups FROM parquet_file_metadata(" + file + ")"))
                .containsExactly(count + " 3");
    }

    @Test
    void aFileWithoutTuplesIsOne(@TempDir Path folder) throws Exception {
        assertThat(query("SELECT count(*) FROM " + write(folder, 0))).containsExactly("0");
    }
}
