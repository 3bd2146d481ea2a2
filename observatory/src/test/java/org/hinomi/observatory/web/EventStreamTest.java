package org.hinomi.observatory.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.hinomi.observatory.web.stream.Event;
import org.hinomi.observatory.web.stream.Hub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventStreamTest {
    record Large(int i, String text) {}

    private final Hub hub = new Hub(3, 4);
    private final AtomicReference<Role> role = new AtomicReference<>(Role.VIEWER);
    private final Site site = new Site(
            List.of(Route.stream("/api/v1/stream", Role.VIEWER, hub)),
            credentials -> Caller.visitor(role.get(), credentials.address()));

    @AfterEach
    void stop() {
        site.close();
    }

    private Socket reader(int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        int before = hub.readers();
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), site.server().port()));
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write("GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        await(() -> hub.readers() > before);
        return socket;
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(2).toNanos());
        }
    }

    private static BufferedReader lines(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    private static String next(BufferedReader lines, String beginning) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith(beginning)) {
            line = lines.readLine();
        }
        return String.valueOf(line);
    }

    @Test
    void theStreamBeginsWithTheGreetingAndBeatsWhenNothingHappens() throws IOException {
        hub.greet(() -> List.of(new Event("hello", Map.of("speed", 1))));
        try (Socket socket = reader(0)) {
            BufferedReader lines = lines(socket.getInputStream());
            assertThat(lines.readLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(next(lines, "Content-Type")).isEqualTo("Content-Type: text/event-stream");
            assertThat(next(lines, "event:")).isEqualTo("event: hello");
            assertThat(next(lines, "data:")).isEqualTo("data: {\"speed\":1}");
            assertThat(next(lines, ":")).isEqualTo(":");
        }
    }

    @Test
    void aReaderWhoDoesNotReadNeverHoldsUpTheOthers() throws IOException {
        String large = "x".repeat(50_000);
        try (Socket slow = reader(4096);
                Socket fast = reader(0)) {
            BufferedReader lines = lines(fast.getInputStream());
            int published = 0;
            while (hub.lost() < 20) {
                hub.publish("n", new Large(published, large));
                assertThat(next(lines, "data:")).startsWith("data: {\"i\":" + published + ",");
                published++;
            }
            BufferedReader late = lines(slow.getInputStream());
            assertThat(next(late, "event: lost")).isEqualTo("event: lost");
            assertThat(next(late, "data:")).startsWith("data: {\"events\":");
        }
    }

    @Test
    void tooManyReadersAreTurnedAwayAndPlacesBecomeFreeWhenTheyLeave() throws IOException {
        try (Socket one = reader(0);
                Socket two = reader(0);
                Socket three = reader(0)) {
            assertThat(List.of(one, two, three)).allMatch(Socket::isConnected);
            assertThat(site.get("/api/v1/stream").statusCode()).isEqualTo(503);
        }
        await(() -> hub.readers() == 0);
    }

    @Test
    void aReaderWhoLosesTheirRoleIsLetGoAtTheNextBeat() throws IOException {
        try (Socket socket = reader(0)) {
            role.set(Role.PUBLIC);
            await(() -> hub.readers() == 0);
            assertThat(site.get("/api/v1/stream").statusCode()).isEqualTo(401);
            assertThat(socket.isConnected()).isTrue();
        }
    }

    @Test
    void closingTheServerLetsReadersGo() throws IOException {
        try (Socket socket = reader(0)) {
            site.server().close();
            assertThat(hub.readers()).isZero();
            assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
        }
    }
}
