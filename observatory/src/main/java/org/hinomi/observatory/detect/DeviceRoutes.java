package org.hinomi.observatory.detect;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.device.DeviceCatalogue;
import org.hinomi.observatory.detect.DetectionStore.Stored;
import org.hinomi.observatory.detect.DeviceCounts.Counted;
import org.hinomi.observatory.detect.DeviceCounts.Infected;
import org.hinomi.observatory.web.Query;
import org.hinomi.observatory.web.Request;
import org.hinomi.observatory.web.Response;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.Route;

/**
 * What devices the infected sources of a range probably are. Machines of organisations count only for who may see whose a
 * machine is; the others are bots by their marks.
 */
public final class DeviceRoutes {
    private static final int AT_ONCE = 2000;
    private static final int MOST_LOOKED_AT = 50_000;
    private static final int MOST_ITEMS = 200;
    private static final String CSV_HEADER = "source,country,kinds,confidence,because,detector,family,sensor,last\r\n";

    private final DetectionStore store;
    private final Supplier<List<String>> shown;
    private final Origin origin;
    private final DeviceCatalogue devices;

    /**
     * Routes on a store.
     *
     * @param shown the sensors that are shown when none is asked for
     * @param origin where sources are registered
     * @param devices by what devices are judged
     */
    public DeviceRoutes(DetectionStore store, Supplier<List<String>> shown, Origin origin, DeviceCatalogue devices) {
        this.store = store;
        this.shown = shown;
        this.origin = origin;
        this.devices = devices;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.get("/api/v1/devices", Role.VIEWER, this::devices));
    }

    private record Answer(
            int sources, int unknown, List<Counted> kinds, List<Infected> items, boolean partial, List<Rule> rules) {}

    private record Rule(String rule, String en, String ja) {}

    private Response devices(Request request) {
        boolean owners = DetectionRoutes.seesOwners(request.caller());
        Query query = request.query().only("from", "to", "source", "country", "asn", "sensor", "format");
        String format = query.text("format").orElse("json");
        if (!format.equals("json") && !format.equals("csv")) {
            throw Query.unusable("format", format, "json or csv");
        }
        DeviceCounts counts = new DeviceCounts(devices, origin);
        boolean partial = count(query, owners, counts);
        List<Infected> items = counts.sources();
        if (format.equals("csv")) {
            return Response.file("text/csv; charset=utf-8", "devices.csv", out -> csv(items, out));
        }
        return Response.ok(new Answer(
                items.size(),
                counts.unknown(),
                counts.counted(),
                items.subList(0, Math.min(MOST_ITEMS, items.size())),
                partial,
                devices.rules().stream()
                        .map(rule -> new Rule(rule.name(), rule.because(), rule.becauseJa()))
                        .toList()));
    }

    /** Counts what is asked, newest first; whether there is more than is looked at. */
    private boolean count(Query query, boolean owners, DeviceCounts counts) {
        SourceFilter sources = SourceFilter.of(query, origin);
        List<String> sensors = query.list("sensor");
        Stored last = null;
        for (int looked = 0; looked < MOST_LOOKED_AT; looked += AT_ONCE) {
            DetectionFilter filter = new DetectionFilter()
                    .within(query.instant("from"), query.instant("to"))
                    .with(
                            "source",
                            query.text("source")
                                    .filter(text -> !text.contains("/"))
                                    .map(DeviceRoutes::address))
                    .among("detector", owners ? List.of("family", DetectionRoutes.OWN) : List.of("family"))
                    .ofSensors(sensors.isEmpty() ? shown.get() : sensors);
            if (last != null) {
                filter.after(last.seen(), last.id());
            }
            List<Stored> found = store.list(filter, AT_ONCE);
            found.stream().filter(each -> !sources.any() || sources.fits(each)).forEach(counts::add);
            if (found.size() < AT_ONCE) {
                return false;
            }
            last = found.getLast();
        }
        return true;
    }

    private static String address(String text) {
        return IpAddress.parse(text)
                .orElseThrow(() -> Query.unusable("source", text, "an IPv4 or IPv6 address"))
                .toString();
    }

    private static void csv(List<Infected> items, OutputStream out) throws IOException {
        out.write(CSV_HEADER.getBytes(StandardCharsets.US_ASCII));
        for (Infected each : items) {
            String country = each.country();
            String family = each.family();
            String line = String.join(
                    ",",
                    each.source(),
                    country == null ? "" : country,
                    String.join(" ", each.kinds()),
                    each.confidence(),
                    String.join(" ", each.because()),
                    each.detector(),
                    family == null ? "" : family,
                    each.sensor(),
                    each.last().toString());
            out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
