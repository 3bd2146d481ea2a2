package org.hinomi.observatory.web.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.hinomi.observatory.web.Request;
import org.hinomi.observatory.web.Response;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.Route;
import org.hinomi.observatory.web.Traffic;
import org.hinomi.observatory.web.stream.Hub;

/**
 * The program's metrics in the Prometheus text format: requests, live readers, the Java machine, and what others
 * register. Names begin with {@code hinomi_}; labels take few values, never an address.
 */
public final class Metrics implements Traffic, AutoCloseable {
    private record Health(boolean well, SortedMap<String, Boolean> checks) {}

    private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";
    private static final Duration[] LATENCIES = {
        Duration.ofMillis(10),
        Duration.ofMillis(50),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collector = new JvmGcMetrics();
    private final List<LongSupplier> counted = new CopyOnWriteArrayList<>();
    private final Map<String, BooleanSupplier> checks = new ConcurrentHashMap<>();

    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        collector.bindTo(registry);
    }

    @Override
    public void answered(String method, String route, int status, Duration took) {
        Timer.builder("hinomi.http.requests")
                .description("Requests by method, route and status")
                .serviceLevelObjectives(LATENCIES)
                .tags("method", method, "route", route, "status", Integer.toString(status))
                .register(registry)
                .record(took);
    }

    /** Shows a hub's readers and the events they lost. */
    public void watch(Hub hub) {
        gauge("hinomi.stream.readers", "Live readers now", hub::readers);
        counter("hinomi.stream.lost.events", "Events that slow live readers lost", hub::lost);
    }

    /** Registers a number that goes up and down; labels as name, value, name, value. */
    public void gauge(String name, String help, DoubleSupplier value, String... labels) {
        Gauge.builder(name, value::getAsDouble)
                .description(help)
                .tags(Tags.of(labels))
                .register(registry);
    }

    /** Registers a number that only goes up. */
    public void counter(String name, String help, LongSupplier value, String... labels) {
        counted.add(value); // the registry refers to it weakly
        FunctionCounter.builder(name, value, LongSupplier::getAsLong)
                .description(help)
                .tags(Tags.of(labels))
                .register(registry);
    }

    /** Registers something without which the program is not well, such as its storage. */
    public void check(String name, BooleanSupplier well) {
        checks.put(name, well);
    }

    /** {@code /metrics}, for administrators unless everybody may read it, and {@code /healthz}. */
    public List<Route> routes(boolean publicMetrics) {
        return List.of(
                Route.get("/metrics", publicMetrics ? Role.PUBLIC : Role.ADMINISTRATOR, this::scrape),
                Route.get("/healthz", Role.PUBLIC, this::health));
    }

    private Response scrape(Request request) {
        byte[] text = registry.scrape().getBytes(StandardCharsets.UTF_8);
        return new Response.Stream(FORMAT, Optional.empty(), out -> out.write(text));
    }

    private Response health(Request request) {
        SortedMap<String, Boolean> answers = new TreeMap<>();
        checks.forEach((name, check) -> answers.put(name, check.getAsBoolean()));
        boolean well = !answers.containsValue(false);
        return new Response.Json(well ? 200 : 503, new Health(well, answers));
    }

    @Override
    public void close() {
        collector.close();
        registry.close();
    }
}
