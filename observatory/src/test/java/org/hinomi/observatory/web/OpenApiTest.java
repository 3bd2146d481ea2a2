package org.hinomi.observatory.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hinomi.observatory.store.control.ControlStore;
import org.hinomi.observatory.web.access.Access;
import org.hinomi.observatory.web.access.AccessRoutes;
import org.hinomi.observatory.web.access.AccessSettings;
import org.hinomi.observatory.web.metrics.Metrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiTest {
    @TempDir
    Path directory;

    @Test
    void everyRouteOfTheWebIsDescribedWithItsRole() throws Exception {
        List<Route> routes = new ArrayList<>(List.of(OpenApi.route()));
        try (ControlStore store = ControlStore.open(directory);
                Metrics metrics = new Metrics()) {
            AccessSettings settings = new AccessSettings(1, false, () -> false, () -> false);
            routes.addAll(
                    new AccessRoutes(new Access(store.jdbi(), directory, settings, java.time.InstantSource.system()))
                            .routes());
            routes.addAll(metrics.routes(false));
        }
        assertThat(OpenApi.paths()).containsAll(OpenApi.paths(routes));
        routes.forEach(
                route -> assertThat(OpenApi.roles()).containsEntry(route.method() + " " + route.path(), route.role()));
    }

    @Test
    void theDescriptionIsServedAndRefersToNothingThatIsMissing() {
        try (Site site =
                new Site(List.of(OpenApi.route()), credentials -> Caller.visitor(Role.PUBLIC, credentials.address()))) {
            var answer = site.get("/api/v1/openapi.yaml");
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/yaml");
            Matcher references =
                    Pattern.compile("#/components/[a-z]+/([A-Za-z]+)").matcher(answer.body());
            while (references.find()) {
                assertThat(answer.body()).containsPattern("\n    " + references.group(1) + ":");
            }
        }
    }
}
