package org.hinomi.observatory.detect;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.detect.Detector;
import org.hinomi.observatory.detect.DetectionStore.Stored;
import org.hinomi.observatory.web.Caller;
import org.hinomi.observatory.web.Problem;
import org.hinomi.observatory.web.Query;
import org.hinomi.observatory.web.Request;
import org.hinomi.observatory.web.Response;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.Route;
import org.hinomi.observatory.web.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * What detectors found, and what they are. A detection names no dark address; how many a sensor has is no secret.
 */
public final class DetectionRoutes {
    private static final int USUAL = 50;
    private static final int MOST = 500;
    private static final int MOST_EXPORTED = 100_000;
    private static final int LOOKED_AT_ONCE = 2000;
    private static final int MOST_LOOKED_AT = 100_000;
    private static final List<String> SENSOR_KINDS = List.of("live", "recording", "demo");
    private static final List<String> KINDS = List.of("scan", "backscatter", "other");
    private static final List<String> YES_NO = List.of("true", "false");
    private static final String CSV_HEADER =
            "id,revision,detector,sensor,source,traffic,kind,port,first,last,ended,aggressive,fields\r\n";

    /** The detector whose detections tell whose a machine is. */
    static final String OWN = "own";

    private final DetectionStore store;
    private final List<Detector<?>> detectors;
    private final Supplier<List<String>> shown;
    private final Origin origin;

    /**
     * Routes on a store.
     *
     * @param shown the sensors that are shown when none is asked for
     * @param origin where sources are registered
     */
    public DetectionRoutes(
            DetectionStore store, List<Detector<?>> detectors, Supplier<List<String>> shown, Origin origin) {
        this.origin = origin;
        this.store = store;
        this.detectors = List.copyOf(detectors);
        this.shown = shown;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/detections", Role.VIEWER, this::detections),
                Route.get("/api/v1/detectors", Role.VIEWER, this::detectors));
    }

    private record Item(
            String id,
            int revision,
            String detector,
            String sensor,
            String source,
            String traffic,
            String kind,
            long port,
            Instant first,
            Instant last,
            Instant reported,
            boolean ended,
            boolean aggressive,
            @Nullable Researcher researcher,
            Object fields) {}

    /** Whose research scanner a source is, as told with the detection. */
    private record Researcher(Object name, Object reference, Object matchedBy) {
        static @Nullable Researcher of(Map<String, Object> fields) {
            return Boolean.TRUE.equals(fields.get("researcher"))
                    ? new Researcher(
                            fields.getOrDefault("researcher_name", ""),
                            fields.getOrDefault("researcher_reference", ""),
                            fields.getOrDefault("researcher_matched_by", ""))
                    : null;
        }
    }

    private record Items(List<Item> items, @Nullable String next) {}

    /** Whether everybody who may see detections may see those of a detector: not when they tell whose a machine is. */
    public static boolean isForAll(String detector) {
        return !detector.equals(OWN);
    }

    /** Whether a caller may see whose machines are. */
    static boolean seesOwners(Caller caller) {
        return caller.signedIn() && caller.role().includes(Role.ANALYST);
    }

    private Response detections(Request request) {
        boolean owners = seesOwners(request.caller());
        Query query = request.query()
                .only(
                        "from",
                        "to",
                        "source",
                        "country",
                        "asn",
                        "family",
                        "port",
                        "traffic",
                        "kind",
                        "detector",
                        "sensor",
                        "sensor_kind",
                        "aggressive",
                        "organisation",
                        "grade",
                        "cause",
                        "researcher",
                        "limit",
                        "cursor",
                        "format");
        if (!owners && query.text("detector").filter(OWN::equals).isPresent()) {
            throw Problem.forbidden("Machines of organisations are shown to analysts and administrators.")
                    .named("role");
        }
        SourceFilter sources = SourceFilter.of(query, origin);
        String format = query.text("format").orElse("json");
        if (format.equals("csv")) {
            return Response.file("text/csv; charset=utf-8", "detections.csv", out -> csv(query, sources, owners, out));
        }
        if (!format.equals("json")) {
            throw Query.unusable("format", format, "json or csv");
        }
        int limit = (int) query.whole("limit", 1, MOST).orElse(USUAL);
        return Response.ok(page(query, sources, owners, limit));
    }

    /** The next of what is asked. What the database can't tell is looked at row by row, so many of them at most. */
    private Items page(Query query, SourceFilter sources, boolean owners, int limit) {
        List<Item> items = new ArrayList<>();
        String cursor = query.text("cursor").orElse(null);
        int step = sources.any() ? LOOKED_AT_ONCE : limit + 1;
        for (int looked = 0; looked < MOST_LOOKED_AT; looked += step) {
            DetectionFilter filter = filter(query, owners);
            if (cursor != null) {
                after(filter, cursor);
            }
            List<Stored> found = store.list(filter, step);
            for (Stored stored : found) {
                if (!sources.any() || sources.fits(stored)) {
                    if (items.size() == limit) {
                        return new Items(items, cursor);
                    }
                    items.add(item(stored));
                }
                cursor = stored.seen() + "-" + stored.id();
            }
            if (found.size() < step) {
                return new Items(items, null);
            }
        }
        return new Items(items, cursor);
    }

    private DetectionFilter filter(Query query, boolean owners) {
        DetectionFilter filter = new DetectionFilter()
                .within(query.instant("from"), query.instant("to"))
                .with(
                        "source",
                        query.text("source").filter(text -> !text.contains("/")).map(DetectionRoutes::address))
                .with("port", boxed(query.whole("port", 0, 65_535)))
                .among("traffic", query.list("traffic"))
                .with("kind", one(query, "kind", KINDS))
                .among("detector", query.list("detector"))
                .with("aggressive", one(query, "aggressive", YES_NO).map(Boolean::valueOf));
        one(query, "researcher", YES_NO).map(Boolean::valueOf).ifPresent(filter::researcher);
        Optional<String> origin = one(query, "sensor_kind", SENSOR_KINDS);
        List<String> sensors = query.list("sensor");
        if (!owners) {
            filter.without("detector", OWN);
        }
        origin.ifPresent(filter::ofOrigin);
        if (!sensors.isEmpty() || origin.isEmpty()) {
            filter.ofSensors(sensors.isEmpty() ? shown.get() : sensors);
        }
        return filter;
    }

    private static String address(String text) {
        return IpAddress.parse(text)
                .orElseThrow(() -> Query.unusable("source", text, "an IPv4 or IPv6 address"))
                .toString();
    }

    private static Optional<Long> boxed(OptionalLong number) {
        return number.isPresent() ? Optional.of(number.getAsLong()) : Optional.empty();
    }

    private static Optional<String> one(Query query, String name, List<String> allowed) {
        Optional<String> text = query.text(name);
        text.filter(value -> !allowed.contains(value)).ifPresent(value -> {
            throw Query.unusable(name, value, "one of " + String.join(", ", allowed));
        });
        return text;
    }

    private static void after(DetectionFilter filter, String cursor) {
        if (!cursor.matches("-?[0-9]{1,18}-[0-9a-f]{32}")) {
            throw Problem.badRequest("Parameter \"cursor\" must be the \"next\" of the page before.");
        }
        int dash = cursor.lastIndexOf('-');
        filter.after(Long.parseLong(cursor.substring(0, dash)), cursor.substring(dash + 1));
    }

    private static Item item(Stored stored) {
        Map<String, Object> fields = stored.values();
        return new Item(
                stored.id(),
                stored.revision(),
                stored.detector(),
                stored.sensor(),
                stored.source(),
                stored.traffic(),
                stored.kind(),
                stored.port(),
                second(stored.started()),
                second(stored.seen()),
                second(stored.reported()),
                stored.ended(),
                stored.aggressive(),
                Researcher.of(fields),
                fields);
    }

    private static Instant second(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000));
    }

    private void csv(Query query, SourceFilter sources, boolean owners, OutputStream out) throws IOException {
        out.write(CSV_HEADER.getBytes(StandardCharsets.US_ASCII));
        for (Stored stored : store.list(filter(query, owners), MOST_EXPORTED)) {
            if (sources.any() && !sources.fits(stored)) {
                continue;
            }
            String fields = Json.text(stored.values()).replace("\"", "\"\"");
            String line = String.join(
                    ",",
                    stored.id(),
                    Integer.toString(stored.revision()),
                    stored.detector(),
                    stored.sensor(),
                    stored.source(),
                    stored.traffic(),
                    stored.kind(),
                    Long.toString(stored.port()),
                    second(stored.started()).toString(),
                    second(stored.seen()).toString(),
                    Boolean.toString(stored.ended()),
                    Boolean.toString(stored.aggressive()),
                    "\"" + fields + "\"");
            out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The detectors, and in which traffic they were measured when. */
    private record Detectors(List<Described> items, String measured, long seed, int days) {}

    private Response detectors(Request request) {
        request.query().only();
        Measured measured = Described.MEASURED;
        return Response.ok(new Detectors(
                detectors.stream().map(Described::of).toList(), measured.date(), measured.seed(), measured.days()));
    }
}
