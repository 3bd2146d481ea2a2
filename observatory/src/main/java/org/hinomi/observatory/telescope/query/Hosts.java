package org.hinomi.observatory.telescope.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.address.Place;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.kernel.research.Researchers;
import org.hinomi.observatory.store.warehouse.Snapshot;
import org.hinomi.observatory.telescope.query.Answers.Coverage;
import org.hinomi.observatory.telescope.query.Answers.HostFamily;
import org.hinomi.observatory.telescope.query.Answers.Port;
import org.hinomi.observatory.telescope.query.Filter.PortKey;
import org.hinomi.observatory.telescope.query.TupleQueries.Scanned;
import org.jspecify.annotations.Nullable;

/** All about one source address, from its tuples. */
final class Hosts {
    private static final long[] STEPS = {60, 300, 900, 3600, 21_600, 86_400};
    private static final int MOST_STEPS = 200;
    private static final int MOST_PORTS = 20;

    private final TupleQueries tuples;
    private final Labels labels;
    private final FingerprintCatalogue catalogue;
    private final Origin origin;
    private final Researchers researchers;

    Hosts(TupleQueries tuples, Labels labels, FingerprintCatalogue catalogue, Origin origin, Researchers researchers) {
        this.researchers = researchers;
        this.origin = origin;
        this.tuples = tuples;
        this.labels = labels;
        this.catalogue = catalogue;
    }

    /** What the tuples of one source say. */
    private record Facts(
            Totals totals,
            @Nullable Instant first,
            @Nullable Instant last,
            String country,
            long asn,
            List<HostFamily> families,
            List<Port> ports,
            long portCount,
            List<String> sensors,
            Answers.Pulse pulse) {}

    Answers.Host host(IpAddress address, Filter filter) {
        Scanned<Facts> scanned = tuples.scan(filter.from(address), this::facts);
        Facts facts = scanned.answer();
        Coverage coverage = Figures.coverage(scanned.plan());
        Optional<Place> place = labels.place(address);
        long asn = facts.asn == 0 ? origin.asn(address.hi(), address.lo()) : facts.asn;
        return new Answers.Host(
                coverage.range(),
                coverage.partial(),
                coverage.partialReason(),
                false,
                address.toString(),
                place.map(Place::country).orElse(Labels.country(facts.country)),
                place.map(Place::city).filter(city -> !city.isEmpty()).orElse(null),
                place.map(Place::latitude).orElse(null),
                place.map(Place::longitude).orElse(null),
                Labels.asn(asn),
                labels.network(asn),
                facts.first,
                facts.last,
                facts.totals.packets(),
                facts.totals.destinations() == null ? 0 : facts.totals.destinations(),
                facts.totals.classes(),
                facts.totals.kinds(),
                facts.families,
                facts.ports,
                facts.sensors,
                facts.pulse,
                HostVerdict.of(facts.totals, facts.families, facts.ports, facts.portCount),
                Answers.HostResearcher.of(researchers.at(address.hi(), address.lo())));
    }

    private record Seen(@Nullable Instant first, @Nullable Instant last, String country, long asn) {}

    private Facts facts(Snapshot snapshot, ScanPlan plan) {
        Where where = Where.tuples(plan.filter());
        String from = " FROM " + plan.table() + where.sql();
        Map<String, Object> values = where.values();
        Totals totals = snapshot.one(
                "SELECT " + Totals.fromTuples("false") + ", count(DISTINCT (dst_hi, dst_lo))" + from,
                values,
                row -> Totals.read(row, 1L, row.number(Totals.COLUMNS + 1)));
        long portCount = snapshot.one(
                "SELECT count(DISTINCT protocol * 65536 + dst_port)" + from
                        + " AND protocol IN (6, 17) AND NOT later_fragment",
                values,
                row -> row.number(1));
        Seen seen = totals.packets() == 0
                ? new Seen(null, null, "??", 0)
                : snapshot.one(
                        "SELECT min(time), max(time), any_value(country), any_value(asn)" + from,
                        values,
                        row -> new Seen(
                                Instant.ofEpochSecond(row.number(1)),
                                Instant.ofEpochSecond(row.number(2)),
                                row.text(3),
                                row.number(4)));
        List<Port> ports = snapshot.list(
                "SELECT protocol, dst_port, sum(packet_cnt)::BIGINT AS packets" + from
                        + " AND protocol IN (6, 17) AND NOT later_fragment GROUP BY 1, 2 ORDER BY packets DESC, 1, 2 LIMIT "
                        + MOST_PORTS,
                values,
                row -> labels.port(new PortKey(row.small(1), row.small(2)), row.number(3), null, null));
        List<String> sensors =
                snapshot.list("SELECT DISTINCT sensor" + from + " ORDER BY 1", values, row -> row.text(1));
        return new Facts(
                totals,
                seen.first,
                seen.last,
                seen.country,
                seen.asn,
                families(snapshot, from, values),
                ports,
                portCount,
                sensors,
                pulse(snapshot, from, values, plan.filter().range()));
    }

    private List<HostFamily> families(Snapshot snapshot, String from, Map<String, Object> values) {
        long[] matched = new long[FlowRow.MOST_RULES];
        long[] syns = {0};
        snapshot.tuples(from + " AND class = " + PacketClass.TCP_SYN.ordinal() + " LIMIT 100000", values, tagged -> {
            syns[0] += tagged.tuple.packetCnt;
            for (int lane = 0; lane < matched.length; lane++) {
                matched[lane] += tagged.tuple.matches(lane);
            }
        });
        List<HostFamily> families = new ArrayList<>();
        for (int lane = 0; lane < catalogue.packetRules().size(); lane++) {
            Fingerprint rule = catalogue.packetRules().get(lane);
            if (matched[lane] > 0) {
                families.add(new HostFamily(rule.name(), syns[0], matched[lane], rule.names(matched[lane], syns[0])));
            }
        }
        return families;
    }

    private static Answers.Pulse pulse(Snapshot snapshot, String from, Map<String, Object> values, TimeRange range) {
        long step = STEPS[STEPS.length - 1];
        for (int i = STEPS.length - 1; i >= 0 && range.seconds() / STEPS[i] <= MOST_STEPS; i--) {
            step = STEPS[i];
        }
        TreeMap<Long, Long> points = new TreeMap<>();
        TimeRange whole = range.outward(step);
        for (long time = whole.start(); time < whole.end(); time += step) {
            points.put(time, 0L);
        }
        snapshot.each(
                "SELECT time - time % " + step + " AS bucket, sum(packet_cnt)::BIGINT" + from + " GROUP BY bucket",
                values,
                row -> points.put(row.number(1), row.number(2)));
        return new Answers.Pulse(step, List.copyOf(points.keySet()), List.copyOf(points.values()));
    }
}
