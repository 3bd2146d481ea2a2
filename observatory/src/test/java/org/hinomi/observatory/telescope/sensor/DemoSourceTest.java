package org.hinomi.observatory.telescope.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.hinomi.kernel.synthetic.TrafficPlan;
import org.junit.jupiter.api.Test;

class DemoSourceTest {
    private static final Instant NOW = Instant.parse("2026-03-02T00:30:00Z");
    private static final long PACKETS = 24_000;

    private static List<Long> timesSince(Instant from) throws InterruptedException {
        DemoSource source = new DemoSource(TrafficPlan.USUAL_DARKNET, PACKETS, 1, from, () -> NOW);
        ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();
        CountDownLatch caughtUp = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform()
                .start(() -> source.run(
                        (nanos, bytes, offset, captured, wire, linkType) -> times.add(nanos),
                        quiet -> caughtUp.countDown()));
        assertThat(caughtUp.await(60, TimeUnit.SECONDS)).isTrue();
        thread.interrupt();
        thread.join();
        return List.copyOf(times);
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L;
    }

    @Test
    void thePastComesAtOnceOverMidnightAndTheFutureNotYet() throws InterruptedException {
        List<Long> times = timesSince(NOW.minus(Duration.ofHours(1)));
        assertThat(times).isSorted().hasSizeBetween(500, 2000);
        assertThat(times.getFirst()).isGreaterThanOrEqualTo(nanos(NOW.minus(Duration.ofHours(1))));
        assertThat(times.getLast()).isLessThanOrEqualTo(nanos(NOW));
        assertThat(times.stream().filter(time -> time < nanos(NOW.minus(Duration.ofMinutes(30)))))
                .as("packets of the day before")
                .isNotEmpty();
    }

    @Test
    void goingOnAfterARestartMakesTheSamePackets() throws InterruptedException {
        List<Long> whole = timesSince(NOW.minus(Duration.ofHours(1)));
        List<Long> rest = timesSince(NOW.minus(Duration.ofMinutes(10)));
        assertThat(whole.subList(whole.size() - rest.size(), whole.size())).isEqualTo(rest);
    }
}
