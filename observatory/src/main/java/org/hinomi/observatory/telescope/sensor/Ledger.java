package org.hinomi.observatory.telescope.sensor;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.observatory.telescope.query.Answers.Gap;
import org.hinomi.observatory.telescope.query.Gaps;
import org.hinomi.observatory.telescope.query.TimeRange;
import org.jdbi.v3.core.Jdbi;

/**
 * The observability ledger: which sensor was up when, with how many dark addresses and what losses. Times are event
 * time.
 */
public final class Ledger implements Gaps {
    private static final long MICROS = 1_000_000;
    private static final int MOST_ROWS = 10_000;
    private static final long NOT_CLOSED_YET = 300;

    private final Jdbi jdbi;
    private final InstantSource clock;

    /** A ledger in the control database. */
    public Ledger(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * A time in which a sensor was up.
     *
     * @param started microseconds since 1970-01-01 UTC
     * @param ended microseconds since 1970-01-01 UTC; so far, while it is up
     * @param prefixes its dark prefixes, separated by spaces
     */
    public record Observation(
            String id,
            String sensor,
            long started,
            long ended,
            long addresses,
            String prefixes,
            long packets,
            long dropped,
            long saturated,
            String state,
            String reason) {}

    /** A sensor as it was last described. */
    public record Known(String name, String place, double latitude, double longitude, String origin) {}

    /** Notes a sensor. */
    public void describe(Sensor sensor) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO sensor (name, place, latitude, longitude, origin)
                        VALUES (:name, :place, :latitude, :longitude, :origin)
                        ON CONFLICT (name) DO UPDATE SET place = excluded.place, latitude = excluded.latitude,
                          longitude = excluded.longitude, origin = excluded.origin
                        """)
                .bind("name", sensor.name())
                .bind("place", sensor.place())
                .bind("latitude", sensor.latitude())
                .bind("longitude", sensor.longitude())
                .bind("origin", sensor.origin().id())
                .execute());
    }

    /** All sensors that ever were. */
    public List<Known> sensors() {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT name, place, latitude, longitude, origin FROM sensor ORDER BY name")
                .mapTo(Known.class)
                .list());
    }

    /**
     * Notes that a sensor is up.
     *
     * @param second event time, seconds since 1970-01-01 UTC
     * @return the id of the row
     */
    public String begin(Sensor sensor, long second) {
        return begin(UUID.randomUUID().toString(), sensor, second);
    }

    /** Notes that a sensor is up, in a row whose id is known already; it may be there. */
    public String begin(String id, Sensor sensor, long second) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO observation (id, sensor, started, ended, addresses, prefixes, packets, dropped,
                          saturated, state, reason)
                        VALUES (:id, :sensor, :time, :time, :addresses, :prefixes, 0, 0, 0, 'running', '')
                        ON CONFLICT (id) DO NOTHING
                        """)
                .bind("id", id)
                .bind("sensor", sensor.name())
                .bind("time", second * MICROS)
                .bind("addresses", sensor.darknet().size())
                .bind(
                        "prefixes",
                        String.join(
                                " ",
                                sensor.darknet().prefixes().stream()
                                        .map(Prefix::toString)
                                        .toList()))
                .execute());
        return id;
    }

    /**
     * What there is to say of a time in which a sensor was up.
     *
     * @param reason why it ended, or what did not work meanwhile; may be empty
     */
    public record Figures(long packets, long dropped, long saturated, String state, String reason) {}

    /**
     * Notes how far a sensor has observed.
     *
     * @param second event time, seconds since 1970-01-01 UTC
     */
    public void observed(String id, long second, Figures figures) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE observation SET ended = max(ended, :time), packets = :packets, dropped = :dropped,
                          saturated = :saturated, state = :state, reason = :reason WHERE id = :id
                        """)
                .bind("id", id)
                .bind("time", second * MICROS)
                .bind("packets", figures.packets)
                .bind("dropped", figures.dropped)
                .bind("saturated", figures.saturated)
                .bind("state", figures.state)
                .bind("reason", figures.reason)
                .execute());
    }

    /** Notes a time within an observation of which nothing is left; one that grew replaces what it was. */
    public void hole(String id, String sensor, long from, long to, String reason) {
        jdbi.useTransaction(handle -> {
            handle.createUpdate("""
                            DELETE FROM observation_hole
                            WHERE observation = :id AND started > :from AND ended <= :to
                            """)
                    .bind("id", id)
                    .bind("from", from * MICROS)
                    .bind("to", to * MICROS)
                    .execute();
            handle.createUpdate("""
                            INSERT INTO observation_hole (observation, sensor, started, ended, reason)
                            VALUES (:id, :sensor, :from, :to, :reason)
                            ON CONFLICT (observation, started) DO UPDATE SET ended = max(ended, excluded.ended)
                            """)
                    .bind("id", id)
                    .bind("sensor", sensor)
                    .bind("from", from * MICROS)
                    .bind("to", to * MICROS)
                    .bind("reason", reason)
                    .execute();
        });
    }

    private record Hole(String sensor, long started, long ended, String reason) {}

    private void addHoles(List<Gap> gaps, List<String> sensors, TimeRange range) {
        jdbi
                .withHandle(handle -> handle.createQuery("""
                        SELECT sensor, started, ended, reason FROM observation_hole
                        WHERE ended > :from AND started < :to ORDER BY started LIMIT :most
                        """)
                        .bind("from", range.start() * MICROS)
                        .bind("to", range.end() * MICROS)
                        .bind("most", MOST_ROWS)
                        .mapTo(Hole.class)
                        .list())
                .stream()
                .filter(hole -> sensors.contains(hole.sensor))
                .forEach(hole -> add(
                        gaps,
                        hole.sensor,
                        Math.max(range.start(), hole.started / MICROS),
                        Math.min(range.end(), hole.ended / MICROS),
                        hole.reason));
    }

    /** Forgets a recording that is played again. */
    public void forget(String sensor) {
        jdbi.useHandle(handle -> handle.createUpdate("DELETE FROM observation WHERE sensor = :sensor")
                .bind("sensor", sensor)
                .execute());
    }

    /** The times in which sensors were up, newest first. */
    public List<Observation> observations(int limit, int offset) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT * FROM observation UNION ALL
                        SELECT observation || '/' || started, sensor, started, ended, 0, '', 0, 0, 0, 'lost', reason
                        FROM observation_hole
                        ORDER BY started DESC, id LIMIT :limit OFFSET :offset
                        """)
                .bind("limit", limit)
                .bind("offset", offset)
                .mapTo(Observation.class)
                .list());
    }

    @Override
    public List<Gap> gaps(List<String> sensors, TimeRange range) {
        Map<String, Long> upTo = new HashMap<>();
        List<Gap> gaps = new ArrayList<>();
        jdbi
                .withHandle(handle -> handle.createQuery("""
                        SELECT * FROM observation WHERE ended > :from AND started < :to ORDER BY started LIMIT :most
                        """)
                        .bind("from", range.start() * MICROS)
                        .bind("to", range.end() * MICROS)
                        .bind("most", MOST_ROWS)
                        .mapTo(Observation.class)
                        .list())
                .stream()
                .filter(row -> sensors.contains(row.sensor))
                .forEach(row -> {
                    long known = upTo.getOrDefault(row.sensor, range.start());
                    add(gaps, row.sensor, known, Math.floorDiv(row.started, MICROS));
                    upTo.put(row.sensor, Math.max(known, Math.ceilDiv(row.ended, MICROS)));
                });
        for (String sensor : sensors) {
            long known = upTo.getOrDefault(sensor, range.start());
            long end = Math.min(range.end(), clock.instant().getEpochSecond());
            if (end - known >= NOT_CLOSED_YET || known == range.start()) {
                add(gaps, sensor, known, end);
            }
        }
        addHoles(gaps, sensors, range);
        return gaps;
    }

    private static void add(List<Gap> gaps, String sensor, long from, long to) {
        add(gaps, sensor, from, to, "not observed");
    }

    private static void add(List<Gap> gaps, String sensor, long from, long to, String reason) {
        if (to - from >= 60) {
            TimeRange gap = TimeRange.seconds(from, to);
            gaps.add(new Gap(gap.from(), gap.to(), sensor, reason));
        }
    }
}
