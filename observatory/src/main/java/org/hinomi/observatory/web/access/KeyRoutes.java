package org.hinomi.observatory.web.access;

import java.time.Instant;
import java.util.List;
import org.hinomi.observatory.store.control.EpochMicros;
import org.hinomi.observatory.web.Caller;
import org.hinomi.observatory.web.Problem;
import org.hinomi.observatory.web.Request;
import org.hinomi.observatory.web.Response;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.Route;
import org.hinomi.observatory.web.access.ApiKeyStore.ApiKey;
import org.hinomi.observatory.web.access.AuditLog.Action;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** One's own API keys. */
final class KeyRoutes {
    private static final int LONGEST_LABEL = 80;

    record NewKey(@Nullable String label, @Nullable String role) {}

    record KeyView(
            String id,
            String label,
            String role,
            Instant created,
            @Nullable Instant lastUsed) {
        static KeyView of(ApiKey key) {
            Long used = key.usedUs();
            return new KeyView(
                    key.id(),
                    key.label(),
                    key.role(),
                    EpochMicros.time(key.createdUs()),
                    used == null ? null : EpochMicros.time(used));
        }
    }

    record Keys(List<KeyView> items, @Nullable String next) {}

    /** A new key with its secret, which is shown this once. */
    record MadeKey(String id, String label, String role, String key) {}

    private final Access access;

    KeyRoutes(Access access) {
        this.access = access;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/keys", Role.VIEWER, this::list),
                Route.post("/api/v1/keys", Role.VIEWER, this::add),
                Route.delete("/api/v1/keys/{id}", Role.VIEWER, this::remove));
    }

    private Response list(Request request) {
        request.query().only();
        List<ApiKey> keys = access.jdbi().withHandle(handle -> ApiKeyStore.of(handle, owner(handle, request)));
        return Response.ok(new Keys(keys.stream().map(KeyView::of).toList(), null));
    }

    private Response add(Request request) {
        NewKey body = request.body(NewKey.class);
        Caller caller = request.caller();
        String label = Fields.needed(body.label(), "label").strip();
        if (label.isEmpty() || label.length() > LONGEST_LABEL) {
            throw Problem.badRequest("A label has from 1 to " + LONGEST_LABEL + " characters.")
                    .named("label-length");
        }
        Role role = Fields.role(body.role());
        if (!caller.role().includes(role)) {
            throw Problem.forbidden("A key can do at most what you can: "
                            + caller.role().id() + ".")
                    .named("key-role");
        }
        String secret = ApiKeyStore.PREFIX + Secrets.token();
        ApiKey key = new ApiKey(
                Secrets.id(), label, role.id(), EpochMicros.of(access.clock().instant()), null);
        access.jdbi().useTransaction(handle -> {
            String owner = owner(handle, request);
            if (ApiKeyStore.of(handle, owner).size() >= ApiKeyStore.MOST_FOR_ONE_ACCOUNT) {
                throw Problem.conflict("You have " + ApiKeyStore.MOST_FOR_ONE_ACCOUNT
                                + " keys, the most there can be; remove one first.")
                        .named("too-many-keys");
            }
            ApiKeyStore.add(handle, owner, key, secret);
            access.audit().add(handle, caller.name(), Action.KEY_ADDED, label + " as " + role.id(), caller.address());
        });
        return Response.created(new MadeKey(key.id(), label, role.id(), secret));
    }

    private Response remove(Request request) {
        Caller caller = request.caller();
        String id = request.path("id");
        access.jdbi().useTransaction(handle -> {
            if (!ApiKeyStore.remove(handle, owner(handle, request), id)) {
                throw Problem.notFound("You have no key with this id.").named("no-such-key");
            }
            access.audit().add(handle, caller.name(), Action.KEY_REMOVED, id, caller.address());
        });
        return Response.noContent();
    }

    private static String owner(Handle handle, Request request) {
        if (!request.caller().signedIn()) {
            throw Problem.unauthorized("Sign in first.").named("sign-in-first");
        }
        return AccountStore.named(handle, request.caller().name())
                .orElseThrow(() -> Problem.unauthorized("Sign in first.").named("sign-in-first"))
                .id();
    }
}
