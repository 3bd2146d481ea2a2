package org.hinomi.observatory.web.access;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hinomi.observatory.store.control.ControlStore;
import org.hinomi.observatory.store.control.ControlStoreException;
import org.hinomi.observatory.web.Response;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.Route;
import org.hinomi.observatory.web.Site;
import org.hinomi.observatory.web.WebSettings;
import org.jspecify.annotations.Nullable;

/** A running observatory with accounts and nothing else, on a clock of its own. */
final class Tower implements AutoCloseable {
    static final String PASSWORD = "correct horse battery";

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-23T00:00:00Z"));
    final AtomicBoolean open = new AtomicBoolean();
    final ControlStore store;
    final Access access;
    final Site site;

    Tower(Path directory) {
        this(directory, false);
    }

    Tower(Path directory, boolean secureCookies) {
        try {
            store = ControlStore.open(directory);
        } catch (ControlStoreException e) {
            throw new IllegalStateException(e);
        }
        access = new Access(
                store.jdbi(), directory, new AccessSettings(2, secureCookies, () -> false, open::get), now::get);
        List<Route> routes = new ArrayList<>(new AccessRoutes(access).routes());
        for (Role role : Role.values()) {
            routes.add(Route.get(
                    "/api/v1/for/" + role.id(),
                    role,
                    request -> Response.ok(Map.of("caller", request.caller().name()))));
        }
        site = new Site(WebSettings.loopback(0), routes, access, (method, route, status, took) -> {});
    }

    /** Somebody with a cookie, as a browser has it. */
    record Person(Tower tower, String cookie, String csrf) {
        HttpResponse<String> get(String path) {
            return tower.site.get(path, "Cookie", cookie);
        }

        HttpResponse<String> send(String method, String path, @Nullable String body) {
            return tower.site.send(method, path, body, "Cookie", cookie, "X-Hinomi-Csrf", csrf);
        }
    }

    HttpResponse<String> post(String path, String body) {
        return site.send("POST", path, body);
    }

    HttpResponse<String> trySetup(String token) {
        return post(
                "/api/v1/setup", "{\"token\":\"" + token + "\",\"name\":\"Ada\",\"password\":\"" + PASSWORD + "\"}");
    }

    /** The first administrator, Ada. */
    Person setUp() {
        return person(trySetup(access.setupToken().orElseThrow()));
    }

    HttpResponse<String> trySignIn(String name, String password) {
        return post("/api/v1/session", "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}");
    }

    Person signIn(String name) {
        return person(trySignIn(name, PASSWORD));
    }

    /** A new person with the usual password, signed in. */
    Person add(Person administrator, String name, Role role) {
        administrator.send(
                "POST",
                "/api/v1/people",
                "{\"name\":\"" + name + "\",\"password\":\"" + PASSWORD + "\",\"role\":\"" + role.id() + "\"}");
        return signIn(name);
    }

    private Person person(HttpResponse<String> answer) {
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow(() -> new AssertionError(answer.body()));
        return new Person(this, cookie.substring(0, cookie.indexOf(';')), field(answer, "csrf"));
    }

    /** A text field of a JSON answer. */
    static String field(HttpResponse<String> answer, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(answer.body());
        if (!matcher.find()) {
            throw new AssertionError(name + " is not in " + answer.body());
        }
        return matcher.group(1);
    }

    void later(java.time.Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Override
    public void close() {
        site.close();
        store.close();
    }
}
