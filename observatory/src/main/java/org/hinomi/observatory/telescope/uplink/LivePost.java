package org.hinomi.observatory.telescope.uplink;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.observatory.telescope.batch.Frame;
import org.hinomi.observatory.telescope.live.LivePacket;
import org.hinomi.observatory.telescope.live.Tap;
import org.hinomi.observatory.telescope.sensor.Station;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what happens now for the live map, four times a second at most, and how the sensor is. Lossy. */
final class LivePost implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LivePost.class);
    private static final long EVERY_MILLIS = 250;
    private static final long QUIET_NANOS = Duration.ofSeconds(5).toNanos();
    private static final long DAY_EVERY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_PAUSE = 5000;
    private static final long MICROS = 1_000_000;

    private final TowerClient tower;
    private final Station station;
    private final List<FirstSeen> first;
    private final Spool spool;
    private final Reporter reporter;
    private final Skew skew;
    private final Runnable reached;
    private final InstantSource clock;
    private final Backoff backoff = new Backoff(EVERY_MILLIS, LONGEST_PAUSE);
    private final Thread thread = Thread.ofPlatform().name("live post").daemon().unstarted(this::work);
    private long lastSent;
    private long lastDay;
    private boolean failing;
    private volatile boolean closing;

    /**
     * A post that does not run yet.
     *
     * @param reached is run when the tower answers again
     */
    LivePost(
            TowerClient tower,
            Station station,
            List<FirstSeen> first,
            Spool spool,
            Reporter reporter,
            Skew skew,
            Runnable reached,
            InstantSource clock) {
        this.tower = tower;
        this.station = station;
        this.first = first;
        this.spool = spool;
        this.reporter = reporter;
        this.skew = skew;
        this.reached = reached;
        this.clock = clock;
    }

    void start() {
        lastSent = System.nanoTime() - QUIET_NANOS;
        lastDay = lastSent;
        thread.start();
    }

    private void work() {
        while (!closing) {
            long pause = EVERY_MILLIS;
            try {
                if (!post()) {
                    pause = backoff.pause();
                }
                TimeUnit.MILLISECONDS.sleep(pause);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("the live post missed a moment", e);
            }
        }
    }

    private boolean post() {
        Tap.Drawn drawn = station.tap().drain();
        List<LivePacket> firsts = new ArrayList<>();
        first.forEach(seen -> firsts.addAll(seen.drain(Frame.MOST_PACKETS - firsts.size())));
        long now = System.nanoTime();
        if (drawn.packets().isEmpty() && firsts.isEmpty() && now - lastSent < QUIET_NANOS) {
            return true;
        }
        lastSent = now;
        long sent = micros(clock.instant());
        Answer answer = tower.live(new Frame(
                spool.incarnation(),
                sent,
                drawn.seen(),
                drawn.packets().stream().map(LivePost::flying).toList(),
                firsts.stream().map(LivePost::flying).toList(),
                day(now),
                spool.complete(spool.incarnation(), reporter.report(), Set.of())));
        long back = micros(clock.instant());
        return switch (answer) {
            case Answer.Taken(long received, long answered) -> {
                skew.add(sent, received, answered, back);
                backoff.reset();
                if (failing) {
                    reached.run();
                }
                failing = false;
                yield true;
            }
            case Answer.Refused _, Answer.Later _ -> {
                reporter.liveDropped(drawn.packets().size() + (long) firsts.size());
                failing = true;
                yield false;
            }
        };
    }

    private Frame.@Nullable Day day(long now) {
        if (now - lastDay < DAY_EVERY_NANOS) {
            return null;
        }
        lastDay = now;
        Tap.Counts counts = station.tap().counts();
        return new Frame.Day(
                counts.firstNanos(),
                counts.lastNanos(),
                counts.total(),
                counts.classes(),
                counts.sources(),
                counts.synOrUdp(),
                counts.toIotPorts());
    }

    private static Frame.Flying flying(LivePacket packet) {
        return new Frame.Flying(
                packet.nanos(),
                new IpAddress(packet.srcHi(), packet.srcLo()).toString(),
                packet.packetClass(),
                packet.protocol(),
                packet.dstPort(),
                packet.matches());
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * MICROS + time.getNano() / 1000;
    }

    @Override
    public void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
