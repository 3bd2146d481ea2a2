package org.hinomi.observatory.web;

import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.observatory.web.stream.Reader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes each request from the socket to its handler: name check, route, caller, role; and every error to an answer. */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final Router router;
    private final Gate gate;
    private final Traffic traffic;
    private final Origins origins;
    private final Console console;
    private final EventStream events;
    private final boolean behindProxy;
    private final SecureRandom random = new SecureRandom();

    Dispatcher(WebSettings settings, Router router, Gate gate, Traffic traffic, Console console, EventStream events) {
        this.router = router;
        this.gate = gate;
        this.traffic = traffic;
        this.origins = new Origins(settings);
        this.console = console;
        this.events = events;
        this.behindProxy = settings.publicUrl().isPresent();
    }

    void handle(ServerRequest request, ServerResponse response) {
        Exchange exchange = new Exchange(request, response);
        try {
            serve(exchange);
        } catch (Problem problem) {
            refuse(exchange, problem);
        } catch (RuntimeException e) {
            fail(exchange, e);
        } finally {
            exchange.report(traffic);
        }
    }

    private void serve(Exchange exchange) {
        ServerRequest request = exchange.request();
        origins.checkHost(HttpRequest.header(request, "Host"));
        String path = request.prologue().uriPath().rawPath();
        @Nullable Method method = method(exchange.method());
        switch (router.find(method, path)) {
            case Router.Found.Match match -> call(exchange, match.route(), match.values());
            case Router.Found.OtherMethods other -> {
                throw new Problem(
                        405,
                        "Method not allowed",
                        "This path takes " + allow(other.allowed()) + ".",
                        Map.of("Allow", allow(other.allowed())));
            }
            case Router.Found.Nothing _ -> file(exchange, method, path);
        }
    }

    private void call(Exchange exchange, Route route, Map<String, String> values) {
        exchange.route(route.path());
        ServerRequest request = exchange.request();
        if (route.method().unsafe()) {
            origins.checkSameSite(
                    HttpRequest.header(request, "Host"),
                    HttpRequest.header(request, "Origin"),
                    HttpRequest.header(request, "Sec-Fetch-Site"));
        }
        Credentials credentials = credentials(exchange, route);
        Caller caller = gate.identify(credentials);
        if (!caller.role().includes(route.role())) {
            throw caller.signedIn()
                    ? Problem.forbidden("This needs the role " + route.role().id() + "; yours is "
                                    + caller.role().id() + ".")
                            .named("role")
                    : Problem.unauthorized(
                                    credentials.certificate().isPresent()
                                            ? "The certificate stands for no sensor here; see certificate_name of"
                                                    + " its configuration."
                                            : "Sign in, or send an API key.")
                            .named("sign-in-first");
        }
        Response answer = route.handler().handle(new HttpRequest(request, caller, values));
        if (answer instanceof Response.Events live) {
            stream(exchange, route, live, credentials);
        } else {
            exchange.send(answer);
        }
    }

    private void stream(Exchange exchange, Route route, Response.Events live, Credentials credentials) {
        if (exchange.method().equals("HEAD")) {
            exchange.beginEvents();
            return;
        }
        try (Reader reader = events.join(live.hub())) {
            exchange.beginEvents();
            exchange.report(traffic);
            events.write(
                    reader,
                    exchange.body(),
                    () -> gate.identify(credentials).role().includes(route.role()));
            exchange.body().finish();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Credentials credentials(Exchange exchange, Route route) {
        return new Credentials(
                address(exchange),
                Credentials.cookie(exchange.header("Cookie"), Credentials.COOKIE),
                HttpRequest.header(exchange.request(), "Authorization"),
                HttpRequest.header(exchange.request(), Credentials.CSRF_HEADER),
                route.method().unsafe(),
                certificate(exchange.request()));
    }

    private static Optional<X509Certificate> certificate(ServerRequest request) {
        return request.remotePeer()
                .tlsCertificates()
                .filter(chain -> chain.length > 0 && chain[0] instanceof X509Certificate)
                .map(chain -> (X509Certificate) chain[0]);
    }

    /** The peer's address; behind a proxy on this machine the one the proxy names last. */
    private String address(Exchange exchange) {
        if (!(exchange.request().remotePeer().address() instanceof InetSocketAddress peer)) {
            return "unknown";
        }
        String forwarded = exchange.header("X-Forwarded-For");
        if (behindProxy && peer.getAddress().isLoopbackAddress() && !forwarded.isEmpty()) {
            String last = forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
            Optional<IpAddress> named = IpAddress.parse(last);
            if (named.isPresent()) {
                return named.get().toString();
            }
        }
        String text = peer.getAddress().getHostAddress();
        int zone = text.indexOf('%');
        return IpAddress.parse(zone < 0 ? text : text.substring(0, zone))
                .map(IpAddress::toString)
                .orElse(text);
    }

    private void file(Exchange exchange, @Nullable Method method, String path) {
        if (path.startsWith("/api/") || method != Method.GET) {
            throw Problem.notFound("There is nothing here; /api/v1/openapi.yaml lists what is.");
        }
        exchange.route("console");
        Optional<Asset> asset = console.find(path);
        if (asset.isPresent()) {
            exchange.send(asset.get(), 200);
        } else if (exchange.header("Accept").contains("text/html")) {
            exchange.send(console.page(), 404);
        } else {
            throw Problem.notFound("The console has no such page or file.");
        }
    }

    private void refuse(Exchange exchange, Problem problem) {
        if (exchange.body().started()) {
            throw new CloseConnectionException("Refused in the middle of a body: " + problem.detail());
        }
        exchange.send(problem);
    }

    private void fail(Exchange exchange, RuntimeException e) {
        if (exchange.body().readerLeft()) {
            throw new CloseConnectionException("The reader left", e);
        }
        byte[] bytes = new byte[4];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        LOG.error("Request {} {} failed (id {})", exchange.method(), exchange.route(), id, e);
        if (exchange.body().started()) {
            throw new CloseConnectionException("Failed in the middle of a body", e);
        }
        exchange.send(new Problem(
                500, "Something went wrong inside Hinomi", "The log has the reason under the id " + id + "."));
    }

    private static @Nullable Method method(String name) {
        String known = name.equals("HEAD") ? "GET" : name;
        return Arrays.stream(Method.values())
                .filter(method -> method.name().equals(known))
                .findFirst()
                .orElse(null);
    }

    private static String allow(Set<Method> allowed) {
        return allowed.stream()
                .flatMap(method -> method == Method.GET ? Stream.of("GET", "HEAD") : Stream.of(method.name()))
                .collect(Collectors.joining(", "));
    }
}
