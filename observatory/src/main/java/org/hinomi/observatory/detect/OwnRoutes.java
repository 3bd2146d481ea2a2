package org.hinomi.observatory.detect;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.hinomi.observatory.detect.DetectionStore.Stored;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.web.Problem;
import org.hinomi.observatory.web.Query;
import org.hinomi.observatory.web.Request;
import org.hinomi.observatory.web.Response;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.Route;
import org.hinomi.observatory.web.json.Json;
import org.hinomi.observatory.web.json.JsonException;
import org.jspecify.annotations.Nullable;

/**
 * What the machines of organisations did, organisation by organisation. Who may not see whose a machine is, a viewer,
 * gets numbers without addresses; who has not signed in gets nothing.
 */
public final class OwnRoutes {
    private static final int MOST_LOOKED_AT = 50_000;
    private static final int MOST_STRIKES = 300;

    private final DetectionStore store;
    private final Supplier<List<String>> shown;

    /**
     * Routes on a store.
     *
     * @param shown the sensors that are shown when none is asked for
     */
    public OwnRoutes(DetectionStore store, Supplier<List<String>> shown) {
        this.store = store;
        this.shown = shown;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.get("/api/v1/own-machines", Role.VIEWER, this::machines));
    }

    /**
     * A machine's detection, without its address for who may not see it.
     *
     * @param ended whether the machine has gone quiet
     */
    record Strike(
            @Nullable String id,
            @Nullable String source,
            String organisation,
            String grade,
            String cause,
            long port,
            String traffic,
            long packets,
            Instant first,
            Instant last,
            boolean ended) {}

    /** One organisation's machines, each counted once, by its highest grade. */
    record Counted(
            String organisation,
            String name,
            int machines,
            int active,
            Map<String, Integer> grades,
            Map<String, Integer> causes,
            Instant last) {}

    private record Machines(List<Counted> items, List<Strike> strikes, boolean partial) {}

    private Response machines(Request request) {
        if (!request.caller().signedIn()) {
            throw Problem.unauthorized("Organisations are shown to who signed in.")
                    .named("sign-in-first");
        }
        boolean addresses = DetectionRoutes.seesOwners(request.caller());
        Query query = request.query().only("from", "to", "sensor");
        List<String> sensors = query.list("sensor");
        DetectionFilter filter = new DetectionFilter()
                .within(query.instant("from"), query.instant("to"))
                .with("detector", Optional.of(DetectionRoutes.OWN))
                .ofSensors(sensors.isEmpty() ? shown.get() : sensors);
        List<Stored> found = store.list(filter, MOST_LOOKED_AT);
        OwnCounts counts = new OwnCounts();
        List<Strike> strikes = new ArrayList<>();
        for (Stored stored : found) {
            Map<?, ?> fields = fields(stored);
            counts.add(stored, fields);
            if (strikes.size() < MOST_STRIKES) {
                strikes.add(strike(stored, fields, addresses));
            }
        }
        return Response.ok(new Machines(counts.counted(), strikes, found.size() == MOST_LOOKED_AT));
    }

    private static Strike strike(Stored stored, Map<?, ?> fields, boolean addresses) {
        return new Strike(
                addresses ? stored.id() : null,
                addresses ? stored.source() : null,
                OwnCounts.text(fields, "organisation"),
                OwnCounts.text(fields, "grade"),
                OwnCounts.text(fields, "cause"),
                stored.port(),
                stored.traffic(),
                fields.get("packets") instanceof Number packets ? packets.longValue() : 0,
                OwnCounts.second(stored.started()),
                OwnCounts.second(stored.seen()),
                stored.ended());
    }

    private static Map<?, ?> fields(Stored stored) {
        try {
            return Json.read(stored.fields().getBytes(StandardCharsets.UTF_8), Map.class);
        } catch (JsonException e) {
            throw new StoreException("detection " + stored.id() + " is damaged: " + e.getMessage(), e);
        }
    }
}
