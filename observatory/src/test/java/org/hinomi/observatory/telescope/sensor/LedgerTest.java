package org.hinomi.observatory.telescope.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.observatory.store.control.ControlStore;
import org.hinomi.observatory.telescope.KernelData;
import org.hinomi.observatory.telescope.live.LiveTap;
import org.hinomi.observatory.telescope.query.Answers.Gap;
import org.hinomi.observatory.telescope.query.TimeRange;
import org.hinomi.observatory.telescope.sensor.Sensor.Origin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final long HOUR = 3600;
    private static final long START = 1_767_225_600L;
    private static final Sensor SENSOR = new Sensor(
            "tokyo",
            "Tokyo",
            35.68,
            139.77,
            Origin.LIVE,
            PrefixSet.of(List.of(Prefix.parse("198.18.0.0/24"), Prefix.parse("198.18.1.0/24"))));

    private Instant now = Instant.ofEpochSecond(START + 10 * HOUR);

    @SuppressWarnings("NullAway.Init")
    private ControlStore store;

    @SuppressWarnings("NullAway.Init")
    private Ledger ledger;

    @SuppressWarnings("NullAway.Init")
    private SensorRun run;

    @BeforeEach
    void open(@TempDir Path folder) throws Exception {
        store = ControlStore.open(folder);
        ledger = new Ledger(store.jdbi(), () -> now);
        ledger.describe(SENSOR);
        run = new SensorRun(
                SENSOR,
                new CaptureSource(List.of(), 1, InstantSource.system()),
                KernelData.fingerprints(),
                1000,
                batch -> {},
                new LiveTap(KernelData.ports()),
                List::of);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void observed(long from, long to) {
        ledger.observed(ledger.begin(SENSOR, from), to, new Ledger.Figures(0, 0, 0, "running", ""));
    }

    private List<Gap> gaps(long from, long to) {
        return ledger.gaps(List.of("tokyo"), TimeRange.seconds(from, to));
    }

    private static TimeRange of(Gap gap) {
        return new TimeRange(gap.from(), gap.to());
    }

    @Test
    void whatLiesBetweenObservationsIsAGap() {
        observed(START + HOUR, START + 2 * HOUR);
        observed(START + 3 * HOUR, START + 4 * HOUR);
        assertThat(gaps(START, START + 5 * HOUR).stream().map(LedgerTest::of))
                .containsExactly(
                        TimeRange.seconds(START, START + HOUR),
                        TimeRange.seconds(START + 2 * HOUR, START + 3 * HOUR),
                        TimeRange.seconds(START + 4 * HOUR, START + 5 * HOUR));
        assertThat(gaps(START + HOUR, START + 2 * HOUR)).isEmpty();
    }

    @Test
    void overlappingObservationsLeaveNoGap() {
        observed(START, START + 3 * HOUR);
        observed(START + HOUR, START + 2 * HOUR);
        observed(START + 2 * HOUR, START + 5 * HOUR);
        assertThat(gaps(START, START + 5 * HOUR)).isEmpty();
    }

    @Test
    void theFutureIsNoGapAndNeitherIsAMinuteThatIsStillOpen() {
        observed(START, START + 2 * HOUR);
        now = Instant.ofEpochSecond(START + 2 * HOUR + 120);
        assertThat(gaps(START, START + 5 * HOUR)).isEmpty();
        now = Instant.ofEpochSecond(START + 3 * HOUR);
        assertThat(gaps(START, START + 5 * HOUR).stream().map(LedgerTest::of))
                .containsExactly(TimeRange.seconds(START + 2 * HOUR, START + 3 * HOUR));
    }

    @Test
    void aSensorThatNeverObservedIsOneGap() {
        assertThat(gaps(START, START + HOUR).stream().map(LedgerTest::of))
                .containsExactly(TimeRange.seconds(START, START + HOUR));
    }

    @Test
    void theDarkAddressesOfTheTimeAreKept() {
        observed(START, START + HOUR);
        Ledger.Observation row = ledger.observations(10, 0).getFirst();
        assertThat(row.addresses()).isEqualTo(512);
        assertThat(row.prefixes()).isEqualTo("198.18.0.0/24 198.18.1.0/24");
        assertThat(ledger.sensors()).extracting(Ledger.Known::name).containsExactly("tokyo");
        ledger.forget("tokyo");
        assertThat(ledger.observations(10, 0)).isEmpty();
    }
}
