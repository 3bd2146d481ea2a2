package org.hinomi.observatory.web.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import org.hinomi.observatory.web.Caller;
import org.hinomi.observatory.web.Credentials;
import org.hinomi.observatory.web.Problem;
import org.hinomi.observatory.web.Request;
import org.hinomi.observatory.web.Response;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.Route;
import org.hinomi.observatory.web.access.AuditLog.Action;
import org.jspecify.annotations.Nullable;

/** First set-up, signing in and out, and one's own password. */
final class SessionRoutes {
    record SetupBody(
            @Nullable String token,
            @Nullable String name,
            @Nullable String password) {}

    record SignInBody(@Nullable String name, @Nullable String password) {}

    record PasswordBody(
            @JsonProperty("old") @Nullable String oldPassword,
            @JsonProperty("new") @Nullable String newPassword) {}

    /**
     * Who the reader is.
     *
     * @param csrf what unsafe requests repeat in a header; null without a session
     * @param setup whether the first administrator is still to be made
     * @param demo whether what is shown is demonstration data
     * @param open whether visitors may read
     */
    record SessionView(
            boolean signedIn,
            @Nullable String name,
            @Nullable Role role,
            @Nullable String csrf,
            boolean setup,
            boolean demo,
            boolean open) {}

    private final Access access;

    SessionRoutes(Access access) {
        this.access = access;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/api/v1/session", Role.PUBLIC, this::show),
                Route.post("/api/v1/setup", Role.PUBLIC, this::setUp),
                Route.post("/api/v1/session", Role.PUBLIC, this::signIn),
                Route.delete("/api/v1/session", Role.PUBLIC, this::signOut),
                Route.put("/api/v1/session/password", Role.VIEWER, this::changePassword));
    }

    private Response show(Request request) {
        request.query().only();
        Caller caller = request.caller();
        Optional<String> token = caller.signedIn() ? token(request) : Optional.empty();
        boolean shown = caller.role() != Role.PUBLIC;
        return Response.ok(view(
                caller.signedIn() ? caller.name() : null,
                shown ? caller.role() : null,
                token.map(Access::csrf).orElse(null)));
    }

    private SessionView view(@Nullable String name, @Nullable Role role, @Nullable String csrf) {
        AccessSettings settings = access.settings();
        return new SessionView(
                name != null,
                name,
                role,
                csrf,
                access.needsSetup(),
                settings.demo().getAsBoolean(),
                settings.open().getAsBoolean());
    }

    private Response setUp(Request request) {
        SetupBody body = request.body(SetupBody.class);
        return begun(
                201,
                access.signIn()
                        .setUp(
                                Fields.needed(body.token(), "token"),
                                Fields.needed(body.name(), "name"),
                                Fields.needed(body.password(), "password"),
                                request.caller().address()));
    }

    private Response signIn(Request request) {
        SignInBody body = request.body(SignInBody.class);
        return begun(
                200,
                access.signIn()
                        .signIn(
                                Fields.needed(body.name(), "name"),
                                Fields.needed(body.password(), "password"),
                                request.caller().address()));
    }

    private Response begun(int status, SignIn.Begun begun) {
        Account account = begun.account();
        SessionView view = view(account.name(), account.rank(), Access.csrf(begun.token()));
        return new Response.Json(status, view)
                .with("Set-Cookie", cookie(begun.token(), SessionStore.LONGEST.toSeconds()));
    }

    private Response signOut(Request request) {
        Caller caller = request.caller();
        token(request)
                .filter(token -> caller.signedIn())
                .ifPresent(token -> access.jdbi().useTransaction(handle -> {
                    SessionStore.end(handle, token);
                    access.audit().add(handle, caller.name(), Action.SIGN_OUT, "", caller.address());
                }));
        return Response.noContent().with("Set-Cookie", cookie("", 0));
    }

    private Response changePassword(Request request) {
        Caller caller = request.caller();
        if (!caller.signedIn()) {
            throw Problem.unauthorized("Sign in first.").named("sign-in-first");
        }
        PasswordBody body = request.body(PasswordBody.class);
        String fresh = Fields.needed(body.newPassword(), "new");
        Passwords.check(fresh);
        Account account = access.signIn()
                .verify(caller.name(), Fields.needed(body.oldPassword(), "old"), caller.address())
                .orElseThrow(
                        () -> Problem.forbidden("The old password is wrong.").named("old-password-wrong"));
        String kept = access.passwords().hash(fresh);
        access.jdbi().useTransaction(handle -> {
            AccountStore.changePassword(handle, account.id(), kept);
            SessionStore.endOthers(handle, account.id(), token(request).orElse(""));
            access.audit().add(handle, caller.name(), Action.PASSWORD_CHANGED, account.name(), caller.address());
        });
        return Response.noContent();
    }

    /** The session's secret, where the request was not let in by an API key. */
    private static Optional<String> token(Request request) {
        return request.header("Authorization").isPresent()
                ? Optional.empty()
                : request.header("Cookie").flatMap(cookies -> Credentials.cookie(cookies, Credentials.COOKIE));
    }

    private String cookie(String value, long seconds) {
        return Credentials.COOKIE + "=" + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict"
                + (access.settings().secureCookies() ? "; Secure" : "");
    }
}
