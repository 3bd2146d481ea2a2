package org.hinomi.observatory.telescope.remote;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.observatory.telescope.batch.Frame;
import org.hinomi.observatory.telescope.batch.Hello;
import org.hinomi.observatory.web.Caller;
import org.hinomi.observatory.web.Problem;
import org.hinomi.observatory.web.Request;
import org.hinomi.observatory.web.Response;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.Route;
import org.hinomi.observatory.web.metrics.Metrics;
import org.hinomi.wire.batch.BatchReader;
import org.hinomi.wire.batch.Batches;
import org.hinomi.wire.batch.Refusal;
import org.hinomi.wire.batch.RefusedException;
import org.hinomi.wire.batch.ReportCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where sensors apart from the tower deliver: each with a key or certificate that is for its name. */
public final class RemoteRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteRoutes.class);
    private static final String SENSOR = "/api/v1/sensors/{name}";
    private static final int MOST_PREFIXES = 10_000;
    private static final long MICROS = 1_000_000;

    private final Map<String, RemoteSensor> sensors = new TreeMap<>();
    private final Intake intake;
    private final String version;
    private final InstantSource clock;

    /** Routes for the remote sensors of the configuration. */
    public RemoteRoutes(List<RemoteSensor> sensors, Intake intake, String version, InstantSource clock) {
        sensors.forEach(sensor -> this.sensors.put(sensor.sensor().name(), sensor));
        this.intake = intake;
        this.version = version;
        this.clock = clock;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.post(SENSOR + "/hello", Role.SENSOR, this::hello),
                Route.post(SENSOR + "/batches", Role.SENSOR, this::batch),
                Route.post(SENSOR + "/live", Role.SENSOR, this::live));
    }

    /** Shows what was taken and refused. */
    public void watch(Metrics metrics) {
        sensors.forEach((name, sensor) -> {
            metrics.counter("hinomi_remote_batches_total", "Batches taken", sensor::batches, "sensor", name);
            metrics.counter(
                    "hinomi_remote_first_packets_total",
                    "First packets of sources that came at once",
                    sensor::firstPackets,
                    "sensor",
                    name);
            for (Refusal reason : Refusal.values()) {
                metrics.counter(
                        "hinomi_remote_refused_total",
                        "Batches refused",
                        () -> sensor.refusals(reason),
                        "sensor",
                        name,
                        "reason",
                        reason.id());
            }
            metrics.gauge(
                    "hinomi_remote_waiting_parts",
                    "Parts of minutes in the sensor's spool",
                    () -> sensor.distance()
                            .map(far -> (double) far.waitingParts())
                            .orElse(Double.NaN),
                    "sensor",
                    name);
            metrics.gauge(
                    "hinomi_remote_skew_seconds",
                    "How far the sensor's clock is ahead",
                    () -> sensor.distance().map(far -> far.skewSeconds()).orElse(Double.NaN),
                    "sensor",
                    name);
        });
    }

    private RemoteSensor sensor(Request request) {
        request.query().only();
        Caller caller = request.caller();
        String name = request.path("name");
        if (caller.role() != Role.SENSOR) {
            throw Problem.forbidden("Only a sensor's own key or certificate may deliver.");
        }
        if (!caller.name().equals(name)) {
            throw Problem.forbidden("This key or certificate is for the sensor '" + caller.name() + "' alone.");
        }
        RemoteSensor sensor = sensors.get(name);
        if (sensor == null) {
            throw Problem.notFound("This tower knows no sensor '" + name
                    + "'; add it to 'sensors' in its configuration, with 'remote: true'.");
        }
        return sensor;
    }

    private Response hello(Request request) {
        RemoteSensor sensor = sensor(request);
        Hello hello = request.body(Hello.class);
        return judged(sensor, () -> {
            ReportCheck.checkIncarnation(hello.incarnation());
            if (hello.batchVersion() > Batches.VERSION) {
                throw BatchReader.newer(hello.batchVersion(), Opened.READER);
            }
            checkDarknet(sensor, hello.darknet());
            LOG.info(
                    "sensor {} is here, from {}",
                    sensor.sensor().name(),
                    request.caller().address());
            return new Hello.Welcome(version, Batches.VERSION);
        });
    }

    private static void checkDarknet(RemoteSensor sensor, List<String> prefixes) {
        if (prefixes == null || prefixes.size() > MOST_PREFIXES || prefixes.contains(null)) {
            throw new RefusedException(Refusal.OUT_OF_BOUNDS, "The dark prefixes are missing, or too many.");
        }
        for (String text : prefixes) {
            Prefix prefix = prefix(text);
            boolean known = sensor.sensor().darknet().isEmpty()
                    || sensor.sensor().darknet().prefixes().stream()
                            .anyMatch(own -> own.length() <= prefix.length()
                                    && own.contains(
                                            prefix.network().hi(),
                                            prefix.network().lo()));
            if (!known) {
                throw new RefusedException(
                        Refusal.OUTSIDE,
                        "The tower's configuration does not have the dark prefix " + prefix + " for sensor "
                                + sensor.sensor().name() + "; give both the same darknet.");
            }
        }
    }

    private static Prefix prefix(String text) {
        try {
            return Prefix.parse(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Refusal.OUT_OF_BOUNDS, "A dark prefix is none.");
        }
    }

    private Response batch(Request request) {
        RemoteSensor sensor = sensor(request);
        Instant received = clock.instant();
        return judged(sensor, () -> {
            int fresh = intake.take(sensor, () -> body(request, sensor));
            return new Hello.Taken(micros(received), micros(clock.instant()), fresh);
        });
    }

    private static byte[] body(Request request, RemoteSensor sensor) {
        try {
            return request.body(Batches.MEDIA_TYPE, Batches.MOST_BYTES);
        } catch (Problem problem) {
            sensor.refused(problem.status() == Refusal.TOO_LARGE.status ? Refusal.TOO_LARGE : Refusal.DAMAGED);
            throw problem;
        }
    }

    private Response live(Request request) {
        RemoteSensor sensor = sensor(request);
        Instant received = clock.instant();
        Frame frame = request.body(Frame.class);
        return judged(sensor, () -> {
            if (frame.packets() == null
                    || frame.first() == null
                    || frame.packets().contains(null)
                    || frame.first().contains(null)) {
                throw new RefusedException(Refusal.OUT_OF_BOUNDS, "The frame is not complete.");
            }
            ReportCheck.checkIncarnation(frame.incarnation());
            ReportCheck.check(frame.report());
            sensor.frame(frame);
            return new Hello.Taken(micros(received), micros(clock.instant()), 0);
        });
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * MICROS + time.getNano() / 1000;
    }

    /** Answers, or tells why not and counts it. */
    private static Response judged(RemoteSensor sensor, java.util.function.Supplier<Object> answer) {
        try {
            return Response.ok(answer.get());
        } catch (RefusedException e) {
            sensor.refused(e.reason());
            throw new Problem(e.reason().status, e.reason().title, String.valueOf(e.getMessage()));
        }
    }
}
