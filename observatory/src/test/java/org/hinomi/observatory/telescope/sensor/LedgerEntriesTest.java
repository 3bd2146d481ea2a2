package org.hinomi.observatory.telescope.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.LongConsumer;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.kernel.address.PrefixSet;
import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.observatory.store.control.ControlStore;
import org.hinomi.observatory.telescope.KernelData;
import org.hinomi.observatory.telescope.live.LiveTap;
import org.hinomi.observatory.telescope.sensor.Sensor.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a sensor missed lies between two entries of the ledger. */
@Timeout(60)
class LedgerEntriesTest {
    private static final long START = 1_767_225_600L;
    private static final long NANOS = 1_000_000_000L;
    private static final long FAILS = -1;

    private final BlockingQueue<Long> seconds = new ArrayBlockingQueue<>(10);

    /** Tells the seconds it is given, or fails. */
    private final class Told implements PacketSource {
        private volatile int watch;

        @Override
        public void open() {}

        @Override
        public void run(FrameSink sink, LongConsumer quiet) {
            try {
                while (true) {
                    long second = seconds.take();
                    if (second == FAILS) {
                        throw new SourceException("the cable is out");
                    }
                    quiet.accept(second * NANOS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {}

        @Override
        public long dropped() {
            return 7;
        }

        @Override
        public boolean waits() {
            return false;
        }

        @Override
        public int watch() {
            return watch;
        }
    }

    private void tell(SensorRun run, long second) throws InterruptedException {
        seconds.put(second);
        while (run.eventNanos() < second * NANOS) {
            Thread.sleep(5);
        }
    }

    @Test
    void aBreakAndAChangeEachBeginAnEntry(@TempDir Path folder) throws Exception {
        Told source = new Told();
        Sensor sensor =
                new Sensor("tokyo", "", 0, 0, Origin.LIVE, PrefixSet.of(List.of(Prefix.parse("198.18.0.0/24"))));
        try (ControlStore store = ControlStore.open(folder);
                SensorRun run = new SensorRun(
                        sensor,
                        source,
                        KernelData.fingerprints(),
                        1000,
                        batch -> {},
                        new LiveTap(KernelData.ports()),
                        List::of)) {
            Ledger ledger = new Ledger(store.jdbi(), () -> Instant.ofEpochSecond(START + 10_000));
            ledger.describe(sensor);
            LedgerEntries entries = new LedgerEntries(ledger);
            run.start();
            tell(run, START);
            entries.note(run);
            tell(run, START + 1000);
            source.watch = 1;
            entries.note(run);
            tell(run, START + 2000);
            seconds.put(FAILS);
            tell(run, START + 3000);
            entries.note(run);

            List<Ledger.Observation> rows = ledger.observations(10, 0).reversed();
            assertThat(rows).extracting(Ledger.Observation::state).containsExactly("changed", "failed", "running");
            assertThat(rows)
                    .extracting(row -> row.started() / 1_000_000 - START)
                    .containsExactly(0L, 1000L, 3000L);
            assertThat(rows.subList(0, 2))
                    .extracting(row -> row.ended() / 1_000_000 - START)
                    .containsExactly(1000L, 2000L);
            assertThat(rows).extracting(Ledger.Observation::reason).containsExactly("", "the cable is out", "");
            assertThat(rows).extracting(Ledger.Observation::dropped).containsExactly(7L, 0L, 0L);
        }
    }
}
