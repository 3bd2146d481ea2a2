package org.hinomi.observatory.campaign;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hinomi.kernel.address.Places;
import org.hinomi.observatory.store.control.EpochMicros;
import org.hinomi.observatory.web.Problem;
import org.hinomi.observatory.web.Query;
import org.hinomi.observatory.web.Request;
import org.hinomi.observatory.web.Response;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.Route;
import org.hinomi.observatory.web.access.AuditLog;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Campaigns and their dossiers. Viewers read; analysts give names. */
public final class CampaignRoutes {
    private static final int USUAL = 50;
    private static final int MOST = 500;
    private static final int MOST_EXPORTED = 20_000;
    private static final int POINTS = 30;
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_NOTE = 4000;
    private static final String CSV_HEADER = "id,name,label,sensor_kind,state,first_day,last_day,days,sources,"
            + "sources_last,peak,packets,ports,families,countries\r\n";

    private final CampaignQueries queries;
    private final Places places;
    private final AuditLog audit;
    private final InstantSource clock;
    private final Asked asked;

    /**
     * What else the routes ask.
     *
     * @param watches names of what is shown
     * @param trouble why days wait to be looked at, as a sentence; empty when all is well
     * @param changed is told when somebody gave a name
     */
    public record Asked(Supplier<List<String>> watches, Supplier<String> trouble, Runnable changed) {}

    /** Routes on a control database. */
    public CampaignRoutes(Jdbi jdbi, Places places, AuditLog audit, InstantSource clock, Asked asked) {
        this.queries = new CampaignQueries(jdbi);
        this.places = places;
        this.audit = audit;
        this.clock = clock;
        this.asked = asked;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/campaigns", Role.VIEWER, this::campaigns),
                Route.get("/api/v1/campaigns/{id}", Role.VIEWER, this::dossier),
                Route.put("/api/v1/campaigns/{id}", Role.ANALYST, this::say));
    }

    private record Items(
            List<CampaignView> items,
            @Nullable String next,
            @Nullable String lastDay,
            @Nullable String trouble) {}

    private Response campaigns(Request request) {
        Query query = request.query()
                .only(Stream.concat(CampaignFilter.NAMES.stream(), Stream.of("limit", "cursor", "format"))
                        .toArray(String[]::new));
        CampaignFilter filter = CampaignFilter.of(query, asked.watches);
        String format = query.text("format").orElse("json");
        if (format.equals("csv")) {
            return Response.file("text/csv; charset=utf-8", "campaigns.csv", out -> csv(filter, out));
        }
        if (!format.equals("json")) {
            throw Query.unusable("format", format, "json or csv");
        }
        int limit = (int) query.whole("limit", 1, MOST).orElse(USUAL);
        List<CampaignRow> found = queries.list(filter, limit + 1);
        List<CampaignRow> page = found.subList(0, Math.min(limit, found.size()));
        String trouble = asked.trouble.get();
        return Response.ok(new Items(
                views(page),
                found.size() > limit ? CampaignFilter.cursor(page.getLast()) : null,
                queries.lastDay(asked.watches.get()).stream()
                        .mapToObj(Days::text)
                        .findFirst()
                        .orElse(null),
                trouble.isEmpty() ? null : trouble));
    }

    private List<CampaignView> views(List<CampaignRow> rows) {
        Map<String, List<CampaignQueries.DayRow>> growth =
                queries.growth(rows.stream().map(CampaignRow::id).toList(), POINTS);
        return rows.stream()
                .map(row -> CampaignView.of(row, growth.getOrDefault(row.id(), List.of())))
                .toList();
    }

    /** The campaign of a request's path. */
    static CampaignRow of(CampaignQueries queries, Request request) {
        return queries.find(request.path("id"))
                .orElseThrow(() -> Problem.notFound("There is no campaign with this id; it may have aged away.")
                        .named("no-such-campaign"));
    }

    private Response dossier(Request request) {
        request.query().only();
        return Response.ok(Dossier.of(of(queries, request), queries, places));
    }

    record Said(@Nullable String name, @Nullable String note) {}

    private Response say(Request request) {
        CampaignRow row = of(queries, request);
        Said body = request.body(Said.class);
        String name = body.name() == null ? "" : body.name().strip();
        String note = body.note() == null ? "" : body.note().strip();
        if (name.length() > LONGEST_NAME || note.length() > LONGEST_NOTE) {
            throw Problem.badRequest("\"name\" has at most " + LONGEST_NAME + " characters, \"note\" at most "
                            + LONGEST_NOTE + ".")
                    .named("campaign-name");
        }
        queries.say(row, name, note, request.caller(), EpochMicros.of(clock.instant()), audit);
        asked.changed.run();
        return Response.ok(Dossier.of(of(queries, request), queries, places));
    }

    private void csv(CampaignFilter filter, OutputStream out) throws IOException {
        out.write(CSV_HEADER.getBytes(StandardCharsets.US_ASCII));
        for (CampaignRow row : queries.list(filter, MOST_EXPORTED)) {
            CampaignView view = CampaignView.of(row, List.of());
            String line = String.join(
                    ",",
                    view.id(),
                    Cell.quoted(view.name() == null ? "" : view.name()),
                    Cell.quoted(view.label()),
                    view.sensorKind(),
                    view.state(),
                    view.firstDay(),
                    view.lastDay(),
                    Long.toString(view.days()),
                    Long.toString(view.sources()),
                    Long.toString(view.sourcesLast()),
                    Long.toString(view.peak()),
                    Long.toString(view.packets()),
                    Cell.quoted(String.join(" ", view.ports())),
                    Cell.quoted(String.join(" ", view.families())),
                    Cell.quoted(String.join(" ", view.countries())));
            out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
