package org.hinomi.observatory.alert;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.hinomi.observatory.store.control.EpochMicros;
import org.hinomi.observatory.web.Problem;
import org.hinomi.observatory.web.Request;
import org.hinomi.observatory.web.Response;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.Route;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Filters that a person gave a name: each one's own, as the console's address has them. */
public final class SearchRoutes {
    private static final int MOST = 100;
    private static final int LONGEST_NAME = 80;
    private static final int LONGEST_QUERY = 2000;

    private final Jdbi jdbi;
    private final InstantSource clock;

    /** Routes on a control database. */
    public SearchRoutes(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/saved-searches", Role.VIEWER, this::list),
                Route.post("/api/v1/saved-searches", Role.VIEWER, this::add),
                Route.delete("/api/v1/saved-searches/{id}", Role.VIEWER, this::remove));
    }

    /** A row. Public, so that its values can be bound by name. */
    public record Row(String id, String name, String query, long madeUs) {}

    private record Saved(String id, String name, String query, Instant made) {
        static Saved of(Row row) {
            return new Saved(row.id(), row.name(), row.query(), EpochMicros.time(row.madeUs()));
        }
    }

    private record Items(List<Saved> items) {}

    private Response list(Request request) {
        request.query().only();
        if (!request.caller().signedIn()) {
            return Response.ok(new Items(List.of()));
        }
        List<Row> rows = jdbi.withHandle(handle -> of(handle, request.caller().name()));
        return Response.ok(new Items(rows.stream().map(Saved::of).toList()));
    }

    private static List<Row> of(Handle handle, String owner) {
        return handle.createQuery(
                        "SELECT id, name, query, made_us FROM saved_search WHERE owner = :owner ORDER BY name, id")
                .bind("owner", owner)
                .mapTo(Row.class)
                .list();
    }

    record NewSearch(@Nullable String name, @Nullable String query) {}

    private Response add(Request request) {
        NewSearch body = request.body(NewSearch.class);
        String owner = owner(request);
        String name = DeskRoutes.text(body.name(), "name", LONGEST_NAME).strip();
        String query = DeskRoutes.text(body.query(), "query", LONGEST_QUERY);
        if (name.isEmpty()) {
            throw Problem.badRequest("\"name\" has from 1 to " + LONGEST_NAME + " characters.")
                    .named("search-name");
        }
        Row row = new Row(RowId.next(), name, query, EpochMicros.of(clock.instant()));
        jdbi.useTransaction(handle -> {
            if (of(handle, owner).size() >= MOST) {
                throw Problem.conflict("You have " + MOST + " saved searches, the most there can be; remove one.");
            }
            handle.createUpdate("INSERT INTO saved_search (id, owner, name, query, made_us)"
                            + " VALUES (:id, :owner, :name, :query, :madeUs)")
                    .bindMethods(row)
                    .bind("owner", owner)
                    .execute();
        });
        return Response.created(Saved.of(row));
    }

    private Response remove(Request request) {
        String owner = owner(request);
        int removed = jdbi.withHandle(handle ->
                handle.execute("DELETE FROM saved_search WHERE id = ? AND owner = ?", request.path("id"), owner));
        if (removed == 0) {
            throw Problem.notFound("You have no saved search with this id.").named("no-such-search");
        }
        return Response.noContent();
    }

    private static String owner(Request request) {
        if (!request.caller().signedIn()) {
            throw Problem.unauthorized("Sign in first.").named("sign-in-first");
        }
        return request.caller().name();
    }
}
