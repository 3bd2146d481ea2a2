package org.hinomi.observatory.telescope.record;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.rollup.PortTest;
import org.hinomi.kernel.tally.HourTally;
import org.hinomi.kernel.tally.Tally;
import org.hinomi.observatory.store.segment.SegmentLog;
import org.hinomi.observatory.store.segment.SegmentName;
import org.hinomi.observatory.store.warehouse.ArchiveFolder;
import org.hinomi.observatory.store.warehouse.RollupRow;
import org.hinomi.observatory.store.warehouse.TupleReader;
import org.hinomi.observatory.store.warehouse.Warehouse;
import org.hinomi.observatory.telescope.record.OpenHour.Key;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a start does before it reads the segments: it makes the query tables agree with segments and archive, which an
 * earlier process may have left in between, so that every stored tuple counts once. Segments and archived files are
 * the truth; the tables follow.
 */
final class Settling {
    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;

    private final SegmentLog log;
    private final Warehouse warehouse;
    private final ArchiveFolder archive;
    private final FingerprintCatalogue catalogue;
    private final PortTest iotPorts;

    Settling(SegmentLog log, Warehouse warehouse, FingerprintCatalogue catalogue, PortTest iotPorts) {
        this.log = log;
        this.warehouse = warehouse;
        this.archive = warehouse.archive();
        this.catalogue = catalogue;
        this.iotPorts = iotPorts;
    }

    /** Settles, and tells which hours are archived. */
    Set<Key> settle() {
        Set<String> registered = new HashSet<>(
                warehouse.read(snapshot -> snapshot.list("SELECT file FROM archived", Map.of(), row -> row.text(1))));
        Set<SegmentName> segments = new HashSet<>(log.all());
        List<ArchiveFolder.Hour> kept = new ArrayList<>();
        Set<String> unknown = new HashSet<>();
        for (ArchiveFolder.Hour hour : archive.hours()) {
            List<SegmentName> replaced = replaced(hour);
            if (!registered.remove(hour.name())) {
                if (!warehouse.fresh() && !replaced.isEmpty() && segments.containsAll(replaced)) {
                    archive.delete(hour.name());
                    continue;
                }
                unknown.add(hour.name());
            }
            forget(hour, replaced);
            kept.add(hour);
        }
        unregister(registered);
        addUp(kept, unknown);
        return kept.stream().map(Settling::key).collect(Collectors.toSet());
    }

    private static Key key(ArchiveFolder.Hour hour) {
        return new Key(hour.sensor(), hour.hour());
    }

    private List<SegmentName> replaced(ArchiveFolder.Hour hour) {
        return archive.replaced(archive.file(hour.name())).stream()
                .flatMap(name -> SegmentName.of(Path.of(name)).stream())
                .toList();
    }

    private void forget(ArchiveFolder.Hour hour, List<SegmentName> replaced) {
        if (!replaced.isEmpty()) {
            log.delete(replaced);
            archive.settled(archive.file(hour.name()));
        }
    }

    private void unregister(Set<String> gone) {
        for (String file : gone) {
            LOG.warn("the archived hour {} is gone", file);
            warehouse.write(writer -> writer.execute("DELETE FROM archived WHERE file = ?", file));
        }
    }

    /** Adds up anew the hours that have segments, or files that the tables don't know. */
    private void addUp(List<ArchiveFolder.Hour> kept, Set<String> unknown) {
        Set<Key> anew = new HashSet<>();
        log.all().forEach(name -> anew.add(new Key(name.sensor(), name.hour())));
        kept.stream()
                .filter(hour -> unknown.contains(hour.name()))
                .map(Settling::key)
                .forEach(anew::add);
        warehouse.write(writer -> {
            writer.execute("DELETE FROM flow_tuple");
            if (!warehouse.fresh()) {
                for (Key key : anew) {
                    writer.execute(
                            "DELETE FROM rollup WHERE sensor = ? AND time >= ? AND time < ?",
                            key.sensor(),
                            key.hour(),
                            key.hour() + HOUR);
                }
            }
        });
        for (ArchiveFolder.Hour hour : kept) {
            if (anew.contains(key(hour))) {
                addUp(hour, unknown.contains(hour.name()));
            }
        }
    }

    private void addUp(ArchiveFolder.Hour hour, boolean register) {
        LOG.info("adding up archived hour {} again", hour.name());
        HourTally rollup = new HourTally(hour.sensor(), hour.hour(), catalogue, iotPorts);
        Map<Long, Tally> minutes = new HashMap<>();
        long[] tuples = {0};
        if (!read(hour, rollup, minutes, tuples)) {
            return;
        }
        List<RollupRow> rows = new ArrayList<>();
        rollup.rows().forEach(row -> rows.add(RollupRow.of(row)));
        minutes.forEach((time, tally) -> rows.add(RollupRow.of(tally.row(hour.sensor(), MINUTE, time, "all", ""))));
        warehouse.write(writer -> {
            writer.addRollups(rows);
            if (register) {
                writer.register(hour.sensor(), hour.hour(), archive.file(hour.name()), tuples[0]);
            }
        });
    }

    /** A file that can't be read, damaged or of a newer release, stays where it is and counts for nothing. */
    private boolean read(ArchiveFolder.Hour hour, HourTally rollup, Map<Long, Tally> minutes, long[] tuples) {
        try {
            each(hour, rollup, minutes, tuples);
            return true;
        } catch (JdbiException e) {
            LOG.warn(
                    "archived hour {} is left out: {}",
                    archive.file(hour.name()),
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            return false;
        }
    }

    private void each(ArchiveFolder.Hour hour, HourTally rollup, Map<Long, Tally> minutes, long[] tuples) {
        warehouse.read(snapshot -> {
            snapshot.tuples("FROM " + TupleReader.file(archive, hour.name()), Map.of(), tagged -> {
                rollup.add(tagged.tuple, tagged.country, tagged.asn);
                Tally minute = minutes.computeIfAbsent(tagged.tuple.time, time -> new Tally());
                minute.add(tagged.tuple, iotPorts);
                minute.destination(tagged.tuple);
                tuples[0]++;
            });
            return tuples[0];
        });
    }
}
