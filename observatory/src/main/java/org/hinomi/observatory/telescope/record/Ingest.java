package org.hinomi.observatory.telescope.record;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hinomi.kernel.address.Origin;
import org.hinomi.kernel.fingerprint.FingerprintCatalogue;
import org.hinomi.kernel.rollup.PortTest;
import org.hinomi.kernel.tally.HourTally;
import org.hinomi.kernel.tally.Tally;
import org.hinomi.observatory.store.segment.Segment;
import org.hinomi.observatory.store.segment.SegmentLog;
import org.hinomi.observatory.store.segment.SegmentName;
import org.hinomi.observatory.store.warehouse.RollupRow;
import org.hinomi.observatory.store.warehouse.Tagged;
import org.hinomi.observatory.store.warehouse.Warehouse;
import org.hinomi.observatory.telescope.record.OpenHour.Key;

/**
 * Brings segments into the query tables: tuples, roll-ups by minute and hour, and closed hours into the archive. Used
 * by one thread.
 */
final class Ingest {
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;

    private final SegmentLog log;
    private final Warehouse warehouse;
    private final FingerprintCatalogue catalogue;
    private final PortTest iotPorts;
    private final Tagger tagger;
    private final Map<Key, OpenHour> open = new LinkedHashMap<>();
    private final Map<String, Long> newest = new HashMap<>();
    private final Set<Key> archived = new HashSet<>();
    private final Set<SegmentName> known = new HashSet<>();

    Ingest(SegmentLog log, Warehouse warehouse, FingerprintCatalogue catalogue, PortTest iotPorts, Origin origin) {
        this.log = log;
        this.warehouse = warehouse;
        this.catalogue = catalogue;
        this.iotPorts = iotPorts;
        this.tagger = new Tagger(origin);
    }

    /** Finishes what an earlier process left half done, and clears what is read again from the segments. */
    void settle() {
        archived.addAll(new Settling(log, warehouse, catalogue, iotPorts).settle());
    }

    private void minute(Tally tally, Tagged tagged) {
        tally.add(tagged.tuple, iotPorts);
        tally.destination(tagged.tuple);
    }

    /** Brings in segments, each once. */
    void add(List<SegmentName> names) {
        List<Segment> segments = names.stream()
                .distinct()
                .filter(name -> !known.contains(name))
                .flatMap(name -> log.read(name).stream())
                .toList();
        store(segments);
        segments.forEach(this::rollUp);
        for (SegmentName name : names) {
            known.add(name);
            newest.merge(name.sensor(), name.minute(), Math::max);
        }
    }

    private void store(List<Segment> segments) {
        List<RollupRow> minutes = segments.stream().map(this::minute).toList();
        warehouse.write(writer -> {
            Iterator<Segment> next = segments.iterator();
            TupleCursor cursor = new TupleCursor(tagger);
            writer.add(row -> cursor.next(row, next));
            writer.addRollups(minutes);
        });
    }

    private RollupRow minute(Segment segment) {
        Tally tally = new Tally();
        Tagged tagged = new Tagged();
        for (int i = 0; i < segment.size(); i++) {
            tagger.read(segment, i, tagged);
            minute(tally, tagged);
        }
        return RollupRow.of(tally.row(segment.name().sensor(), MINUTE, segment.time(), "all", ""));
    }

    private void rollUp(Segment segment) {
        SegmentName name = segment.name();
        OpenHour hour = open(new Key(name.sensor(), name.hour()));
        Tagged tagged = new Tagged();
        tagged.sensor = name.sensor();
        for (int i = 0; i < segment.size(); i++) {
            tagger.read(segment, i, tagged);
            hour.tally.add(tagged.tuple, tagged.country, tagged.asn);
        }
        hour.segments.add(name);
        hour.changed = true;
    }

    private OpenHour open(Key key) {
        return open.computeIfAbsent(
                key, k -> new OpenHour(new HourTally(k.sensor(), k.hour(), catalogue, iotPorts), archived.contains(k)));
    }

    private static List<RollupRow> rows(OpenHour hour) {
        return hour.tally.rows().stream().map(RollupRow::of).toList();
    }

    /** Writes the roll-ups of open hours as they are now. */
    void refresh() {
        open.forEach((key, hour) -> {
            if (hour.changed && !hour.late) {
                warehouse.write(w -> w.replace(key.sensor(), HOUR, key.hour(), key.hour() + HOUR, rows(hour)));
                hour.changed = false;
            }
        });
    }

    /** Archives the hours that are over for their sensor. */
    void archiveClosed() {
        for (Key key : List.copyOf(open.keySet())) {
            boolean over = key.hour() + HOUR <= newest.getOrDefault(key.sensor(), Long.MIN_VALUE);
            if (over && !log.needed(key.sensor(), key.hour())) {
                archive(key);
            }
        }
    }

    private void archive(Key key) {
        OpenHour hour = open(key);
        List<String> names = hour.segments.stream().map(SegmentName::toString).toList();
        Path[] file = new Path[1];
        warehouse.write(writer -> {
            if (hour.late) {
                writer.addRollups(rows(hour));
            } else {
                writer.replace(key.sensor(), HOUR, key.hour(), key.hour() + HOUR, rows(hour));
            }
            file[0] = writer.archive(key.sensor(), key.hour(), names);
        });
        log.delete(hour.segments);
        warehouse.archive().settled(file[0]);
        hour.segments.forEach(known::remove);
        open.remove(key);
        archived.add(key);
    }

    /** Removes everything of a sensor. */
    void drop(String sensor) {
        log.drop(sensor);
        warehouse.write(writer -> {
            writer.execute("DELETE FROM flow_tuple WHERE sensor = ?", sensor);
            writer.execute("DELETE FROM rollup WHERE sensor = ?", sensor);
            writer.execute("DELETE FROM archived WHERE sensor = ?", sensor);
        });
        warehouse.archive().hours().stream()
                .filter(hour -> hour.sensor().equals(sensor))
                .forEach(hour -> warehouse.archive().delete(hour.name()));
        open.keySet().removeIf(key -> key.sensor().equals(sensor));
        archived.removeIf(key -> key.sensor().equals(sensor));
        known.removeIf(name -> name.sensor().equals(sensor));
        newest.remove(sensor);
    }

    /** Removes archived hours older than a time, and the oldest while the archive is larger than a bound. */
    void retain(Set<String> sensors, long oldest, long mostBytes) {
        record Archived(String file, String sensor, long hour, long bytes) {}
        List<Archived> files = warehouse.read(snapshot -> snapshot.list(
                "SELECT file, sensor, hour, bytes FROM archived ORDER BY hour",
                Map.of(),
                row -> new Archived(row.text(1), row.text(2), row.number(3), row.number(4))));
        long bytes = files.stream().mapToLong(Archived::bytes).sum();
        for (Archived file : files) {
            if (sensors.contains(file.sensor) && (file.hour < oldest || bytes > mostBytes)) {
                warehouse.write(writer -> writer.execute("DELETE FROM archived WHERE file = ?", file.file));
                warehouse.archive().delete(file.file);
                bytes -= file.bytes;
            }
        }
    }
}
