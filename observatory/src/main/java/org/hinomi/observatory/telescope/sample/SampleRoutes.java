package org.hinomi.observatory.telescope.sample;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.observatory.telescope.sample.SampleStore.Stored;
import org.hinomi.observatory.web.Problem;
import org.hinomi.observatory.web.Query;
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
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    private final SampleStore samples;

    /** Routes on a store. */
    public SampleRoutes(SampleStore samples) {
        this.samples = samples;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.get("/api/v1/hosts/{address}/samples", Role.ANALYST, this::samples));
    }

    private record Item(
            Instant time, String sensor, String protocol, int port, int bytes, String hex, boolean redacted) {}

    private record Items(boolean redacted, List<Item> items) {}

    private Response samples(Request request) {
        Query query = request.query().only("limit", "from", "to");
        int limit = (int) query.whole("limit", 1, MOST).orElse(MOST);
        Instant from = query.instant("from").orElse(Instant.EPOCH);
        Instant to = query.instant("to").orElse(LATEST);
        String text = request.path("address");
        IpAddress address = IpAddress.parse(text)
                .orElseThrow(() -> Problem.badRequest("\"" + text + "\" is no IPv4 or IPv6 address.")
                        .named("no-address"));
        boolean clear = request.caller().seesDarkAddresses();
        return Response.ok(new Items(
                !clear,
                samples.of(address, from, to, limit).stream()
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
                protocol(sample.protocol()),
                sample.port(),
                sample.bytes().length,
                HexFormat.of().formatHex(shown),
                !clear);
    }

    private static String protocol(int number) {
        return switch (number) {
            case IpProtocol.TCP -> "tcp";
            case IpProtocol.UDP -> "udp";
            case IpProtocol.ICMP -> "icmp";
            case IpProtocol.ICMPV6 -> "icmpv6";
            default -> "ip" + number;
        };
    }
}
