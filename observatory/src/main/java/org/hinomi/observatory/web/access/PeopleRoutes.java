package org.hinomi.observatory.web.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hinomi.observatory.web.Caller;
import org.hinomi.observatory.web.Problem;
import org.hinomi.observatory.web.Query;
import org.hinomi.observatory.web.Request;
import org.hinomi.observatory.web.Response;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.Route;
import org.hinomi.observatory.web.access.AuditLog.Action;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The people who may sign in, and the log of what they did: for administrators. */
final class PeopleRoutes {
    private static final int MOST_PEOPLE = 10_000;
    private static final int MOST_ENTRIES = 500;
    private static final int ENTRIES = 100;
    private static final String CURSOR = "[0-9]{1,18}-[0-9a-f]{20}";

    record NewPerson(
            @Nullable String name,
            @Nullable String password,
            @Nullable String role) {}

    record Change(
            @Nullable String role,
            @Nullable String password,
            @Nullable Boolean disabled) {}

    record PersonView(
            String id,
            String name,
            String role,
            Instant created,
            @Nullable Instant lastSeen,
            boolean disabled) {
        static PersonView of(Account account) {
            return new PersonView(
                    account.id(),
                    account.name(),
                    account.role(),
                    account.created(),
                    account.lastSeen().orElse(null),
                    account.disabled());
        }
    }

    record People(List<PersonView> items, @Nullable String next) {}

    private final Access access;

    PeopleRoutes(Access access) {
        this.access = access;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/people", Role.ADMINISTRATOR, this::list),
                Route.post("/api/v1/people", Role.ADMINISTRATOR, this::add),
                Route.patch("/api/v1/people/{id}", Role.ADMINISTRATOR, this::change),
                Route.get("/api/v1/audit", Role.ADMINISTRATOR, this::audit));
    }

    private Response list(Request request) {
        request.query().only();
        List<Account> all = access.jdbi().withHandle(AccountStore::all);
        return Response.ok(new People(all.stream().map(PersonView::of).toList(), null));
    }

    private Response add(Request request) {
        NewPerson body = request.body(NewPerson.class);
        String name = Account.checkName(body.name());
        Role role = Fields.role(body.role());
        String password = Fields.needed(body.password(), "password");
        Passwords.check(password);
        Account account = Account.of(
                name, access.passwords().hash(password), role, access.clock().instant());
        access.jdbi().useTransaction(handle -> {
            if (AccountStore.count(handle) >= MOST_PEOPLE) {
                throw Problem.conflict("There are " + MOST_PEOPLE + " people already: the most Hinomi keeps.")
                        .named("too-many-people");
            }
            if (!AccountStore.add(handle, account)) {
                throw Problem.conflict("Somebody of this name is there already.")
                        .named("name-taken");
            }
            note(handle, request.caller(), Action.PERSON_ADDED, account.name() + " as " + account.role());
        });
        return Response.created(PersonView.of(account));
    }

    private Response change(Request request) {
        Change body = request.body(Change.class);
        Role role = body.role() == null ? null : Fields.role(body.role());
        String kept = null;
        if (body.password() != null) {
            Passwords.check(body.password());
            kept = access.passwords().hash(body.password());
        }
        String password = kept;
        return access.jdbi().inTransaction(handle -> {
            Account before = AccountStore.withId(handle, request.path("id"))
                    .orElseThrow(() ->
                            Problem.notFound("There is nobody with this id.").named("no-such-person"));
            String newRole = role == null ? before.role() : role.id();
            boolean disabled = body.disabled() == null ? before.disabled() : body.disabled();
            keepAnAdministrator(handle, before, newRole, disabled);
            AccountStore.change(handle, before.id(), newRole, disabled);
            if (password != null) {
                AccountStore.changePassword(handle, before.id(), password);
            }
            if (disabled || password != null) {
                SessionStore.endOthers(handle, before.id(), "");
            }
            note(handle, request.caller(), Action.PERSON_CHANGED, changes(before, newRole, disabled, password));
            return Response.ok(
                    PersonView.of(AccountStore.withId(handle, before.id()).orElseThrow()));
        });
    }

    private static void keepAnAdministrator(Handle handle, Account before, String role, boolean disabled) {
        boolean stays = role.equals(Role.ADMINISTRATOR.id()) && !disabled;
        boolean was = before.rank() == Role.ADMINISTRATOR && !before.disabled();
        if (was && !stays && AccountStore.administratorsBeside(handle, before.id()) == 0) {
            throw Problem.conflict("This is the last administrator; make somebody else one first.")
                    .named("last-administrator");
        }
    }

    private static String changes(Account before, String role, boolean disabled, @Nullable String password) {
        List<String> changes = new ArrayList<>();
        if (!role.equals(before.role())) {
            changes.add("role " + before.role() + " to " + role);
        }
        if (disabled != before.disabled()) {
            changes.add(disabled ? "disabled" : "enabled");
        }
        if (password != null) {
            changes.add("new password");
        }
        return before.name() + ": " + (changes.isEmpty() ? "nothing" : String.join(", ", changes));
    }

    private void note(Handle handle, Caller caller, Action action, String what) {
        access.audit().add(handle, caller.name(), action, what, caller.address());
    }

    private Response audit(Request request) {
        Query query = request.query().only("limit", "cursor");
        String cursor = query.text("cursor").orElse("");
        if (!cursor.isEmpty() && !cursor.matches(CURSOR)) {
            throw Query.unusable("cursor", cursor, "the \"next\" of an earlier answer");
        }
        int limit = (int) query.whole("limit", 1, MOST_ENTRIES).orElse(ENTRIES);
        return Response.ok(access.audit().page(cursor, limit));
    }
}
