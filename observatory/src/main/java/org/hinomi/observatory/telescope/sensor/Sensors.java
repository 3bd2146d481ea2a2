package org.hinomi.observatory.telescope.sensor;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.hinomi.observatory.telescope.query.Scope;
import org.hinomi.observatory.telescope.sensor.Sensor.Origin;

/** The sensors of this run. Live ones, recordings and the demo are never mixed: the first of these there is, is shown. */
public final class Sensors implements Scope, AutoCloseable {
    private static final long NANOS = 1_000_000_000L;
    private static final long BEHIND = 60;

    private final List<Station> runs;
    private final Ledger ledger;
    private final InstantSource clock;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Set<String> begun = new HashSet<>();
    private final LedgerEntries entries;

    /** The sensors, described in the ledger. */
    public Sensors(List<? extends Station> runs, Ledger ledger, InstantSource clock) {
        this.runs = new CopyOnWriteArrayList<>(runs);
        this.ledger = ledger;
        this.entries = new LedgerEntries(ledger);
        this.clock = clock;
        runs.forEach(run -> ledger.describe(run.sensor()));
        ledger.sensors().forEach(sensor -> known.add(sensor.name()));
    }

    /** Begins to observe. */
    public void start() {
        runs.forEach(Station::start);
    }

    /** Adds a sensor that is met while the program runs. */
    public void add(Station run) {
        ledger.describe(run.sensor());
        known.add(run.sensor().name());
        runs.add(run);
    }

    /** All sensors at work. */
    public List<Station> runs() {
        return List.copyOf(runs);
    }

    /** The sensors that are shown. */
    public List<Station> shown() {
        for (Origin origin : Origin.values()) {
            List<Station> of =
                    runs.stream().filter(run -> run.sensor().origin() == origin).toList();
            if (!of.isEmpty()) {
                return of;
            }
        }
        return List.of();
    }

    /** Whether what is shown is made up. */
    public boolean demo() {
        List<Station> shown = shown();
        return !shown.isEmpty() && shown.getFirst().sensor().origin() == Origin.DEMO;
    }

    @Override
    public List<String> sensors() {
        return shown().stream().map(run -> run.sensor().name()).toList();
    }

    @Override
    public boolean knows(String sensor) {
        return known.contains(sensor);
    }

    @Override
    public long now() {
        long wall = clock.instant().getEpochSecond();
        List<Station> shown = shown();
        boolean live = shown.stream().anyMatch(run -> run.sensor().origin() == Origin.LIVE);
        long event = shown.stream()
                .mapToLong(Station::eventNanos)
                .filter(nanos -> nanos != Long.MIN_VALUE)
                .map(nanos -> Math.floorDiv(nanos, NANOS))
                .max()
                .orElse(wall);
        return live || wall - event < BEHIND && wall >= event ? wall : event;
    }

    @Override
    public long darkAddresses(List<String> sensors) {
        long sum = 0;
        for (Station run : runs) {
            if (sensors.contains(run.sensor().name())) {
                if (run.sensor().darknet().isEmpty()) {
                    return 0;
                }
                sum += run.sensor().darknet().size();
            }
        }
        return sum;
    }

    /** Writes into the ledger how far what each sensor observed is stored. Called every few seconds by one thread. */
    public void note() {
        for (Station run : runs) {
            switch (run) {
                case SensorRun here -> entries.note(here);
                default -> run.ledgerRow().ifPresent(row -> note(row, run));
            }
        }
    }

    /** A sensor apart from the tower has a row for each run of its program. */
    private void note(String row, Station run) {
        if (run.firstNanos() != Long.MAX_VALUE) {
            long first = Math.floorDiv(run.firstNanos(), NANOS);
            if (begun.add(row)) {
                ledger.begin(row, run.sensor(), first);
            }
            String detail = run.detail();
            ledger.observed(
                    row,
                    Math.max(first, run.storedSecond()),
                    new Ledger.Figures(
                            run.packets(),
                            run.dropped(),
                            run.saturatedParts(),
                            run.state().id(),
                            detail == null ? "" : detail));
        }
    }

    /** Sensors whose data ages: all but recordings. */
    public Set<String> aging() {
        Map<String, String> origins = new HashMap<>();
        ledger.sensors().forEach(sensor -> origins.put(sensor.name(), sensor.origin()));
        origins.values().removeIf(origin -> origin.equals(Origin.RECORDING.id()));
        return origins.keySet();
    }

    @Override
    public void close() {
        runs.forEach(Station::stop);
        runs.forEach(Station::close);
        note();
    }
}
