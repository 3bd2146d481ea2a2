package org.hinomi.observatory.telescope.uplink;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowSink;
import org.hinomi.observatory.telescope.sensor.SensorRun;
import org.jspecify.annotations.Nullable;

/** All that brings what a sensor observes to the tower: spool, uplink and live post. */
public final class Delivery implements AutoCloseable {
    private final Spool spool;
    private final Carrier carrier;
    private final FingerprintCatalogue catalogue;
    private final InstantSource clock;
    private final String program;
    private final List<FirstSeen> firstSeen = new CopyOnWriteArrayList<>();
    private @Nullable Reporter reporter;
    private @Nullable Uplink uplink;
    private @Nullable LivePost live;

    /**
     * A delivery that has no sensor yet.
     *
     * @param program version of this program
     */
    public Delivery(Spool spool, Carrier carrier, FingerprintCatalogue catalogue, String program, InstantSource clock) {
        this.spool = spool;
        this.carrier = carrier;
        this.catalogue = catalogue;
        this.program = program;
        this.clock = clock;
    }

    /** An id for a run of the program: later ones sort after earlier ones. */
    public static String newIncarnation(InstantSource clock) {
        return String.format(
                Locale.ROOT,
                "%012x-%08x",
                clock.millis(),
                ThreadLocalRandom.current().nextInt());
    }

    /** Takes the sensor's closed minutes. */
    public FlowSink sink() {
        return batch ->
                spool.minute(batch, () -> Objects.requireNonNull(reporter).report());
    }

    /** Sees the packets of one of the sensor's threads. */
    public FirstSeen firstSeen() {
        FirstSeen one = new FirstSeen();
        firstSeen.add(one);
        return one;
    }

    /** Begins to deliver what a sensor observes, and what earlier runs left; before the sensor starts. */
    public void start(SensorRun station) {
        Skew skew = new Skew();
        Reporter reporting = new Reporter(station, program, clock.instant(), skew, firstSeen);
        reporter = reporting;
        Uplink sending = new Uplink(station.sensor().name(), spool, reporting, carrier, catalogue);
        uplink = sending;
        sending.start();
        if (carrier instanceof TowerClient tower) {
            LivePost posting =
                    new LivePost(tower, station, firstSeen, spool, reporting, skew, sending::retryNow, clock);
            live = posting;
            posting.start();
        }
    }

    /** Sends what waits, for a time at most; can be called again with a shorter one. */
    public void finish(Duration most) {
        Optional.ofNullable(uplink).ifPresent(sending -> sending.finish(most));
    }

    /** Waits until all is sent, or the time to finish is over. */
    public void join() throws InterruptedException {
        Uplink sending = uplink;
        if (sending != null) {
            sending.join();
        }
    }

    /** How many parts of minutes wait in the spool. */
    public long waiting() {
        return spool.waitingParts();
    }

    @Override
    public void close() {
        Optional.ofNullable(live).ifPresent(LivePost::close);
        Optional.ofNullable(uplink).ifPresent(Uplink::close);
        carrier.close();
        spool.close();
    }
}
