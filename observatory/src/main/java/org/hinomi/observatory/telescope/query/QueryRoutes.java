package org.hinomi.observatory.telescope.query;

import java.util.List;
import java.util.Map;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.address.Places;
import org.hinomi.kernel.device.DeviceCatalogue;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.research.Researchers;
import org.hinomi.kernel.rollup.PortCatalogue;
import org.hinomi.observatory.store.warehouse.Warehouse;
import org.hinomi.observatory.telescope.query.Filter.PortKey;
import org.hinomi.observatory.web.Problem;
import org.hinomi.observatory.web.Query;
import org.hinomi.observatory.web.Request;
import org.hinomi.observatory.web.Response;
import org.hinomi.observatory.web.Role;
import org.hinomi.observatory.web.Route;
import org.hinomi.observatory.web.access.AuditLog;
import org.jspecify.annotations.Nullable;

/** The routes that answer questions about what was observed. */
public final class QueryRoutes {
    private static final String API = "/api/v1";
    private static final int FEW = 10;

    private final FilterParser filters;
    private final Figures figures;
    private final Timelines timelines;
    private final Hosts hosts;
    private final HostDevice hostDevice;
    private final SkyQuery sky;
    private final Search search;
    private final TupleList tupleList;
    private final Labels labels;
    private final AuditLog audit;

    /** Routes on a warehouse. */
    public QueryRoutes(
            Warehouse warehouse,
            Scope scope,
            FingerprintCatalogue catalogue,
            PortCatalogue ports,
            Places places,
            Origin origin,
            Gaps gaps,
            DarkAddresses darkAddresses,
            Researchers researchers,
            DeviceCatalogue devices,
            AuditLog audit) {
        RollupQueries rollups = new RollupQueries(warehouse);
        TupleQueries tuples = new TupleQueries(warehouse, ports, ScanPlan.BUDGET);
        this.labels = new Labels(ports, places, catalogue);
        this.filters = new FilterParser(scope, catalogue);
        this.figures = new Figures(rollups, tuples, labels, catalogue, scope, gaps);
        this.timelines = new Timelines(rollups, tuples, gaps);
        this.hosts = new Hosts(tuples, labels, catalogue, origin, researchers);
        this.hostDevice = new HostDevice(tuples, catalogue, devices);
        this.sky = new SkyQuery(tuples, labels);
        this.search = new Search(figures, labels, ports);
        this.tupleList = new TupleList(tuples, labels, darkAddresses, catalogue, origin);
        this.audit = audit;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(
                Route.get(API + "/summary", Role.VIEWER, r -> Response.ok(figures.summary(filters.parse(r.query())))),
                Route.get(API + "/timeline", Role.VIEWER, this::timeline),
                Route.get(
                        API + "/top/ports", Role.VIEWER, r -> Response.ok(figures.ports(list(r), Page.of(r.query())))),
                Route.get(
                        API + "/top/countries",
                        Role.VIEWER,
                        r -> Response.ok(figures.countries(list(r), Page.of(r.query())))),
                Route.get(
                        API + "/top/networks",
                        Role.VIEWER,
                        r -> Response.ok(figures.networks(list(r), Page.of(r.query())))),
                Route.get(
                        API + "/top/families",
                        Role.VIEWER,
                        r -> Response.ok(figures.families(list(r), Page.of(r.query())))),
                Route.get(
                        API + "/top/sources",
                        Role.VIEWER,
                        r -> Response.ok(figures.sources(list(r), Page.of(r.query())))),
                Route.get(API + "/map", Role.VIEWER, this::map),
                Route.get(API + "/hosts/{address}", Role.VIEWER, this::host),
                Route.get(
                        API + "/hosts/{address}/device",
                        Role.VIEWER,
                        r -> Response.ok(hostDevice.device(address(r), filters.parse(r.query())))),
                Route.get(API + "/ports/{protocol}/{port}", Role.VIEWER, this::port),
                Route.get(API + "/networks/{asn}", Role.VIEWER, this::network),
                Route.get(API + "/flowtuples", Role.VIEWER, this::flowTuples),
                Route.get(API + "/search", Role.VIEWER, this::search));
    }

    private Filter list(Request request) {
        return filters.parse(request.query(), "limit", "cursor");
    }

    private Response timeline(Request request) {
        Filter filter = filters.parse(request.query(), "by", "step");
        String by = request.query().text("by").orElse("class");
        if (!by.equals("class") && !by.equals("kind")) {
            throw Query.unusable("by", by, "class or kind");
        }
        long step = request.query().whole("step", 60, 604_800).orElse(0);
        return Response.ok(timelines.timeline(filter, by, step));
    }

    private Response map(Request request) {
        Filter filter = filters.parse(request.query(), "at", "span");
        long span = request.query().whole("span", 60, 86_400).orElse(300);
        long at = request.query()
                .instant("at")
                .map(java.time.Instant::getEpochSecond)
                .orElse(filter.range().end());
        return Response.ok(
                sky.sky(filter.during(TimeRange.seconds(at - span, at).outward(60))));
    }

    private static IpAddress address(Request request) {
        String text = request.path("address");
        return IpAddress.parse(text)
                .orElseThrow(() -> Problem.badRequest("\"" + text + "\" is no IPv4 or IPv6 address.")
                        .named("no-address"));
    }

    private Response host(Request request) {
        return Response.ok(hosts.host(address(request), filters.parse(request.query())));
    }

    /** A port or a network: the same panels. */
    private record Panels(
            @Nullable String service,
            @Nullable String name,
            Answers.Summary summary,
            Answers.Timeline timeline,
            List<Answers.Port> ports,
            List<Answers.Country> countries,
            List<Answers.Network> networks,
            List<Answers.FamilyRow> families,
            List<Answers.Source> sources) {}

    private Panels panels(Filter filter, @Nullable String service, @Nullable String name) {
        Page few = new Page(FEW, 0);
        return new Panels(
                service,
                name,
                figures.summary(filter),
                timelines.timeline(filter, "class", 0),
                figures.ports(filter, few).items(),
                figures.countries(filter, few).items(),
                figures.networks(filter, few).items(),
                figures.families(filter, few).items(),
                figures.sources(filter, few).items());
    }

    private Response port(Request request) {
        PortKey port = FilterParser.port(request.path("protocol") + "/" + request.path("port"));
        Filter filter = filters.parse(request.query()).to(port);
        return Response.ok(panels(filter, labels.service(port), null));
    }

    private Response network(Request request) {
        String text = request.path("asn");
        if (!text.matches("[0-9]{1,10}")) {
            throw Problem.badRequest("\"" + text + "\" is no AS number.").named("no-as-number");
        }
        long asn = Long.parseLong(text);
        return Response.ok(panels(filters.parse(request.query()).network(asn), null, labels.network(asn)));
    }

    private Response flowTuples(Request request) {
        Filter filter = filters.parse(request.query(), "limit", "cursor", "format");
        String format = request.query().text("format").orElse("json");
        return switch (format) {
            case "json" -> Response.ok(tupleList.page(filter, Page.of(request.query()), request.caller()));
            case "csv" -> {
                export(request, "CSV");
                yield Response.file(
                        "text/csv; charset=utf-8",
                        "flowtuples.csv",
                        out -> tupleList.csv(filter, request.caller(), out));
            }
            case "parquet" -> {
                export(request, "Parquet");
                yield Response.file(
                        "application/vnd.apache.parquet",
                        "flowtuples.parquet",
                        out -> tupleList.parquet(filter, request.caller(), out));
            }
            default -> throw Query.unusable("format", format, "json, csv or parquet");
        };
    }

    private void export(Request request, String format) {
        if (!request.caller().role().includes(Role.ANALYST)) {
            throw Problem.forbidden("Exports are for analysts and administrators.")
                    .named("export-role");
        }
        audit.add(request.caller(), AuditLog.Action.EXPORT, "flow tuples as " + format);
    }

    private Response search(Request request) {
        Filter filter = filters.parse(request.query(), "q");
        String text = request.query().text("q").orElse("");
        if (text.length() > 100) {
            throw Query.unusable("q", "a text of " + text.length() + " characters", "100 characters at most");
        }
        return Response.ok(text.isEmpty() ? Map.of("items", List.of()) : search.find(text, filter));
    }
}
