package org.hinomi.observatory.web;

import io.helidon.common.tls.Tls;
import io.helidon.common.tls.TlsClientAuth;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.hinomi.observatory.web.json.Json;

/** The running web server: the routes given, and the console. */
public final class WebServer implements AutoCloseable {
    private static final String CONSOLE = "/org/hinomi/console";
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int MOST_CONNECTIONS = 2048;
    private static final Duration IDLE = Duration.ofMinutes(2);

    private final io.helidon.webserver.WebServer server;
    private final EventStream events;
    private final URI address;

    private WebServer(io.helidon.webserver.WebServer server, EventStream events, URI address) {
        this.server = server;
        this.events = events;
        this.address = address;
    }

    /** Starts to listen; throws where the address is taken or the certificate unusable. */
    public static WebServer start(WebSettings settings, List<Route> routes, Gate gate, Traffic traffic)
            throws ListenException {
        return start(settings, routes, gate, traffic, new Console(CONSOLE), HEARTBEAT);
    }

    /**
     * Finds out, without starting, what would keep a server from listening.
     *
     * @throws ListenException when the address is taken or the certificate unusable
     */
    public static void check(WebSettings settings) throws ListenException {
        tls(settings);
        tryAddress(settings);
    }

    static WebServer start(
            WebSettings settings, List<Route> routes, Gate gate, Traffic traffic, Console console, Duration heartbeat)
            throws ListenException {
        EventStream events = new EventStream(heartbeat);
        Dispatcher dispatcher = new Dispatcher(settings, new Router(routes), gate, traffic, console, events);
        WebServerConfig.Builder config = io.helidon.webserver.WebServer.builder()
                .address(bindAddress(settings.host()))
                .port(settings.port())
                .shutdownHook(false)
                .maxTcpConnections(MOST_CONNECTIONS)
                .idleConnectionTimeout(IDLE)
                .shutdownGracePeriod(Duration.ofMillis(500))
                .maxPayloadSize(HttpRequest.MOST_RAW_BYTES + HttpRequest.MOST_DISCARDED_BYTES)
                .directHandlers(problems())
                .routing(HttpRouting.builder().any(dispatcher::handle));
        Optional<SSLContext> tls = tls(settings);
        if (tls.isPresent()) {
            config.tls(Tls.builder()
                    .sslContext(tls.get())
                    .clientAuth(settings.tlsClientCa().isPresent() ? TlsClientAuth.OPTIONAL : TlsClientAuth.NONE)
                    .build());
        }
        io.helidon.webserver.WebServer server = listen(config, settings);
        return new WebServer(server, events, address(settings, server.port()));
    }

    private static Optional<SSLContext> tls(WebSettings settings) throws ListenException {
        return settings.tlsCertificate().isPresent() && settings.tlsKey().isPresent()
                ? Optional.of(Pem.context(
                        settings.tlsCertificate().get(), settings.tlsKey().get(), settings.tlsClientCa()))
                : Optional.empty();
    }

    private static String where(WebSettings settings) {
        return settings.host() + " port " + settings.port();
    }

    private static void tryAddress(WebSettings settings) throws ListenException {
        try (ServerSocketChannel trial = ServerSocketChannel.open()) {
            trial.bind(new InetSocketAddress(bindAddress(settings.host()), settings.port()));
        } catch (IOException e) {
            throw new ListenException(
                    "Cannot listen on " + where(settings) + " (" + e.getMessage()
                            + "). Stop what uses it, or choose another port; 0 takes any free one.",
                    e);
        }
    }

    private static io.helidon.webserver.WebServer listen(WebServerConfig.Builder config, WebSettings settings)
            throws ListenException {
        // Helidon logs that it cannot bind, and starts nothing: so the address is tried first.
        tryAddress(settings);
        io.helidon.webserver.WebServer server = config.build().start();
        if (!server.isRunning()) {
            throw new ListenException(
                    "Cannot listen on " + where(settings) + "; the log says why.",
                    new IOException("The server did not start"));
        }
        return server;
    }

    private static InetAddress bindAddress(String host) throws ListenException {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw new ListenException("\"" + host + "\" is not an address of this machine.", e);
        }
    }

    /** What cannot even be read as HTTP is answered as a problem too. */
    private static DirectHandlers problems() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, (request, event, status, headers, message) -> {
                DirectHandler.TransportResponse.Builder answer = DirectHandler.TransportResponse.builder()
                        .status(status)
                        .headers(headers)
                        .keepAlive(event.keepAlive())
                        .header(HeaderNames.CONTENT_TYPE, "application/problem+json");
                Headers.ALWAYS.forEach((name, value) -> answer.header(HeaderNames.create(name), value));
                return answer.entity(Json.bytes(ProblemDetails.of(new Problem(
                                status.code(), status.reasonPhrase(), "The request is not one this server can read."))))
                        .build();
            });
        }
        return handlers.build();
    }

    private static URI address(WebSettings settings, int port) {
        boolean everywhere =
                settings.host().equals("0.0.0.0") || settings.host().equals("::");
        String host = everywhere ? "localhost" : settings.host();
        String scheme = settings.tlsCertificate().isPresent() ? "https" : "http";
        return URI.create(scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/");
    }

    /** The port listened on: the one found free when the settings said 0. */
    public int port() {
        return server.port();
    }

    /** Where this machine reaches the server. */
    public URI address() {
        return address;
    }

    /** Lets live readers go and stops listening. */
    @Override
    public void close() {
        events.close();
        server.stop();
    }
}
