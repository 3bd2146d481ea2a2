package org.hinomi.scale.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hinomi.kernel.tally.Tally;
import org.hinomi.kernel.tally.TallyRow;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ResultWriterTest {
    private static EmbeddedPostgres postgres;
    private static Database database;

    @BeforeAll
    static void tables() throws Exception {
        postgres = EmbeddedPostgres.start();
        database = new Database(postgres.getJdbcUrl("postgres", "postgres"), "", "");
        try (Connection connection = database.connect()) {
            ResultTables.make(connection);
            ResultTables.make(connection);
        }
    }

    @AfterAll
    static void close() throws Exception {
        postgres.close();
    }

    private static DetectionRow detection(String id, int revision) {
        return new DetectionRow(
                id, revision, "scan", "tokyo", "192.0.2.1", 23, "tcp_syn", "scan", 1, 2, 3, false, false, "{}");
    }

    private static SumRow sum(int tuples) {
        TallyRow empty = new Tally().row("tokyo", 60, 0, "all", "");
        return new SumRow(new TallyRow(
                "tokyo",
                60,
                0,
                "all",
                "",
                tuples * 2L,
                tuples,
                0,
                0,
                empty.classes(),
                empty.kinds(),
                empty.sources(),
                empty.destinations()));
    }

    private static void write(ResultRow... rows) throws Exception {
        try (Connection connection = database.connect()) {
            ResultWriter.write(connection, List.of(rows));
        }
    }

    private static long number(String sql) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void whatKnowsLessDoesNotReplaceWhatKnowsMore() throws Exception {
        write(detection("a", 3), sum(10), new CountRow("batches", 7));
        long changed = number("SELECT changed FROM hinomi_detection WHERE id = 'a'");
        write(detection("a", 2), sum(9));
        assertThat(number("SELECT revision FROM hinomi_detection WHERE id = 'a'"))
                .isEqualTo(3);
        assertThat(number("SELECT changed FROM hinomi_detection WHERE id = 'a'"))
                .isEqualTo(changed);
        assertThat(number("SELECT packets FROM hinomi_rollup")).isEqualTo(20);
        write(detection("a", 4), sum(11));
        assertThat(number("SELECT changed FROM hinomi_detection WHERE id = 'a'"))
                .isGreaterThan(changed);
        assertThat(number("SELECT packets FROM hinomi_rollup")).isEqualTo(22);
        assertThat(number("SELECT value FROM hinomi_scale_state")).isEqualTo(7);
    }

    @Test
    void whoFollowsTheNumberOfChangesMissesNothingThoughTwoWrite() throws Exception {
        int each = 150;
        AtomicBoolean over = new AtomicBoolean();
        List<Long> seen;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<Long>> following = threads.submit(() -> follow(over));
            Future<?> one = threads.submit(() -> writeMany("one", each));
            Future<?> other = threads.submit(() -> writeMany("other", each));
            one.get(60, TimeUnit.SECONDS);
            other.get(60, TimeUnit.SECONDS);
            over.set(true);
            seen = following.get(60, TimeUnit.SECONDS);
        }
        assertThat(seen).hasSize(2 * each).isSorted().doesNotHaveDuplicates();
    }

    private static void writeMany(String name, int count) {
        try (Connection connection = database.connect()) {
            for (int i = 0; i < count; i++) {
                ResultWriter.write(connection, List.of(detection("follow " + name + i, 0)));
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Long> follow(AtomicBoolean over) {
        List<Long> seen = new ArrayList<>();
        long newest = 0;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            while (true) {
                boolean last = over.get();
                try (ResultSet rows = statement.executeQuery("SELECT changed FROM hinomi_detection WHERE changed > "
                        + newest + " AND id LIKE 'follow%' ORDER BY changed")) {
                    while (rows.next()) {
                        newest = rows.getLong(1);
                        seen.add(newest);
                    }
                }
                if (last) {
                    return seen;
                }
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
