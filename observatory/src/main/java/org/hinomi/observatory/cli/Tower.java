package org.hinomi.observatory.cli;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.rollup.PortCatalogue;
import org.hinomi.observatory.cli.config.RunSettings;
import org.hinomi.observatory.geo.GeoData;
import org.hinomi.observatory.label.ResearchList;
import org.hinomi.observatory.respond.constituent.OrganisationRoutes;
import org.hinomi.observatory.respond.constituent.Registry;
import org.hinomi.observatory.store.DataDirectory;
import org.hinomi.observatory.store.control.ControlStore;
import org.hinomi.observatory.store.segment.SegmentLog;
import org.hinomi.observatory.store.warehouse.Warehouse;
import org.hinomi.observatory.telescope.KernelData;
import org.hinomi.observatory.telescope.query.DarkAddresses;
import org.hinomi.observatory.telescope.query.QueryRoutes;
import org.hinomi.observatory.telescope.record.Recorder;
import org.hinomi.observatory.telescope.sample.SampleRoutes;
import org.hinomi.observatory.telescope.sample.SampleStore;
import org.hinomi.observatory.telescope.sensor.Counters;
import org.hinomi.observatory.telescope.sensor.Ledger;
import org.hinomi.observatory.telescope.sensor.LiveFeed;
import org.hinomi.observatory.telescope.sensor.SensorMetrics;
import org.hinomi.observatory.telescope.sensor.SensorRoutes;
import org.hinomi.observatory.telescope.sensor.Sensors;
import org.hinomi.observatory.telescope.sensor.Station;
import org.hinomi.observatory.web.OpenApi;
import org.hinomi.observatory.web.Route;
import org.hinomi.observatory.web.WebServer;
import org.hinomi.observatory.web.WebSettings;
import org.hinomi.observatory.web.access.Access;
import org.hinomi.observatory.web.access.AccessRoutes;
import org.hinomi.observatory.web.access.AccessSettings;
import org.hinomi.observatory.web.metrics.Metrics;
import org.hinomi.observatory.web.stream.Hub;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole program while it runs: builds its parts from the settings, and ends them in the opposite order. */
public final class Tower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tower.class);
    private static final int MOST_READERS = 500;
    private static final int READER_QUEUE = 64;
    private static final int WAREHOUSE_MEGABYTES = 2048;
    private static final long GIGABYTE = 1L << 30;
    private static final long DAY = 86_400;

    private final Deque<AutoCloseable> parts = new ConcurrentLinkedDeque<>();
    private final InstantSource clock;
    private final Path data;
    private final WebServer server;
    private final List<Route> routes;
    private final Access access;
    private final Sensors sensors;
    private final GeoData geo;

    /**
     * Builds and starts everything. What can be wrong with the settings is found before anything is changed.
     *
     * @param prepare is run once it is known that sources, data directory and address can be used
     * @throws Exception with one sentence when something can't be used; what was started is ended
     */
    public Tower(RunSettings settings, InstantSource clock, Runnable prepare) throws Exception {
        this.clock = clock;
        this.data = settings.data();
        try {
            ClusterResults.check(settings);
            Constituents.check(settings, clock);
            ResearchList researchers = part(Researching.open(settings, clock));
            SensorSources sources = part(SensorSources.open(settings, clock));
            part(DataDirectory.open(data));
            WebServer.check(web(settings));
            ControlStore control = part(ControlStore.open(data));
            FingerprintCatalogue catalogue = KernelData.fingerprints(settings.fingerprints());
            PortCatalogue ports = KernelData.ports();
            prepare.run();
            geo = GeoData.open(DataFolder.geo(data));
            Warehouse warehouse = part(Warehouse.open(data, WAREHOUSE_MEGABYTES));
            Hub hub = new Hub(MOST_READERS, READER_QUEUE);
            SegmentLog log = new SegmentLog(data.resolve("segments"));
            Registry registry = Constituents.open(settings, control, geo.origin(), clock);
            Detectors detectors = part(new Detectors(
                    settings, data, control, catalogue, log, registry.owners(), geo.origin(), researchers, hub));
            Alerts alerts = part(new Alerts(settings, control, hub, clock));
            Recorder recorder = part(new Recorder(log, warehouse, catalogue, ports, geo.origin()));
            CampaignDays campaigns = part(
                    new CampaignDays(settings.campaigns(), control, warehouse, catalogue, geo, recorder, hub, clock));
            Ledger ledger = new Ledger(control.jdbi(), clock);
            RemoteSensors remote = new RemoteSensors(settings, log, control.jdbi(), ledger, recorder, catalogue, clock);
            Optional<ClusterResults> results =
                    ClusterResults.of(settings, control, warehouse, ledger, detectors, clock);
            recorder.start();
            SampleStore samples = part(new SampleStore(control.jdbi()));
            List<Station> runs = new SensorFactory(
                            settings, sources, clock, catalogue, ports, recorder, warehouse, ledger, samples)
                    .stations(remote.all(), results.map(ClusterResults::sensors).orElse(List.of()));
            sensors = part(new Sensors(runs, ledger, clock));
            parts.push(recorder::end);
            Counters counters = new Counters(sensors, warehouse, clock);
            runs.forEach(run -> counters.resume(run.sensor().name(), clock.instant()));
            LiveFeed feed = part(new LiveFeed(hub, sensors, counters, geo.places(), geo.origin(), catalogue));
            Metrics metrics = part(new Metrics());
            access = access(settings, control, data, remote);
            routes = new ArrayList<>(new AccessRoutes(access).routes());
            routes.addAll(new QueryRoutes(
                            warehouse,
                            sensors,
                            catalogue,
                            ports,
                            geo.places(),
                            geo.origin(),
                            results.map(r -> r.gaps(ledger, warehouse)).orElse(ledger),
                            new DarkAddresses(Pseudonyms.of(data, new SecureRandom())),
                            researchers,
                            KernelData.devices(),
                            access.audit())
                    .routes());
            routes.addAll(new SensorRoutes(
                            sensors,
                            ledger,
                            warehouse,
                            data,
                            about(settings, campaigns::trouble, results),
                            catalogue,
                            ports,
                            hub,
                            clock)
                    .routes());
            routes.addAll(new SampleRoutes(samples).routes());
            routes.addAll(detectors.routes(sensors, geo.origin()));
            routes.addAll(new OrganisationRoutes(registry, access.audit()).routes());
            routes.addAll(alerts.routes(sensors, access.audit(), detectors));
            routes.addAll(campaigns.routes(sensors, registry.owners(), access.audit()));
            routes.addAll(remote.routes().routes());
            routes.addAll(metrics.routes(settings.publicMetrics()));
            routes.add(OpenApi.route());
            remote.routes().watch(metrics);
            watch(metrics, hub, recorder);
            detectors.watch(metrics);
            alerts.watch(metrics);
            campaigns.watch(metrics);
            results.ifPresent(r -> r.watch(metrics));
            server = part(WebServer.start(web(settings), routes, access, metrics));
            feed.start();
            detectors.start(sensors);
            alerts.start(settings.publicUrl().map(URI::create).orElse(server.address()));
            sensors.start();
            results.ifPresent(r -> part(r).start(sensors));
            campaigns.start(sensors);
            keepHouse(now -> {
                recorder.retain(
                        sensors.aging(),
                        now - settings.retentionDays() * DAY,
                        settings.retentionGigabytes() * GIGABYTE);
                samples.retain(now);
                detectors.retain(sensors, now - settings.retentionDays() * DAY);
                alerts.retain();
                campaigns.retain(now - settings.retentionDays() * DAY);
            });
        } catch (Exception e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T part(T part) {
        parts.push(part);
        return part;
    }

    private Access access(RunSettings settings, ControlStore control, Path data, RemoteSensors remote) {
        boolean secure = web(settings).secure();
        return new Access(
                control.jdbi(),
                data,
                new AccessSettings(
                        AccessSettings.ROUNDS, secure, () -> sensors.demo(), () -> open(settings), remote::of),
                clock);
    }

    private boolean open(RunSettings settings) {
        boolean loopback = settings.host().equals("127.0.0.1")
                || settings.host().equals("::1")
                || settings.host().equals("localhost");
        return settings.publicDemo() && loopback && settings.publicUrl().isEmpty() && sensors.demo();
    }

    private SensorRoutes.About about(RunSettings settings, Supplier<String> trouble, Optional<ClusterResults> results) {
        Map<String, Object> state = Map.of(
                "state", geo.status().state().name().toLowerCase(java.util.Locale.ROOT),
                "detail", geo.status().detail(),
                "date",
                        Optional.ofNullable(geo.status().date())
                                .map(Object::toString)
                                .orElse(""));
        return new SensorRoutes.About(
                Version.text(),
                state,
                settings.retentionDays(),
                trouble,
                () -> open(settings),
                () -> results.map(ClusterResults::status));
    }

    private static WebSettings web(RunSettings settings) {
        return new WebSettings(
                settings.host(),
                settings.port(),
                settings.publicUrl().map(URI::create),
                settings.hostNames(),
                settings.tlsCertificate(),
                settings.tlsKey(),
                settings.publicMetrics(),
                settings.tlsClientCa());
    }

    private void watch(Metrics metrics, Hub hub, Recorder recorder) {
        metrics.watch(hub);
        metrics.check("storage", () -> recorder.trouble().isEmpty());
        for (Station run : sensors.runs()) {
            SensorMetrics.watch(metrics, run);
        }
    }

    private void keepHouse(LongConsumer tidying) {
        ScheduledExecutorService house = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("housekeeping").daemon().factory());
        parts.push(house::shutdownNow);
        house.scheduleWithFixedDelay(() -> tidy(tidying), 1, 10, TimeUnit.MINUTES);
    }

    /** Removes what is too old; what fails, as on a full disk, is tried again the next time. */
    private void tidy(LongConsumer tidying) {
        try {
            tidying.accept(clock.instant().getEpochSecond());
        } catch (RuntimeException e) {
            LOG.warn("old data could not be removed: {}", e.getMessage());
        }
    }

    /** All routes it serves. */
    public List<Route> routes() {
        return List.copyOf(routes);
    }

    /** Where the console is. */
    public URI address() {
        return server.address();
    }

    /** The link to set the administrator's password, once, while there is no account. */
    public Optional<URI> setupLink() {
        return access.setupToken().map(token -> server.address().resolve("/setup#" + token));
    }

    /** Its data directory. */
    public Path data() {
        return data;
    }

    /** The sensors. */
    public Sensors sensors() {
        return sensors;
    }

    /** What geolocation data it uses. */
    public GeoData geo() {
        return geo;
    }

    @Override
    public void close() {
        for (AutoCloseable part = parts.poll(); part != null; part = parts.poll()) {
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("a part did not end well: {}", e.getMessage());
            }
        }
    }
}
