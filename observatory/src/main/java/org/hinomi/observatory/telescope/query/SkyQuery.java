package org.hinomi.observatory.telescope.query;

import java.util.List;
import java.util.Optional;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.observatory.telescope.query.Answers.Arc;
import org.hinomi.observatory.telescope.query.Answers.Coverage;
import org.hinomi.observatory.telescope.query.TupleQueries.Scanned;

/** What flew over the map at some time: the flows with the most packets. */
final class SkyQuery {
    private static final int MOST_ARCS = 400;

    private final TupleQueries tuples;
    private final Labels labels;

    SkyQuery(TupleQueries tuples, Labels labels) {
        this.tuples = tuples;
        this.labels = labels;
    }

    private record Seen(List<Arc> arcs, long total) {}

    Answers.Sky sky(Filter filter) {
        Scanned<Seen> scanned = tuples.scan(filter, (snapshot, plan) -> {
            Where where = Where.tuples(plan.filter());
            String from = " FROM " + plan.table() + where.sql();
            List<Arc> arcs = snapshot
                    .list(
                            "SELECT src_hi, src_lo, class, dst_port, protocol, sensor, sum(packet_cnt)::BIGINT AS packets,"
                                    + " bit_or(families)::INTEGER, any_value(country), any_value(asn)" + from
                                    + " GROUP BY src_hi, src_lo, class, dst_port, protocol, sensor"
                                    + " ORDER BY packets DESC, src_lo, dst_port LIMIT " + MOST_ARCS,
                            where.values(),
                            row -> arc(
                                    new IpAddress(row.number(1), row.number(2)),
                                    row.small(3),
                                    row.small(4),
                                    row.small(5),
                                    row.text(6),
                                    row.number(7),
                                    row.small(8),
                                    row.text(9),
                                    row.number(10)))
                    .stream()
                    .flatMap(Optional::stream)
                    .toList();
            long total = snapshot.one(
                    "SELECT coalesce(sum(packet_cnt), 0)::BIGINT" + from, where.values(), row -> row.number(1));
            return new Seen(arcs, total);
        });
        Coverage coverage = Figures.coverage(scanned.plan());
        return new Answers.Sky(
                coverage.range(),
                coverage.partial(),
                coverage.partialReason(),
                false,
                scanned.answer().arcs,
                scanned.answer().total);
    }

    private Optional<Arc> arc(
            IpAddress source,
            int packetClass,
            int port,
            int protocol,
            String sensor,
            long packets,
            int families,
            String country,
            long asn) {
        return labels.place(source)
                .map(place -> new Arc(
                        Labels.country(country),
                        place.latitude(),
                        place.longitude(),
                        packetClass,
                        port,
                        protocol,
                        packets,
                        source.toString(),
                        Labels.asn(asn),
                        labels.network(asn),
                        labels.family(families),
                        sensor));
    }
}
