package org.hinomi.observatory.cli;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.hinomi.observatory.alert.AlertRoutes;
import org.hinomi.observatory.alert.AlertStep;
import org.hinomi.observatory.alert.AlertStore;
import org.hinomi.observatory.alert.Desk;
import org.hinomi.observatory.alert.DeskRoutes;
import org.hinomi.observatory.alert.SearchRoutes;
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
    private final AtomicLong agedOpen = new AtomicLong();

    Alerts(RunSettings settings, ControlStore control, Hub hub, InstantSource clock) {
        this.settings = settings.alerts();
        this.control = control;
        this.clock = clock;
        this.hub = hub;
        this.store = new AlertStore(control.jdbi());
        this.step = new AlertStep(store, this.settings.rules(), clock, this::changed);
    }

    /** What is told live: which alerts are new or changed; the rest is asked for. */
    private record Notice(List<String> ids, int count) {}

    private void changed(List<String> ids) {
        hub.publish("alert", new Notice(ids.subList(0, Math.min(ids.size(), MOST_TOLD)), ids.size()));
    }

    void start() {
        step.start();
    }

    List<Route> routes(Sensors sensors, AuditLog audit) {
        Desk desk = new Desk(control.jdbi(), audit, clock);
        List<Route> routes = new ArrayList<>(new AlertRoutes(store, desk, sensors::sensors).routes());
        routes.addAll(new DeskRoutes(desk, clock, this::changed).routes());
        routes.addAll(new SearchRoutes(control.jdbi(), clock).routes());
        return routes;
    }

    void watch(Metrics metrics) {
        metrics.check("alerts", () -> step.trouble().isEmpty());
        metrics.counter(
                "hinomi_alerts_aged_open_total", "Alerts that went before anybody looked at them", agedOpen::get);
    }

    void retain() {
        agedOpen.addAndGet(store.retain(settings.keep(), EpochMicros.of(clock.instant())));
    }

    @Override
    public void close() {
        step.close();
    }
}
