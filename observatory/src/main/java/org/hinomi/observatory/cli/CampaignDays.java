package org.hinomi.observatory.cli;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.hinomi.kernel.address.Owners;
import org.hinomi.kernel.campaign.CampaignSettings;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.observatory.campaign.CampaignRoutes;
import org.hinomi.observatory.campaign.CampaignStep;
import org.hinomi.observatory.campaign.CampaignStore;
import org.hinomi.observatory.campaign.MemberRoutes;
import org.hinomi.observatory.campaign.Watch;
import org.hinomi.observatory.geo.GeoData;
import org.hinomi.observatory.store.control.ControlStore;
import org.hinomi.observatory.store.warehouse.Warehouse;
import org.hinomi.observatory.telescope.record.Recorder;
import org.hinomi.observatory.telescope.sensor.Sensor.Origin;
import org.hinomi.observatory.telescope.sensor.Sensors;
import org.hinomi.observatory.telescope.sensor.Station;
import org.hinomi.observatory.web.Route;
import org.hinomi.observatory.web.access.AuditLog;
import org.hinomi.observatory.web.metrics.Metrics;
import org.hinomi.observatory.web.stream.Hub;

/**
 * The campaigns of a tower. Days are looked at of all live sensors together, of each recording, and of the demo. A live
 * day is complete when every sensor has stored past midnight; one that stays away is not waited for longer than
 * {@link #LONGEST_WAIT}.
 */
final class CampaignDays implements AutoCloseable {
    private static final long LONGEST_WAIT = 6 * 3600;
    private static final long DAY = 86_400;

    private final ControlStore control;
    private final GeoData geo;
    private final InstantSource clock;
    private final Recorder recorder;
    private final Hub hub;
    private final CampaignStore store;
    private final CampaignStep step;
    private final Map<String, Long> complete = new ConcurrentHashMap<>();
    private volatile Supplier<List<Station>> stations = List::of;

    CampaignDays(
            CampaignSettings settings,
            ControlStore control,
            Warehouse warehouse,
            FingerprintCatalogue catalogue,
            GeoData geo,
            Recorder recorder,
            Hub hub,
            InstantSource clock) {
        this.control = control;
        this.geo = geo;
        this.clock = clock;
        this.recorder = recorder;
        this.hub = hub;
        this.store = new CampaignStore(control.jdbi());
        this.step = new CampaignStep(
                new CampaignStep.Jobs(settings, catalogue.packetRules(), geo.origin()),
                store,
                warehouse,
                this::watches,
                this::found);
    }

    /** What is told live: that there is something new; the rest is asked for. */
    private record Notice(String watch, String day, int campaigns) {}

    private void found(Watch watch, LocalDate day, int campaigns) {
        hub.publish("campaign", new Notice(watch.name(), day.toString(), campaigns));
    }

    private void named() {
        hub.publish("campaign", new Notice("", "", 0));
    }

    /** Begins; recordings are played anew, so what was found in them before is forgotten. */
    void start(Sensors sensors) {
        stations = sensors::runs;
        groups(sensors.runs()).forEach((name, group) -> {
            if (kind(group).equals(Watch.RECORDING)) {
                store.forget(name);
            }
        });
        step.start();
    }

    private static String kind(List<Station> group) {
        return group.getFirst().sensor().origin().id();
    }

    /** Stations that are looked at together, by the name of that; those of which only a cluster has tuples are left out. */
    private static Map<String, List<Station>> groups(List<Station> stations) {
        Map<String, List<Station>> groups = new LinkedHashMap<>();
        stations.stream()
                .filter(station -> station.cluster().isEmpty())
                .sorted(Comparator.comparing(station -> station.sensor().name()))
                .forEach(station -> groups.computeIfAbsent(name(station), name -> new ArrayList<>())
                        .add(station));
        return groups;
    }

    private static String name(Station station) {
        Origin origin = station.sensor().origin();
        return origin == Origin.RECORDING ? origin.id() + " " + station.sensor().name() : origin.id();
    }

    private List<Watch> watches() {
        List<Watch> watches = new ArrayList<>();
        groups(stations.get()).forEach((name, group) -> {
            long stored = group.stream()
                    .mapToLong(station -> over(station) ? Long.MAX_VALUE : station.storedSecond())
                    .min()
                    .orElse(Long.MIN_VALUE);
            boolean recorded = kind(group).equals(Watch.RECORDING);
            long wall = clock.instant().getEpochSecond();
            long upTo = recorded ? stored : Math.min(wall, Math.max(stored, wall - LONGEST_WAIT));
            if (recorder.settled()) {
                complete.put(name, upTo);
            }
            watches.add(new Watch(
                    name,
                    kind(group),
                    group.stream().map(station -> station.sensor().name()).toList(),
                    dark(group),
                    complete.getOrDefault(name, Long.MIN_VALUE)));
        });
        return watches;
    }

    /** Whether a recording gets no more minutes. */
    private static boolean over(Station station) {
        return station.sensor().origin() == Origin.RECORDING && station.state() == Station.State.ENDED;
    }

    private static long dark(List<Station> group) {
        long sum = 0;
        for (Station station : group) {
            long size = station.sensor().darknet().v4Size();
            if (size == 0) {
                return 0;
            }
            sum += size;
        }
        return sum;
    }

    List<Route> routes(Sensors sensors, Owners owners, AuditLog audit) {
        CampaignRoutes.Asked asked = new CampaignRoutes.Asked(
                () -> List.copyOf(groups(sensors.shown()).keySet()), step::trouble, this::named);
        List<Route> routes =
                new ArrayList<>(new CampaignRoutes(control.jdbi(), geo.places(), audit, clock, asked).routes());
        routes.addAll(new MemberRoutes(control.jdbi(), geo.places(), owners, clock).routes());
        return routes;
    }

    /** What keeps the tower from storing what it observes or from looking at days now, as a sentence; else empty. */
    String trouble() {
        String storing = recorder.trouble();
        return storing.isEmpty() ? step.trouble() : storing;
    }

    void watch(Metrics metrics) {
        metrics.check("campaigns", () -> step.trouble().isEmpty());
        metrics.counter("hinomi_campaign_days_total", "Days whose sources were grouped", step::days);
        metrics.counter(
                "hinomi_campaign_dropped_total",
                "Sources left out of a day because there were too many",
                step::dropped);
    }

    /** Removes what ended before a second; not what was found in recordings. */
    void retain(long oldest) {
        store.retain(Set.of(Origin.LIVE.id(), Origin.DEMO.id()), Math.floorDiv(oldest, DAY));
    }

    @Override
    public void close() {
        step.close();
    }
}
