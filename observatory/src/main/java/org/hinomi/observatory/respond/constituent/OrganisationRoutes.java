package org.hinomi.observatory.respond.constituent;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.observatory.respond.constituent.OrganisationCheck.Outcome;
import org.hinomi.observatory.respond.constituent.OrganisationFile.Item;
import org.hinomi.observatory.respond.constituent.OrganisationFile.Parsed;
import org.hinomi.observatory.web.Caller;
import org.hinomi.observatory.web.Problem;
import org.hinomi.observatory.web.Query;
import org.hinomi.observatory.web.Request;
import org.hinomi.observatory.web.Response;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.Route;
import org.hinomi.observatory.web.access.AuditLog;
import org.hinomi.observatory.web.access.AuditLog.Action;
import org.jspecify.annotations.Nullable;

/**
 * Organisations over HTTP. Whose networks are watched is not for everybody: visitors see nothing, viewers names,
 * analysts the networks too, and administrators change them.
 */
public final class OrganisationRoutes {
    private static final String ALL = "/api/v1/organisations";
    private static final String ONE = ALL + "/{id}";

    private final Registry registry;
    private final AuditLog audit;

    /** Routes on a registry; changes are noted. */
    public OrganisationRoutes(Registry registry, AuditLog audit) {
        this.registry = registry;
        this.audit = audit;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.get(ALL, Role.VIEWER, this::list),
                Route.post(ALL + "/import", Role.ADMINISTRATOR, this::take),
                Route.get(ONE, Role.VIEWER, this::one),
                Route.put(ONE, Role.ADMINISTRATOR, this::put),
                Route.delete(ONE, Role.ADMINISTRATOR, this::remove));
    }

    /**
     * An organisation as a caller may see it.
     *
     * @param prefixes null for who may not see them
     */
    private record View(
            String id,
            String name,
            @Nullable List<String> prefixes,
            @Nullable List<Long> asNumbers,
            Instant validFrom) {
        static View of(Organisation of, Caller caller) {
            boolean networks = caller.role().includes(Role.ANALYST);
            return new View(
                    of.id(), of.name(), networks ? texts(of) : null, networks ? of.asNumbers() : null, of.validFrom());
        }
    }

    private record Views(List<View> items, @Nullable String next) {}

    private static List<String> texts(Organisation of) {
        return of.prefixes().stream().map(Prefix::toString).toList();
    }

    private static Caller signedIn(Request request) {
        if (!request.caller().signedIn()) {
            throw Problem.unauthorized("Organisations are shown to who signed in.")
                    .named("sign-in-first");
        }
        return request.caller();
    }

    private Response list(Request request) {
        Caller caller = signedIn(request);
        Query query = request.query().only("format");
        String format = query.text("format").orElse("json");
        if (format.equals("csv")) {
            return csv(caller);
        }
        if (!format.equals("json")) {
            throw Query.unusable("format", format, "json or csv");
        }
        return Response.ok(new Views(
                registry.all().stream().map(each -> View.of(each, caller)).toList(), null));
    }

    private Response one(Request request) {
        Caller caller = signedIn(request);
        request.query().only();
        return Response.ok(View.of(found(request), caller));
    }

    private Organisation found(Request request) {
        return registry.find(request.path("id"))
                .orElseThrow(() -> Problem.notFound("There is no organisation with this id."));
    }

    private Response csv(Caller caller) {
        if (!caller.role().includes(Role.ANALYST)) {
            throw Problem.forbidden("Exports are for analysts and administrators.")
                    .named("export-role");
        }
        audit.add(caller, Action.EXPORT, "organisations as csv");
        byte[] bytes = OrganisationFile.csv(registry.all()).getBytes(StandardCharsets.UTF_8);
        return Response.file("text/csv; charset=utf-8", "organisations.csv", out -> out.write(bytes));
    }

    /** What was stored, or why nothing was. */
    private record Result(boolean stored, int organisations, List<RowNote> notes) {}

    /** A refusal with what is wrong in each row, in the form of problem details (RFC 9457). */
    private record Refused(
            String type, String title, int status, String detail, List<RowNote> errors, List<RowNote> notes) {}

    private static Response answer(Outcome outcome, boolean stored) {
        if (outcome.errors().isEmpty()) {
            return Response.ok(new Result(stored, outcome.organisations().size(), outcome.notes()));
        }
        RowNote first = outcome.errors().getFirst();
        String detail = "Nothing was stored: line " + first.line() + ": " + first.reason()
                + (first.remedy() == null ? "" : " " + first.remedy());
        return new Response.Json(
                422,
                new Refused(
                        "urn:hinomi:problem:rows", "Rows are wrong", 422, detail, outcome.errors(), outcome.notes()));
    }

    /** Takes a file, whole or not at all; with {@code check=true} it only tells what it would say. */
    private Response take(Request request) {
        Query query = request.query().only("check");
        String check = query.text("check").orElse("false");
        if (!List.of("true", "false").contains(check)) {
            throw Query.unusable("check", check, "true or false");
        }
        boolean json = request.header("Content-Type").orElse("").equalsIgnoreCase("application/json");
        Parsed parsed = json
                ? OrganisationFile.json(request.body("application/json", OrganisationFile.MOST_BYTES))
                : OrganisationFile.csv(request.body("text/csv", OrganisationFile.MOST_BYTES));
        return check.equals("true") ? answer(registry.check(parsed), false) : store(request, parsed, "import");
    }

    private Response store(Request request, Parsed parsed, String what) {
        Caller caller = request.caller();
        return answer(
                registry.store(
                        parsed,
                        caller.name(),
                        (handle, changed) -> audit.add(
                                handle, caller, Action.ORGANISATIONS_CHANGED, what + ", " + changed + " changed")),
                true);
    }

    /** What an organisation is to be. */
    private record Wanted(
            @Nullable String name,
            @Nullable List<String> prefixes,
            @Nullable List<String> asNumbers,
            @Nullable String validFrom) {}

    private Response put(Request request) {
        request.query().only();
        Wanted body = request.body(Wanted.class);
        Item item = new Item(request.path("id"), body.name, body.prefixes, body.asNumbers, body.validFrom);
        return store(request, new Parsed(List.of(item.draft(1)), List.of()), request.path("id"));
    }

    private Response remove(Request request) {
        request.query().only();
        Caller caller = request.caller();
        String id = request.path("id");
        if (!registry.remove(id, caller.name(), handle -> audit.add(handle, caller, Action.ORGANISATION_REMOVED, id))) {
            throw Problem.notFound("There is no organisation with this id.");
        }
        return Response.noContent();
    }
}
