package org.hinomi.observatory.cli;

import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.hinomi.observatory.alert.AlertRoutes;
import org.hinomi.observatory.alert.AlertStep;
import org.hinomi.observatory.alert.AlertStore;
import org.hinomi.observatory.alert.Desk;
import org.hinomi.observatory.alert.DeskRoutes;
import org.hinomi.observatory.alert.SearchRoutes;
import org.hinomi.observatory.alert.delivery.Deliveries;
import org.hinomi.observatory.alert.delivery.SubscriptionRoutes;
import org.hinomi.observatory.cli.config.AlertSettings;
import org.hinomi.observatory.cli.config.RunSettings;
import org.hinomi.observatory.store.control.ControlStore;
import org.hinomi.observatory.store.control.EpochMicros;
import org.hinomi.observatory.telescope.sensor.Sensors;
import org.hinomi.observatory.web.Route;
import org.hinomi.observatory.web.access.AuditLog;
import org.hinomi.observatory.web.metrics.Metrics;
import org.hinomi.observatory.web.stream.Hub;

/** The alerts of a tower: made from what its detectors, or a cluster's, wrote to the control database. */
final class Alerts implements AutoCloseable {
    private static final int MOST_TOLD = 20;

    private final AlertSettings settings;
    private final ControlStore control;
    private final InstantSource clock;
    private final Hub hub;
    private final AlertStore store;
    private final AlertStep step;
    private final Deliveries deliveries;
    private final AtomicLong agedOpen = new AtomicLong();

    Alerts(RunSettings settings, ControlStore control, Hub hub, InstantSource clock) {
        this.settings = settings.alerts();
        this.control = control;
        this.clock = clock;
        this.hub = hub;
        this.store = new AlertStore(control.jdbi());
        this.step = new AlertStep(store, this.settings.rules(), clock, this::changed);
        this.deliveries = new Deliveries(settings.delivery(), control.jdbi(), clock);
    }

    /** What is told live: which alerts are new or changed; the rest is asked for. */
    private record Notice(List<String> ids, int count) {}

    private void changed(List<String> ids) {
        hub.publish("alert", new Notice(ids.subList(0, Math.min(ids.size(), MOST_TOLD)), ids.size()));
    }

    /** Begins; links in what is delivered lead to the console. */
    void start(URI console) {
        step.start();
        deliveries.start(console);
    }

    List<Route> routes(Sensors sensors, AuditLog audit, Detectors detectors) {
        Desk desk = new Desk(control.jdbi(), audit, clock);
        List<Route> routes = new ArrayList<>(new AlertRoutes(store, desk, sensors::sensors).routes());
        routes.addAll(new DeskRoutes(desk, clock, this::changed).routes());
        routes.addAll(new SearchRoutes(control.jdbi(), clock).routes());
        Set<String> known = detectors.all().stream()
                .map(detector -> detector.declaration().id())
                .collect(Collectors.toSet());
        routes.addAll(new SubscriptionRoutes(deliveries, audit, clock, known).routes());
        return routes;
    }

    void watch(Metrics metrics) {
        metrics.check("alerts", () -> step.trouble().isEmpty());
        metrics.counter(
                "hinomi_alerts_aged_open_total", "Alerts that went before anybody looked at them", agedOpen::get);
        for (String state : List.of("waiting", "failed", "uncertain", "dropped")) {
            metrics.gauge(
                    "hinomi_deliveries",
                    "Alerts to be told to somebody, by how that stands",
                    () -> deliveries.counts().getOrDefault(state, 0L),
                    "state",
                    state);
        }
    }

    void retain() {
        agedOpen.addAndGet(store.retain(settings.keep(), EpochMicros.of(clock.instant())));
        deliveries.retain();
    }

    @Override
    public void close() {
        deliveries.close();
        step.close();
    }
}
