package org.hinomi.observatory.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The description of the API (OpenAPI 3.1), written by hand and held to the routes by a test. */
public final class OpenApi {
    private static final String RESOURCE = "/org/hinomi/observatory/openapi.yaml";

    private OpenApi() {}

    /** The route that answers the description. */
    public static Route route() {
        String text = text();
        return Route.get("/api/v1/openapi.yaml", Role.PUBLIC, request -> {
            request.query().only();
            return new Response.Text("application/yaml", text);
        });
    }

    /** Every operation that is described, such as {@code GET /api/v1/hosts/{address}}. */
    public static SortedSet<String> paths() {
        return new TreeSet<>(roles().keySet());
    }

    /** The same of routes. */
    public static SortedSet<String> paths(List<Route> routes) {
        return routes.stream()
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every operation that is described, and the role it is said to need. */
    public static SortedMap<String, Role> roles() {
        SortedMap<String, Role> roles = new TreeMap<>();
        map(map(new Load(LoadSettings.builder().build()).loadFromString(text())).get("paths"))
                .forEach((path, operations) -> map(operations).forEach((method, operation) -> {
                    String name = method.toUpperCase(Locale.ROOT) + " " + path;
                    String role = String.valueOf(map(operation).get("x-role"));
                    roles.put(
                            name,
                            Arrays.stream(Role.values())
                                    .filter(known -> known.id().equals(role))
                                    .findFirst()
                                    .orElseThrow(() -> new IllegalStateException(name + " lacks its x-role")));
                }));
        return roles;
    }

    @SuppressWarnings("unchecked") // YAML's maps have text keys here
    private static Map<String, Object> map(@Nullable Object node) {
        return (Map<String, Object>) Objects.requireNonNull(node);
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(OpenApi.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
