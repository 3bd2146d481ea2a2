package org.hinomi.observatory.telescope.cluster;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.datasketches.hll.HllSketch;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.observatory.telescope.live.Tap;
import org.hinomi.observatory.telescope.sensor.ClusterView;
import org.hinomi.observatory.telescope.sensor.Sensor;
import org.hinomi.observatory.telescope.sensor.Station;
import org.jspecify.annotations.Nullable;

/** A sensor that only the cluster sees: it has minutes, some time after they ended, and nothing to draw. */
public final class ClusterSensor implements Station {
    private static final int MINUTE = 60;
    private static final long LATE_SECONDS = 900;
    private static final long GONE_SECONDS = 86_400;
    private static final long NANOS = 1_000_000_000L;
    private static final int LG_K = 11;

    private final Sensor sensor;
    private final InstantSource clock;
    private volatile Day day = Day.NONE;
    private volatile Minute newest = new Minute(-1, 0);

    /** A minute and its packets; before the first, its time is negative. */
    record Minute(long time, long packets) {}

    /**
     * What is known of the day of the newest minute.
     *
     * @param first start of its first minute, seconds since 1970-01-01 UTC
     * @param total packets of all days
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Day(long first, long total, long[] classes, byte[] sources, long synOrUdp, long toIot) {
        static final Day NONE =
                new Day(-1, 0, new long[PacketClass.count()], new HllSketch(LG_K).toCompactByteArray(), 0, 0);
    }

    ClusterSensor(Sensor sensor, InstantSource clock) {
        this.sensor = sensor;
        this.clock = clock;
    }

    void minute(long time, long packets) {
        if (time >= newest.time) {
            newest = new Minute(time, packets);
        }
    }

    void day(Day now) {
        day = now;
    }

    Minute newest() {
        return newest;
    }

    /** Seconds since the end of the newest minute; empty before the first. */
    private Optional<Long> lag() {
        Minute minute = newest;
        return minute.time < 0
                ? Optional.empty()
                : Optional.of(Math.max(0, clock.instant().getEpochSecond() - minute.time - MINUTE));
    }

    @Override
    public Sensor sensor() {
        return sensor;
    }

    @Override
    public Tap tap() {
        return new Tap() {
            @Override
            public Drawn drain() {
                return new Drawn(0, List.of());
            }

            @Override
            public Counts counts() {
                return dayCounts();
            }
        };
    }

    private Tap.Counts dayCounts() {
        Day now = day;
        boolean known = now.first >= 0 && newest.time >= 0;
        return new Tap.Counts(
                known ? now.first * NANOS : Long.MAX_VALUE,
                known ? eventNanos() : Long.MIN_VALUE,
                now.total,
                now.classes.clone(),
                now.sources,
                now.synOrUdp,
                now.toIot);
    }

    @Override
    public State state() {
        long late = lag().orElse(GONE_SECONDS);
        return late < LATE_SECONDS ? State.RUNNING : late < GONE_SECONDS ? State.FAILED : State.STOPPED;
    }

    @Override
    public @Nullable String detail() {
        if (state() == State.RUNNING) {
            return null;
        }
        Minute minute = newest;
        return minute.time < 0
                ? "the cluster has told no minute of it yet"
                : "the cluster has told no minute of it since " + Instant.ofEpochSecond(minute.time);
    }

    @Override
    public long eventNanos() {
        Minute minute = newest;
        return minute.time < 0 ? Long.MIN_VALUE : (minute.time + MINUTE) * NANOS - 1;
    }

    @Override
    public long packets() {
        return day.total;
    }

    @Override
    public OptionalDouble rate() {
        boolean late = lag().orElse(Long.MAX_VALUE) >= LATE_SECONDS;
        return OptionalDouble.of(late ? 0 : (double) newest.packets / MINUTE);
    }

    @Override
    public Optional<ClusterView> cluster() {
        Minute minute = newest;
        return Optional.of(new ClusterView(
                minute.time < 0 ? null : Instant.ofEpochSecond(minute.time), (double) minute.packets / MINUTE));
    }

    @Override
    public long dropped() {
        return 0;
    }

    @Override
    public long saturatedParts() {
        return 0;
    }

    @Override
    public long outside() {
        return 0;
    }

    @Override
    public long refused() {
        return 0;
    }

    @Override
    public long storedSecond() {
        return newest.time < 0 ? -1 : newest.time + MINUTE;
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public void close() {}
}
