package org.hinomi.observatory.alert;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hinomi.observatory.web.Problem;
import org.hinomi.observatory.web.Query;
import org.hinomi.observatory.web.Request;
import org.hinomi.observatory.web.Response;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.Route;
import org.hinomi.observatory.web.json.Json;
import org.jspecify.annotations.Nullable;

/** The queue of alerts. Like detections, alerts name no dark address. */
public final class AlertRoutes {
    private static final int USUAL = 50;
    private static final int MOST = 500;
    private static final int MOST_EXPORTED = 100_000;
    private static final String CSV_HEADER = "id,revision,detector,sensor,source,traffic,kind,port,severity,first,last,"
            + "ended,state,raised,handled_by,note,muted,false_alarm,fields\r\n";

    private final AlertStore store;
    private final Desk desk;
    private final Supplier<List<String>> shown;

    /**
     * Routes on a store.
     *
     * @param shown the sensors that are shown when none is asked for
     */
    public AlertRoutes(AlertStore store, Desk desk, Supplier<List<String>> shown) {
        this.store = store;
        this.desk = desk;
        this.shown = shown;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/alerts", Role.VIEWER, this::alerts),
                Route.get("/api/v1/alerts/{id}", Role.VIEWER, this::alert),
                Route.get("/api/v1/alert-counts", Role.VIEWER, this::counts));
    }

    private record Items(List<AlertView> items, @Nullable String next) {}

    private Response alerts(Request request) {
        Query query = request.query()
                .only(Stream.concat(AlertQuery.NAMES.stream(), Stream.of("limit", "cursor", "format"))
                        .toArray(String[]::new));
        AlertFilter filter = AlertQuery.filter(query, request.caller(), shown);
        query.text("cursor").ifPresent(cursor -> AlertQuery.after(filter, cursor));
        String format = query.text("format").orElse("json");
        if (format.equals("csv")) {
            return Response.file("text/csv; charset=utf-8", "alerts.csv", out -> csv(filter, out));
        }
        if (!format.equals("json")) {
            throw Query.unusable("format", format, "json or csv");
        }
        int limit = (int) query.whole("limit", 1, MOST).orElse(USUAL);
        List<Alert> found = store.list(filter, limit + 1);
        List<Alert> page = found.subList(0, Math.min(limit, found.size()));
        return Response.ok(new Items(
                page.stream().map(AlertView::of).toList(),
                found.size() > limit
                        ? page.getLast().raisedUs() + "-" + page.getLast().id()
                        : null));
    }

    private Response alert(Request request) {
        request.query().only();
        String id = request.path("id");
        Alert alert = store.find(id)
                .filter(found -> !found.detector().equals(Alert.OWN) || AlertQuery.seesOwners(request.caller()))
                .orElseThrow(() -> Problem.notFound("There is no alert with this id; it may have aged away.")
                        .named("no-such-alert"));
        return Response.ok(new AlertView.Whole(
                AlertView.of(alert),
                desk.deeds(id).stream().map(AlertView.DeedView::of).toList()));
    }

    private record Counts(
            long open,
            Map<String, Long> openByDetector,
            Map<String, Long> states,
            long muted,
            Map<String, Long> falseAlarms) {}

    private Response counts(Request request) {
        Query query = request.query().only("sensor", "sensor_kind");
        Map<String, Long> open = store.counts(
                AlertQuery.filter(query, request.caller(), shown).among("state", List.of(Alert.OPEN)), "detector");
        Map<String, Long> states = store.counts(AlertQuery.filter(query, request.caller(), shown), "state");
        AlertFilter quiet = AlertQuery.filter(new Query(Map.of("muted", List.of("true"))), request.caller(), shown);
        long muted = store.counts(quiet, "state").values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return Response.ok(new Counts(states.getOrDefault(Alert.OPEN, 0L), open, states, muted, store.falseAlarms()));
    }

    private void csv(AlertFilter filter, OutputStream out) throws IOException {
        out.write(CSV_HEADER.getBytes(StandardCharsets.US_ASCII));
        for (Alert alert : store.list(filter, MOST_EXPORTED)) {
            AlertView view = AlertView.of(alert);
            List<String> cells = new ArrayList<>(List.of(
                    view.id(),
                    Integer.toString(view.revision()),
                    view.detector(),
                    view.sensor(),
                    view.source(),
                    view.traffic(),
                    view.kind(),
                    Long.toString(view.port()),
                    view.severity(),
                    view.first().toString(),
                    view.last().toString(),
                    Boolean.toString(view.ended()),
                    view.state(),
                    view.raised().toString()));
            String by = view.handledBy();
            cells.add(quoted(by == null ? "" : by));
            cells.add(quoted(view.note()));
            cells.add(Boolean.toString(view.mute() != null));
            cells.add(Boolean.toString(view.falseAlarm()));
            cells.add(quoted(Json.text(view.fields())));
            out.write((String.join(",", cells) + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A text in quotes; one that a spreadsheet would take for a formula begins with an apostrophe. */
    private static String quoted(String text) {
        String safe = text.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + text : text;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
