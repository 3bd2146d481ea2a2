package org.hinomi.observatory.telescope.sensor;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.observatory.telescope.sensor.SampleStore.Stored;
import org.hinomi.observatory.web.Problem;
import org.hinomi.observatory.web.Request;
import org.hinomi.observatory.web.Response;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.Route;

/**
 * The packet samples of a host. Headers name the dark address, and what ICMP quotes does too: whoever does not see dark
 * addresses gets the payload of TCP and UDP only.
 */
public final class SampleRoutes {
    private static final int MOST = 100;

    private final SampleStore samples;

    /** Routes on a store. */
    public SampleRoutes(SampleStore samples) {
        this.samples = samples;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.get("/api/v1/hosts/{address}/samples", Role.ANALYST, this::samples));
    }

    private record Item(Instant time, String sensor, int protocol, int port, int bytes, String hex, boolean redacted) {}

    private Response samples(Request request) {
        int limit = (int) request.query().only("limit").whole("limit", 1, MOST).orElse(MOST);
        String text = request.path("address");
        IpAddress address = IpAddress.parse(text)
                .orElseThrow(() -> Problem.badRequest("\"" + text + "\" is no IPv4 or IPv6 address."));
        boolean clear = request.caller().seesDarkAddresses();
        return Response.ok(Map.of(
                "items",
                samples.of(address, limit).stream()
                        .map(sample -> item(sample, clear))
                        .toList()));
    }

    private static Item item(Stored sample, boolean clear) {
        byte[] shown = clear
                ? sample.bytes()
                : sample.payload() < 0
                        ? new byte[0]
                        : Arrays.copyOfRange(sample.bytes(), sample.payload(), sample.bytes().length);
        long micros = sample.time();
        return new Item(
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1000L),
                sample.sensor(),
                sample.protocol(),
                sample.port(),
                sample.bytes().length,
                HexFormat.of().formatHex(shown),
                !clear);
    }
}
