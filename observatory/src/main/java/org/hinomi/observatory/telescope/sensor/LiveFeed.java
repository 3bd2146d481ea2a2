package org.hinomi.observatory.telescope.sensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.address.Place;
import org.hinomi.kernel.address.Places;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.observatory.telescope.live.LivePacket;
import org.hinomi.observatory.telescope.live.Tap;
import org.hinomi.observatory.web.stream.Event;
import org.hinomi.observatory.web.stream.Hub;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes what happens now: a fair sample of the packets four times a second, the day's counters each second. */
public final class LiveFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveFeed.class);
    private static final int EVERY_MILLIS = 250;
    private static final int TICKS_A_SECOND = 4;
    private static final int TICKS_BETWEEN_NOTES = 5 * TICKS_A_SECOND;
    private static final int MOST_DRAWN = 60;

    private final Hub hub;
    private final Sensors sensors;
    private final Counters counters;
    private final Places places;
    private final Origin origin;
    private final SourceMemory memory;
    private final Thread thread = Thread.ofPlatform().name("live feed").daemon().unstarted(this::work);
    private boolean noted = true;
    private volatile boolean closing;
    private volatile Object latest = Map.of();

    /** A feed that does not run yet. */
    public LiveFeed(
            Hub hub, Sensors sensors, Counters counters, Places places, Origin origin, FingerprintCatalogue catalogue) {
        this.hub = hub;
        this.sensors = sensors;
        this.counters = counters;
        this.places = places;
        this.origin = origin;
        this.memory = new SourceMemory(catalogue);
    }

    /** A drawn packet; keys are short because there are many. */
    record Drawn(
            long t,
            int c,
            int p,
            int proto,
            String s,
            double lat,
            double lon,
            @Nullable String cc,
            @Nullable String city,
            @Nullable Long asn,
            @Nullable String org,
            @Nullable String f,
            int d) {}

    /**
     * What flew in an interval.
     *
     * @param time event time of its last packet, milliseconds since 1970-01-01 UTC
     * @param seen how many packets there were
     * @param drawn how many of them are listed
     */
    record Packets(long time, long seen, int drawn, List<Drawn> packets) {}

    /** Begins to publish. */
    public void start() {
        hub.greet(() -> List.of(
                new Event("hello", Map.of("speed", 1, "every_ms", EVERY_MILLIS)), new Event("counters", latest)));
        thread.start();
    }

    private void work() {
        for (long tick = 0; !closing; tick++) {
            try {
                hub.publish("packets", packets());
                if (tick % TICKS_A_SECOND == 0) {
                    Object now = counters.now();
                    latest = now;
                    hub.publish("counters", now);
                }
                if (tick % TICKS_BETWEEN_NOTES == 0) {
                    note();
                }
            } catch (RuntimeException e) {
                LOG.error("the live feed missed a moment", e);
            }
            try {
                TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void note() {
        try {
            sensors.note();
            noted = true;
        } catch (RuntimeException e) {
            if (noted) {
                Throwable why = e.getCause() == null ? e : e.getCause();
                LOG.error("the ledger of what is observed can't be written: {}", why.getMessage());
            }
            noted = false;
        }
    }

    private Packets packets() {
        List<Drawn> drawn = new ArrayList<>();
        long seen = 0;
        long time = 0;
        List<Station> shown = sensors.shown();
        long drawing = Math.max(
                1, shown.stream().filter(run -> run.cluster().isEmpty()).count());
        for (int index = 0; index < shown.size(); index++) {
            Tap.Drawn of = shown.get(index).tap().drain();
            seen += of.seen();
            int share = (int) Math.max(1, MOST_DRAWN / drawing);
            for (LivePacket packet :
                    of.packets().subList(0, Math.min(share, of.packets().size()))) {
                time = Math.max(time, packet.nanos() / 1_000_000);
                draw(packet, index).ifPresent(drawn::add);
            }
        }
        return new Packets(time, seen, drawn.size(), drawn);
    }

    private Optional<Drawn> draw(LivePacket packet, int sensor) {
        Optional<Place> place = places.place(packet.srcHi(), packet.srcLo());
        long asn = origin.asn(packet.srcHi(), packet.srcLo());
        return place.map(at -> new Drawn(
                packet.nanos() / 1_000_000 % EVERY_MILLIS,
                packet.packetClass(),
                packet.dstPort(),
                packet.protocol(),
                new org.hinomi.kernel.address.IpAddress(packet.srcHi(), packet.srcLo()).toString(),
                at.latitude(),
                at.longitude(),
                at.country(),
                at.city().isEmpty() ? null : at.city(),
                asn == 0 ? null : asn,
                asn == 0 ? null : places.networkName(asn).orElse(null),
                memory.family(packet),
                sensor));
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
