package org.hinomi.observatory.telescope.cluster;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.hinomi.observatory.store.warehouse.Warehouse;
import org.hinomi.observatory.telescope.query.Answers.Gap;
import org.hinomi.observatory.telescope.query.Gaps;
import org.hinomi.observatory.telescope.query.TimeRange;

/**
 * When sensors did not observe: from the ledger for the tower's own, from the minutes themselves for those that only a
 * cluster sees, which tells nothing but sums. There, ten minutes and more without any are a gap; less can be quiet.
 */
public final class ClusterGaps implements Gaps {
    private static final long QUIET = 600;
    private static final String REASON = "nothing came from the cluster";

    private final Gaps own;
    private final Warehouse warehouse;
    private final Predicate<String> ofCluster;
    private final InstantSource clock;

    /** Gaps of all sensors. */
    public ClusterGaps(Gaps own, Warehouse warehouse, Predicate<String> ofCluster, InstantSource clock) {
        this.own = own;
        this.warehouse = warehouse;
        this.ofCluster = ofCluster;
        this.clock = clock;
    }

    @Override
    public List<Gap> gaps(List<String> sensors, TimeRange range) {
        List<Gap> gaps = new ArrayList<>(own.gaps(
                sensors.stream().filter(sensor -> !ofCluster.test(sensor)).toList(), range));
        sensors.stream().filter(ofCluster).forEach(sensor -> add(gaps, sensor, range));
        return gaps;
    }

    private record Silence(long from, long to) {}

    private void add(List<Gap> gaps, String sensor, TimeRange range) {
        long end = Math.min(range.end(), clock.instant().getEpochSecond());
        List<Silence> silences = warehouse.read(snapshot -> snapshot.list(
                """
                SELECT ends, next FROM (
                  SELECT ends, lead(starts, 1, :end) OVER (ORDER BY starts) AS next FROM (
                    SELECT DISTINCT time AS starts, time + 60 AS ends FROM rollups
                    WHERE sensor = :sensor AND step = 60 AND dimension = 'all' AND time >= :from AND time < :to
                    UNION ALL SELECT :from - 1, :from))
                WHERE next - ends >= :quiet OR ends = :from AND next = :end AND next > ends
                ORDER BY ends LIMIT 10000
                """,
                Map.of(
                        "sensor", sensor,
                        "from", range.start(),
                        "to", range.end(),
                        "end", end,
                        "quiet", QUIET),
                row -> new Silence(row.number(1), row.number(2))));
        for (Silence silence : silences) {
            gaps.add(new Gap(Instant.ofEpochSecond(silence.from), Instant.ofEpochSecond(silence.to), sensor, REASON));
        }
    }
}
