package org.hinomi.observatory.telescope.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.hinomi.kernel.packet.Kind;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.observatory.telescope.query.Answers.Coverage;
import org.hinomi.observatory.telescope.query.Answers.Gap;
import org.hinomi.observatory.telescope.query.Answers.Series;
import org.hinomi.observatory.telescope.query.Filter.Dimension;
import org.hinomi.observatory.telescope.query.RollupQueries.Point;
import org.hinomi.observatory.telescope.query.TupleQueries.Scanned;
import org.jspecify.annotations.Nullable;

/** Figures over time. Where no sensor of the question observed, there is no figure rather than a zero. */
final class Timelines {
    private static final long[] STEPS = {60, 300, 900, 3600, 6 * 3600, 86_400, 7 * 86_400};
    private static final long MOST_STEPS = 300;

    private final RollupQueries rollups;
    private final TupleQueries tuples;
    private final Gaps gaps;

    Timelines(RollupQueries rollups, TupleQueries tuples, Gaps gaps) {
        this.rollups = rollups;
        this.tuples = tuples;
        this.gaps = gaps;
    }

    private record Points(Map<Long, Totals> totals, Coverage coverage) {}

    /**
     * A timeline.
     *
     * @param by class or kind; the line of all packets comes first in any case
     * @param asked step in seconds, or 0 for one that gives a picture
     */
    Answers.Timeline timeline(Filter filter, String by, long asked) {
        Optional<Dimension> dimension = filter.dimension();
        long finest = dimension.map(d -> (long) RollupQueries.step(filter, d)).orElse(60L);
        long step = step(filter.range(), Math.max(finest, asked));
        Filter whole = filter.during(filter.range().outward(step));
        Points points = dimension.isPresent() ? rolled(whole, dimension.get(), step) : scanned(whole, step);
        List<Gap> missing = gaps.gaps(filter.sensors(), whole.range());
        List<Long> times = new ArrayList<>();
        for (long time = whole.range().start(); time < whole.range().end(); time += step) {
            times.add(time);
        }
        boolean[] observed = observed(times, step, filter.sensors(), missing);
        return new Answers.Timeline(
                points.coverage.range(),
                points.coverage.partial(),
                points.coverage.partialReason(),
                false,
                step,
                times,
                series(points.totals, times, observed, by, filter.classes()),
                missing);
    }

    private static long step(TimeRange range, long finest) {
        for (long step : STEPS) {
            if (step >= finest && range.seconds() / step <= MOST_STEPS) {
                return step;
            }
        }
        return STEPS[STEPS.length - 1];
    }

    private Points rolled(Filter filter, Dimension dimension, long step) {
        Map<Long, Totals> totals = new TreeMap<>();
        boolean told = filter.classes().isEmpty();
        for (Map.Entry<Long, Point> entry :
                rollups.timeline(filter, dimension, step).entrySet()) {
            Point point = entry.getValue();
            Long sources = told ? point.sources.estimate() : null;
            totals.put(entry.getKey(), new Totals(point.packets, 0, 0, 0, point.classes, point.kinds, sources, null));
        }
        return new Points(totals, Figures.whole(filter.range()));
    }

    private Points scanned(Filter filter, long step) {
        Scanned<TreeMap<Long, Totals>> scanned = tuples.timeline(filter, step);
        return new Points(scanned.answer(), Figures.coverage(scanned.plan()));
    }

    private static boolean[] observed(List<Long> times, long step, List<String> sensors, List<Gap> gaps) {
        boolean[] observed = new boolean[times.size()];
        for (int i = 0; i < observed.length; i++) {
            long start = times.get(i);
            long end = start + step;
            observed[i] = sensors.stream()
                    .anyMatch(sensor -> gaps.stream()
                            .noneMatch(gap -> gap.sensor().equals(sensor)
                                    && gap.from().getEpochSecond() <= start
                                    && gap.to().getEpochSecond() >= end));
        }
        return observed;
    }

    private static List<Series> series(
            Map<Long, Totals> points, List<Long> times, boolean[] observed, String by, List<PacketClass> classes) {
        List<Series> series = new ArrayList<>();
        List<@Nullable Long> sources = values(points, times, observed, Totals::sources);
        series.add(new Series("all", values(points, times, observed, Totals::packets), sources));
        for (String key : keys(by, classes)) {
            Function<Totals, @Nullable Long> value = by.equals("kind")
                    ? totals -> totals.kinds().getOrDefault(key, 0L)
                    : totals -> totals.classes().getOrDefault(key, 0L);
            series.add(new Series(key, values(points, times, observed, value), null));
        }
        return series;
    }

    private static List<String> keys(String by, List<PacketClass> classes) {
        if (by.equals("kind")) {
            return java.util.Arrays.stream(Kind.values()).map(Kind::id).toList();
        }
        List<PacketClass> shown = classes.isEmpty() ? List.of(PacketClass.values()) : classes;
        return shown.stream().map(PacketClass::id).toList();
    }

    private static List<@Nullable Long> values(
            Map<Long, Totals> points, List<Long> times, boolean[] observed, Function<Totals, @Nullable Long> value) {
        Map<Long, @Nullable Long> known = new LinkedHashMap<>();
        points.forEach((time, totals) -> known.put(time, value.apply(totals)));
        List<@Nullable Long> values = new ArrayList<>();
        for (int i = 0; i < times.size(); i++) {
            Long time = times.get(i);
            values.add(known.containsKey(time) ? known.get(time) : observed[i] ? 0L : null);
        }
        return values;
    }
}
