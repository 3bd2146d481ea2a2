package org.hinomi.observatory.telescope.uplink;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.hinomi.observatory.store.segment.SegmentName;

/** Which parts wait, by incarnation and sequence. Guarded by its spool. */
final class Waiting {
    private final TreeMap<String, TreeMap<Integer, Entry>> parts = new TreeMap<>();
    private final Set<Entry> inFlight = new HashSet<>();
    private long bytes;
    private long count;

    /**
     * A part that waits.
     *
     * @param name its segment, whose sensor is the incarnation and whose part the sequence
     */
    record Entry(SegmentName name, long bytes) {
        String incarnation() {
            return name.sensor();
        }
    }

    void enter(Entry entry) {
        parts.computeIfAbsent(entry.incarnation(), key -> new TreeMap<>())
                .put(entry.name().part(), entry);
        bytes += entry.bytes();
        count++;
    }

    void leave(Entry entry) {
        TreeMap<Integer, Entry> of = parts.get(entry.incarnation());
        if (of != null && of.remove(entry.name().part()) != null) {
            bytes -= entry.bytes();
            count--;
            if (of.isEmpty()) {
                parts.remove(entry.incarnation());
            }
        }
    }

    /** The oldest that together are too many bytes; none that are on their way. */
    List<Entry> excess(long mostBytes) {
        List<Entry> out = new ArrayList<>();
        long left = bytes;
        for (TreeMap<Integer, Entry> of : parts.values()) {
            for (Entry entry : of.values()) {
                if (left <= mostBytes) {
                    return out;
                }
                if (!inFlight.contains(entry)) {
                    out.add(entry);
                    left -= entry.bytes();
                }
            }
        }
        return out;
    }

    /** The oldest, all of one incarnation, which are on their way until this is called again. */
    List<Entry> take(int most) {
        inFlight.clear();
        if (!parts.isEmpty()) {
            parts.firstEntry().getValue().values().stream().limit(most).forEach(inFlight::add);
        }
        return inFlight.stream()
                .sorted(Comparator.comparingInt(entry -> entry.name().part()))
                .toList();
    }

    /** The earliest minute of an incarnation of which something waits that is not among some. */
    OptionalLong earliest(String incarnation, Collection<Entry> without) {
        return parts.getOrDefault(incarnation, new TreeMap<>()).values().stream()
                .filter(entry -> !without.contains(entry))
                .mapToLong(entry -> entry.name().minute())
                .min();
    }

    boolean has(String incarnation) {
        return parts.containsKey(incarnation);
    }

    boolean isEmpty() {
        return parts.isEmpty();
    }

    long bytes() {
        return bytes;
    }

    long count() {
        return count;
    }
}
