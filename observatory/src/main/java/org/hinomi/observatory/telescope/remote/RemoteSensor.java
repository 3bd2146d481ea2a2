package org.hinomi.observatory.telescope.remote;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.hinomi.kernel.packet.SkipReason;
import org.hinomi.observatory.telescope.batch.Frame;
import org.hinomi.observatory.telescope.live.Tap;
import org.hinomi.observatory.telescope.sensor.Distance;
import org.hinomi.observatory.telescope.sensor.Sensor;
import org.hinomi.observatory.telescope.sensor.Station;
import org.hinomi.wire.batch.BatchReader;
import org.hinomi.wire.batch.Refusal;
import org.hinomi.wire.batch.SensorReport;
import org.jspecify.annotations.Nullable;

/** A sensor apart from the tower, as the tower knows it from what it sends. */
public final class RemoteSensor implements Station {
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final long NANOS = 1_000_000_000L;
    private static final double MICROS = 1e6;

    private final Sensor sensor;
    private final InstantSource clock;
    private final RemoteTap tap = new RemoteTap();
    private final LongAdder batches = new LongAdder();
    private final LongAdder firstPackets = new LongAdder();
    private final Map<Refusal, LongAdder> refusals = new EnumMap<>(Refusal.class);
    private volatile @Nullable Heard latest;
    private volatile @Nullable Instant lastBatch;

    /** The latest report, of the newest incarnation. */
    private record Heard(String incarnation, SensorReport report, Instant at) {}

    /** A sensor of which nothing has been heard yet. */
    public RemoteSensor(Sensor sensor, InstantSource clock) {
        this.sensor = sensor;
        this.clock = clock;
        for (Refusal reason : Refusal.values()) {
            refusals.put(reason, new LongAdder());
        }
    }

    /** The id of the ledger's row for an incarnation. */
    static String row(String sensor, String incarnation) {
        return sensor + "/" + incarnation;
    }

    /** Takes a report; those of earlier incarnations, which still deliver, don't tell how it is now. */
    synchronized boolean report(String incarnation, SensorReport report) {
        Heard known = latest;
        boolean newest = known == null
                || known.incarnation.equals(incarnation)
                || report.started() > known.report.started()
                || silent(known)
                || !known.report.state().equals(State.RUNNING.id());
        if (newest) {
            latest = new Heard(incarnation, report, clock.instant());
        }
        return newest;
    }

    void frame(Frame frame) {
        if (report(frame.incarnation(), frame.report())) {
            tap.frame(frame, clock.instant());
            firstPackets.add(frame.first().size());
        }
    }

    void batchTaken() {
        batches.increment();
        lastBatch = clock.instant();
    }

    void refused(Refusal reason) {
        java.util.Objects.requireNonNull(refusals.get(reason)).increment();
    }

    long refusals(Refusal reason) {
        return java.util.Objects.requireNonNull(refusals.get(reason)).sum();
    }

    long batches() {
        return batches.sum();
    }

    long firstPackets() {
        return firstPackets.sum();
    }

    private boolean silent(Heard heard) {
        return Duration.between(heard.at, clock.instant()).compareTo(SILENCE) > 0;
    }

    @Override
    public Sensor sensor() {
        return sensor;
    }

    @Override
    public Tap tap() {
        return tap;
    }

    @Override
    public State state() {
        Heard heard = latest;
        if (heard == null) {
            return State.STOPPED;
        }
        State said = State.FAILED;
        for (State state : State.values()) {
            said = state.id().equals(heard.report.state()) ? state : said;
        }
        return said == State.RUNNING && silent(heard) ? State.FAILED : said;
    }

    @Override
    public @Nullable String detail() {
        Heard heard = latest;
        if (heard == null) {
            return "nothing has been heard of it since this tower started";
        }
        if (heard.report.state().equals(State.RUNNING.id()) && silent(heard)) {
            return "nothing has been heard of it since " + heard.at.truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        }
        return heard.report.detail().isEmpty() ? null : heard.report.detail();
    }

    @Override
    public long eventNanos() {
        Heard heard = latest;
        return heard == null || heard.report.firstSecond() < 0 ? Long.MIN_VALUE : heard.report.eventNanos();
    }

    @Override
    public long firstNanos() {
        Heard heard = latest;
        return heard == null || heard.report.firstSecond() < 0 ? Long.MAX_VALUE : heard.report.firstSecond() * NANOS;
    }

    @Override
    public long packets() {
        Heard heard = latest;
        return heard == null ? 0 : heard.report.packets();
    }

    @Override
    public long dropped() {
        Heard heard = latest;
        return heard == null ? 0 : dropped(heard.report);
    }

    /** All packets that were lost, wherever. */
    static long dropped(SensorReport report) {
        return report.kernelDrops() + report.ownDrops() + report.spoolDrops();
    }

    @Override
    public long saturatedParts() {
        Heard heard = latest;
        return heard == null ? 0 : heard.report.saturatedParts();
    }

    @Override
    public long outside() {
        Heard heard = latest;
        return heard == null ? 0 : heard.report.skipped().getOrDefault(SkipReason.OUTSIDE.id(), 0L);
    }

    @Override
    public long refused() {
        Heard heard = latest;
        return heard == null
                ? 0
                : heard.report.skipped().values().stream()
                                .mapToLong(Long::longValue)
                                .sum()
                        - outside();
    }

    @Override
    public long storedSecond() {
        Heard heard = latest;
        return heard == null
                ? -1
                : Math.min(heard.report.upTo(), clock.instant().getEpochSecond() + BatchReader.AHEAD_SECONDS);
    }

    @Override
    public Optional<String> ledgerRow() {
        Heard heard = latest;
        return heard == null ? Optional.empty() : Optional.of(row(sensor.name(), heard.incarnation));
    }

    @Override
    public Optional<Distance> distance() {
        Heard heard = latest;
        return heard == null ? Optional.empty() : Optional.of(distance(heard));
    }

    private Distance distance(Heard heard) {
        SensorReport report = heard.report;
        Long skew = report.skewMicros();
        Long roundTrip = report.roundTripMicros();
        return new Distance(
                report.program(),
                heard.incarnation,
                Instant.ofEpochMilli(report.started()),
                heard.at,
                lastBatch,
                batches.sum(),
                refusals.values().stream().mapToLong(LongAdder::sum).sum(),
                report.waitingParts(),
                report.waitingBytes(),
                report.kernelDrops(),
                report.ownDrops(),
                report.spoolDrops(),
                report.refusedParts(),
                report.liveDrops(),
                report.skipped(),
                skew == null ? null : skew / MICROS,
                roundTrip == null ? null : roundTrip / MICROS);
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public void close() {}
}
