package org.hinomi.observatory.telescope.sensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.kernel.rollup.PortCatalogue;
import org.hinomi.observatory.store.StoredBytes;
import org.hinomi.observatory.store.results.ResultsStatus;
import org.hinomi.observatory.store.warehouse.Warehouse;
import org.hinomi.observatory.web.Caller;
import org.hinomi.observatory.web.Request;
import org.hinomi.observatory.web.Response;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.Route;
import org.hinomi.observatory.web.stream.Hub;
import org.jspecify.annotations.Nullable;

/** The routes that tell of the sensors, the program and what it knows. */
public final class SensorRoutes {
    private static final String API = "/api/v1";
    private static final long MICROS = 1_000_000;

    private final Sensors sensors;
    private final Ledger ledger;
    private final Warehouse warehouse;
    private final Path data;
    private final About about;
    private final FingerprintCatalogue catalogue;
    private final PortCatalogue ports;
    private final Hub hub;
    private final InstantSource clock;
    private final StoredBytes stored;

    /**
     * What the program says of itself.
     *
     * @param geo what geolocation data there is: state, detail and date
     * @param trouble what keeps it from storing now, or an empty text
     * @param open whether visitors may read
     * @param results how it goes with a cluster's results, if there is a cluster
     */
    public record About(
            String version,
            Map<String, Object> geo,
            int retentionDays,
            java.util.function.Supplier<String> trouble,
            java.util.function.BooleanSupplier open,
            java.util.function.Supplier<Optional<ResultsStatus>> results) {}

    /** Routes over the sensors of this run. */
    public SensorRoutes(
            Sensors sensors,
            Ledger ledger,
            Warehouse warehouse,
            Path data,
            About about,
            FingerprintCatalogue catalogue,
            PortCatalogue ports,
            Hub hub,
            InstantSource clock) {
        this.sensors = sensors;
        this.ledger = ledger;
        this.warehouse = warehouse;
        this.data = data;
        this.stored = new StoredBytes(data);
        this.about = about;
        this.catalogue = catalogue;
        this.ports = ports;
        this.hub = hub;
        this.clock = clock;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.get(API + "/status", Role.VIEWER, this::status),
                Route.get(API + "/catalogue", Role.VIEWER, this::catalogue),
                Route.get(API + "/sensors", Role.VIEWER, this::sensors),
                Route.get(API + "/ledger", Role.VIEWER, this::ledger),
                Route.stream(API + "/stream", Role.VIEWER, hub));
    }

    private SensorStatus status(Station run, Caller caller) {
        return SensorStatus.of(run, caller, clock.instant().getEpochSecond());
    }

    private record Storage(
            long bytes,
            StoredBytes.Parts parts,
            long freeBytes,
            @Nullable Instant oldest,
            int retentionDays,
            @Nullable String trouble) {}

    private record PortInfo(String protocol, int port, String service, String reason, String reasonJa) {}

    private record Status(
            String version,
            boolean demo,
            boolean open,
            Map<String, Object> geo,
            List<SensorStatus> sensors,
            Storage storage,
            List<PortInfo> iotPorts,
            @Nullable ResultsStatus scale) {}

    private Response status(Request request) {
        request.query().only();
        List<PortInfo> iot = ports.all().stream()
                .filter(PortCatalogue.Entry::iot)
                .map(port -> new PortInfo(
                        port.protocol() == IpProtocol.TCP ? "tcp" : "udp",
                        port.port(),
                        port.service(),
                        port.reason(),
                        port.reasonJa()))
                .toList();
        return Response.ok(new Status(
                about.version,
                sensors.demo(),
                about.open.getAsBoolean(),
                about.geo,
                sensors.shown().stream()
                        .map(run -> status(run, request.caller()))
                        .toList(),
                storage(),
                iot,
                about.results
                        .get()
                        .map(results ->
                                request.caller().role().includes(Role.ADMINISTRATOR) ? results : results.withoutPlace())
                        .orElse(null)));
    }

    private Storage storage() {
        long oldest = warehouse.read(snapshot -> snapshot.one(
                "SELECT coalesce(min(time), -1) FROM (SELECT min(hour) AS time FROM archived UNION ALL"
                        + " SELECT min(time) FROM flow_tuple)",
                Map.of(),
                row -> row.number(1)));
        String trouble = about.trouble.get();
        StoredBytes.Parts parts = stored.parts();
        return new Storage(
                parts.total(),
                parts,
                free(),
                oldest < 0 ? null : Instant.ofEpochSecond(oldest),
                about.retentionDays,
                trouble.isEmpty() ? null : trouble);
    }

    private long free() {
        try {
            return Files.getFileStore(data).getUsableSpace();
        } catch (IOException e) {
            return 0;
        }
    }

    private record ClassInfo(String id, int index) {}

    private record FamilyInfo(
            String name,
            String label,
            String generation,
            String rule,
            String reference,
            double chance,
            boolean experimental) {
        static FamilyInfo of(Fingerprint rule) {
            return new FamilyInfo(
                    rule.name(),
                    rule.label(),
                    rule.generation(),
                    rule.rule(),
                    rule.reference(),
                    rule.chance(),
                    rule.experimental());
        }
    }

    private Response catalogue(Request request) {
        request.query().only();
        return Response.ok(Map.of(
                "classes",
                Arrays.stream(PacketClass.values())
                        .map(c -> new ClassInfo(c.id(), c.ordinal()))
                        .toList(),
                "families",
                catalogue.all().stream().map(FamilyInfo::of).toList()));
    }

    private Response sensors(Request request) {
        request.query().only();
        return Response.ok(Map.of(
                "items",
                sensors.runs().stream()
                        .map(run -> status(run, request.caller()))
                        .toList(),
                "known",
                ledger.sensors()));
    }

    private record LedgerRow(
            String sensor,
            Instant from,
            Instant to,
            String state,
            @Nullable Long addresses,
            @Nullable String prefixes,
            long packets,
            long dropped,
            long saturatedMinutes,
            @Nullable String reason) {}

    private record LedgerPage(
            List<LedgerRow> items, @Nullable String next) {}

    private Response ledger(Request request) {
        request.query().only("limit", "cursor");
        int limit = (int) request.query().whole("limit", 1, 1000).orElse(50);
        int offset = (int) request.query().whole("cursor", 0, 1_000_000).orElse(0);
        List<Ledger.Observation> rows = ledger.observations(limit + 1, offset);
        boolean clear = request.caller().seesDarkAddresses();
        List<LedgerRow> items = rows.stream()
                .limit(limit)
                .map(row -> new LedgerRow(
                        row.sensor(),
                        Instant.ofEpochSecond(Math.floorDiv(row.started(), MICROS)),
                        Instant.ofEpochSecond(Math.floorDiv(row.ended(), MICROS)),
                        row.state(),
                        row.addresses() == 0 ? null : row.addresses(),
                        clear ? row.prefixes() : null,
                        row.packets(),
                        row.dropped(),
                        row.saturated(),
                        row.reason().isEmpty() ? null : row.reason()))
                .toList();
        return Response.ok(new LedgerPage(items, rows.size() > limit ? Integer.toString(offset + limit) : null));
    }
}
