package org.hinomi.observatory.telescope.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hinomi.observatory.store.warehouse.Warehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanPlanTest {
    private static final long START = 1_767_225_600L;
    private static final int HOUR = 3600;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static Filter filter(long from, long to) {
        return new Filter(
                TimeRange.seconds(from, to),
                List.of("tokyo"),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private ScanPlan plan(long from, long to, long budget) {
        try (Warehouse warehouse = Warehouse.open(folder, 256)) {
            warehouse.write(writer -> {
                for (int hour = 0; hour < 5; hour++) {
                    Path file = warehouse.archive().file("tokyo/" + (START + hour * HOUR) + "-0.parquet");
                    writer.register("tokyo", START + (long) hour * HOUR, file, 100);
                    writer.register("osaka", START + (long) hour * HOUR, file.resolveSibling("other" + hour), 100);
                }
            });
            return warehouse.read(snapshot -> ScanPlan.of(snapshot, warehouse, filter(from, to), budget));
        }
    }

    @Test
    void onlyHoursOfTheRangeAndSensorAreRead() {
        ScanPlan plan = plan(START + HOUR + 60, START + 2 * HOUR + 60, 1000);
        assertThat(plan.cut()).isFalse();
        assertThat(plan.table())
                .contains("tokyo/" + (START + HOUR), "tokyo/" + (START + 2 * HOUR))
                .doesNotContain("tokyo/" + START + "-", "tokyo/" + (START + 3 * HOUR), "other");
    }

    @Test
    void aRangeOfTooManyTuplesIsCutToItsNewestHours() {
        ScanPlan plan = plan(START, START + 5 * HOUR, 250);
        assertThat(plan.cut()).isTrue();
        assertThat(plan.filter().range()).isEqualTo(TimeRange.seconds(START + 3 * HOUR, START + 5 * HOUR));
        assertThat(Figures.coverage(plan).partialReason()).contains("2026-01-01T03:00:00Z");
    }

    @Test
    void oneHourIsReadHoweverManyTuplesItHas() {
        ScanPlan plan = plan(START, START + 5 * HOUR, 1);
        assertThat(plan.cut()).isTrue();
        assertThat(plan.filter().range()).isEqualTo(TimeRange.seconds(START + 4 * HOUR, START + 5 * HOUR));
    }
}
