package org.hinomi.observatory.telescope.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hinomi.kernel.fingerprint.Fingerprint;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.observatory.telescope.query.Answers.Coverage;
import org.hinomi.observatory.telescope.query.Filter.Dimension;
import org.hinomi.observatory.telescope.query.RollupQueries.Ranked;
import org.hinomi.observatory.telescope.query.TupleQueries.Scanned;
import org.jspecify.annotations.Nullable;

/** Sums and rankings: from roll-ups where they can tell, else from tuples. */
final class Figures {
    private static final double MOST_MISSING = 0.1;
    private static final int MOST_NAMED = 5;

    private final RollupQueries rollups;
    private final TupleQueries tuples;
    private final Labels labels;
    private final FingerprintCatalogue catalogue;
    private final Scope scope;
    private final Gaps gaps;

    Figures(
            RollupQueries rollups,
            TupleQueries tuples,
            Labels labels,
            FingerprintCatalogue catalogue,
            Scope scope,
            Gaps gaps) {
        this.rollups = rollups;
        this.tuples = tuples;
        this.labels = labels;
        this.catalogue = catalogue;
        this.scope = scope;
        this.gaps = gaps;
    }

    static Coverage whole(TimeRange range) {
        return new Coverage(range, false, null);
    }

    /** What a scan covers. */
    static Coverage coverage(ScanPlan plan) {
        List<String> reasons = new ArrayList<>();
        if (plan.cut()) {
            reasons.add("There are more flow tuples than are looked at for one question; this is the time since "
                    + plan.filter().range().from() + ".");
        }
        List<String> sensors = plan.sumsOnly();
        if (!sensors.isEmpty()) {
            reasons.add("Flow tuples of sensors that a cluster watches are not here, only sums; this is without "
                    + (sensors.size() > MOST_NAMED ? sensors.size() + " of them" : String.join(", ", sensors)) + ".");
        }
        return reasons.isEmpty()
                ? whole(plan.filter().range())
                : new Coverage(plan.filter().range(), true, String.join(" ", reasons));
    }

    private record Sum(Totals totals, Coverage coverage) {}

    private Sum sum(Filter filter) {
        Optional<Dimension> dimension = filter.dimension();
        if (dimension.isPresent() && (filter.classes().isEmpty() || dimension.get() instanceof Dimension.All)) {
            TimeRange range = filter.range().outward(RollupQueries.step(filter, dimension.get()));
            return new Sum(rollups.totals(filter, dimension.get()), whole(range));
        }
        Scanned<Totals> scanned = tuples.totals(filter);
        return new Sum(scanned.answer(), coverage(scanned.plan()));
    }

    Answers.Summary summary(Filter filter) {
        Sum now = sum(filter);
        Totals totals = now.totals;
        long addresses = scope.darkAddresses(filter.sensors());
        return new Answers.Summary(
                now.coverage.range(),
                now.coverage.partial(),
                now.coverage.partialReason(),
                false,
                totals.packets(),
                totals.sources(),
                addresses == 0 || totals.destinations() == null
                        ? totals.destinations()
                        : Long.valueOf(Math.min(totals.destinations(), addresses)),
                totals.tuples(),
                totals.synOrUdp() == 0 ? null : (double) totals.toIot() / totals.synOrUdp(),
                addresses == 0 ? null : (double) totals.packets() / addresses,
                totals.classes(),
                totals.kinds(),
                before(filter.during(filter.range().before())));
    }

    /** The sums of the range before, or null when much of it was not observed: that is no number to compare with. */
    private Answers.@Nullable Before before(Filter filter) {
        long missing = gaps.gaps(filter.sensors(), filter.range()).stream()
                .mapToLong(gap -> gap.to().getEpochSecond() - gap.from().getEpochSecond())
                .sum();
        long asked = filter.range().seconds() * filter.sensors().size();
        if (missing > asked * MOST_MISSING) {
            return null;
        }
        Totals totals = sum(filter).totals;
        return new Answers.Before(totals.packets(), totals.sources());
    }

    private record Ranking(List<Ranked> keys, long all, Coverage coverage) {}

    private Ranking ranking(Filter filter, String dimension, int limit, int offset) {
        boolean rolled = filter.classes().isEmpty()
                && filter.dimension().filter(Dimension.All.class::isInstance).isPresent();
        if (rolled) {
            TimeRange range = filter.range().outward(RollupQueries.HOUR);
            return new Ranking(rollups.top(filter, dimension, limit, offset), rollups.packets(filter), whole(range));
        }
        Scanned<List<Ranked>> scanned = dimension.equals("family")
                ? tuples.families(
                        filter,
                        catalogue.packetRules().stream().map(Fingerprint::name).toList())
                : tuples.top(filter, dimension, limit, offset);
        return new Ranking(scanned.answer(), sum(filter).totals.packets(), coverage(scanned.plan()));
    }

    private <T> Answers.Top<T> top(Filter filter, String dimension, Page page, Function<Item, T> item) {
        Ranking ranking = ranking(filter, dimension, page.limit() + 1, page.offset());
        List<T> items = ranking.keys.stream()
                .limit(page.limit())
                .map(key -> item.apply(new Item(key, ranking.all == 0 ? null : (double) key.packets() / ranking.all)))
                .toList();
        return new Answers.Top<>(
                ranking.coverage.range(),
                ranking.coverage.partial(),
                ranking.coverage.partialReason(),
                false,
                items,
                page.next(ranking.keys.size()));
    }

    private record Item(Ranked key, @Nullable Double share) {}

    Answers.Top<Answers.Port> ports(Filter filter, Page page) {
        return top(
                filter,
                "port",
                page,
                item -> labels.port(
                        FilterParser.port(item.key.key()), item.key.packets(), item.key.sources(), item.share));
    }

    Answers.Top<Answers.Country> countries(Filter filter, Page page) {
        return top(
                filter,
                "country",
                page,
                item -> new Answers.Country(item.key.key(), item.key.packets(), item.key.sources(), item.share));
    }

    Answers.Top<Answers.Network> networks(Filter filter, Page page) {
        return top(filter, "network", page, item -> {
            long asn = Long.parseLong(item.key.key());
            return new Answers.Network(asn, labels.network(asn), item.key.packets(), item.key.sources(), item.share);
        });
    }

    Answers.Top<Answers.FamilyRow> families(Filter filter, Page page) {
        return top(
                filter,
                "family",
                page,
                item -> new Answers.FamilyRow(item.key.key(), item.key.packets(), item.key.sources(), item.share));
    }

    Answers.Top<Answers.Source> sources(Filter filter, Page page) {
        Scanned<List<TupleQueries.SourceRow>> scanned = tuples.sources(
                filter, page.limit() + 1, page.offset(), catalogue.packetRules().size());
        Coverage coverage = coverage(scanned.plan());
        return new Answers.Top<>(
                coverage.range(),
                coverage.partial(),
                coverage.partialReason(),
                false,
                scanned.answer().stream()
                        .limit(page.limit())
                        .map(labels::source)
                        .toList(),
                page.next(scanned.answer().size()));
    }
}
