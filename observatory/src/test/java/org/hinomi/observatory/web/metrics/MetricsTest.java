package org.hinomi.observatory.web.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hinomi.observatory.web.Caller;
import org.hinomi.observatory.web.Response;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.Route;
import org.hinomi.observatory.web.Site;
import org.hinomi.observatory.web.WebSettings;
import org.hinomi.observatory.web.stream.Hub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private final Metrics metrics = new Metrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    private Site site(boolean publicMetrics) {
        List<Route> routes = new ArrayList<>(metrics.routes(publicMetrics));
        routes.add(Route.get("/api/v1/hosts/{address}", Role.PUBLIC, request -> Response.ok("x")));
        return new Site(
                WebSettings.loopback(0),
                routes,
                credentials -> Caller.visitor(Role.VIEWER, credentials.address()),
                metrics);
    }

    @Test
    void requestsAreCountedByTheirRouteAndNotByTheirPath() {
        Hub hub = new Hub(2, 2);
        hub.join();
        metrics.watch(hub);
        metrics.gauge("hinomi.sensor.lag.seconds", "Behind the clock", () -> 2.5, "sensor", "north");
        try (Site site = site(true)) {
            site.get("/api/v1/hosts/192.0.2.1");
            site.get("/api/v1/hosts/192.0.2.2");
            site.get("/api/v1/nothing/192.0.2.3");
            System.gc();
            HttpResponse<String> answer = site.get("/metrics");
            assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/plain");
            assertThat(answer.body())
                    .contains("hinomi_http_requests_seconds_count{method=\"GET\","
                            + "route=\"/api/v1/hosts/{address}\",status=\"200\"} 2")
                    .contains("route=\"none\",status=\"404\"")
                    .contains("hinomi_stream_readers 1.0", "hinomi_stream_lost_events_total 0.0")
                    .contains("hinomi_sensor_lag_seconds{sensor=\"north\"} 2.5", "jvm_memory_used_bytes")
                    .doesNotContain("192.0.2");
        }
    }

    @Test
    void metricsAreForAdministratorsUnlessSaidOtherwise() {
        try (Site site = site(false)) {
            assertThat(site.get("/metrics").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void healthFailsWithAnyOfItsChecks() {
        AtomicBoolean well = new AtomicBoolean(true);
        metrics.check("storage", well::get);
        try (Site site = site(false)) {
            assertThat(site.get("/healthz").statusCode()).isEqualTo(200);
            well.set(false);
            HttpResponse<String> answer = site.get("/healthz");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("\"checks\":{\"storage\":false}");
        }
    }
}
