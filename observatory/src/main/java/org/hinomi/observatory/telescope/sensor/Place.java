package org.hinomi.observatory.telescope.sensor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hinomi.kernel.flow.FlowBatch;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far the files of a directory are taken, told so exactly that each packet is in a stored minute once, whenever the
 * program is killed. All packets taken are numbered. A minute that is stored holds its packets up to the number that
 * was next then; what is written with it says so for each minute, and from which packet on there are some in no stored
 * minute. After a crash the files are read again from there, and a packet whose minute holds it already is passed over.
 */
final class Place {
    private static final long MINUTE_NANOS = 60_000_000_000L;
    private static final int MINUTE = 60;
    private static final long FORGOTTEN_AFTER = 60 * MINUTE_NANOS;

    private final Map<String, TakenFile> files = new HashMap<>();
    private final Map<String, Long> gone = new HashMap<>();
    private final List<Run> runs = new ArrayList<>();
    private final Map<Long, Long> stored = new HashMap<>();
    private final Map<Long, Long> firsts = new HashMap<>();
    private long next;
    private long at;
    private long marked;
    private long minute = Long.MIN_VALUE;

    /**
     * A file of which packets were taken.
     *
     * @param packets how many
     * @param bytes how long it was then
     * @param whole whether it is over: another came after it, or it is compressed
     */
    record TakenFile(long packets, long bytes, boolean whole) {}

    /**
     * Packets taken one after the other of one file.
     *
     * @param file its id
     * @param first the first packet's index in the file
     * @param start the first packet's number
     */
    record Run(String file, long first, long start, long packets) {
        long end() {
            return start + packets;
        }
    }

    private record Written(
            long next, long from, Map<String, TakenFile> files, List<Run> runs, Map<Long, Long> stored) {}

    /** The place that was written; the beginning, when nothing was. */
    static Place read(Optional<byte[]> written) {
        Place place = new Place();
        written.ifPresent(bytes -> {
            try {
                Written read = JsonMapper.shared().readValue(bytes, Written.class);
                place.files.putAll(read.files);
                place.runs.addAll(read.runs);
                place.stored.putAll(read.stored);
                place.next = read.next;
                place.at = read.from;
                place.marked = read.next;
            } catch (JacksonException e) {
                throw new SourceException(
                        "the note of how far the files are taken can't be read;"
                                + " remove the sensor's 'bookmark' below 'segments' to take all files from the beginning",
                        e);
            }
        });
        return place;
    }

    /** The runs with packets that must be read again, in order. */
    List<Run> again() {
        return runs.stream().filter(run -> run.end() > at).toList();
    }

    /** The number of the packet that is given now or next. */
    long at() {
        return at;
    }

    /** Goes on behind packets that are gone. */
    void pass(long number) {
        at = Math.max(at, number);
    }

    @Nullable
    TakenFile file(String id) {
        return files.get(id);
    }

    /** Begins to take packets of a file where it was left. */
    void begin(String id) {
        if (!runs.isEmpty()) {
            settle(runs.getLast().file);
        }
        TakenFile file = files.get(id);
        long first = file == null ? 0 : file.packets;
        if (!runs.isEmpty() && runs.getLast().packets == 0) {
            runs.removeLast();
        }
        if (runs.isEmpty() || !runs.getLast().file.equals(id)) {
            runs.add(new Run(id, first, next, 0));
        }
    }

    /** Notes that the packet was given. */
    void gave(long nanos) {
        long of = Math.floorDiv(nanos, MINUTE_NANOS);
        if (of != minute) {
            minute = of;
            firsts.putIfAbsent(of, at);
        }
        at++;
        next = Math.max(next, at);
    }

    /** Whether a packet that is read again is in a stored minute. */
    boolean isStored(long nanos) {
        return stored.getOrDefault(Math.floorDiv(nanos, MINUTE_NANOS), Long.MIN_VALUE) > at;
    }

    /** Notes that a packet that was read again is passed over. */
    void passed() {
        at++;
    }

    /** Notes how much of the file begun last is taken. */
    void left(String id, long bytes, boolean whole) {
        settle(id);
        TakenFile file = files.get(id);
        files.put(id, new TakenFile(file == null ? 0 : file.packets, bytes, whole));
    }

    /** Brings the last run and its file up to the packets given. */
    private void settle(String id) {
        Run last = runs.getLast();
        if (last.file.equals(id) && at >= last.end()) {
            Run grown = new Run(id, last.first, last.start, next - last.start);
            runs.set(runs.size() - 1, grown);
            TakenFile file = files.get(id);
            files.put(
                    id,
                    file == null
                            ? new TakenFile(grown.first + grown.packets, 0, false)
                            : new TakenFile(grown.first + grown.packets, file.bytes, file.whole));
        }
    }

    void over(String id) {
        TakenFile file = files.get(id);
        if (file != null && !file.whole) {
            files.put(id, new TakenFile(file.packets, file.bytes, true));
        }
    }

    /** Forgets files that have been gone for long: one that is being compressed or moved comes back. */
    void keep(Set<String> there, long nanos) {
        gone.keySet().removeAll(there);
        for (String id : files.keySet()) {
            if (!there.contains(id) && !needs(id)) {
                gone.putIfAbsent(id, nanos);
            }
        }
        gone.forEach((id, since) -> {
            if (nanos - since > FORGOTTEN_AFTER) {
                files.remove(id);
            }
        });
        gone.keySet().retainAll(files.keySet());
    }

    /** Whether packets of a file may have to be read again. */
    boolean needs(String id) {
        return runs.stream().anyMatch(run -> run.file.equals(id));
    }

    /** Notes that a minute is to be stored, and tells what to write with it. */
    byte[] behind(FlowBatch batch) {
        long closing = batch.time() / MINUTE;
        stored.put(closing, at);
        if (batch.saturated()) {
            firsts.remove(closing);
        } else {
            // Minutes close in order, so those before hold nothing more.
            firsts.keySet().removeIf(of -> of <= closing);
        }
        minute = Long.MIN_VALUE;
        return write();
    }

    /** Notes that the minutes before one are closed; whether there is something new to write, and no minute open. */
    boolean quiet(long nanos, int openMinutes) {
        long open = Math.floorDiv(nanos, MINUTE_NANOS) - openMinutes;
        firsts.keySet().removeIf(of -> of < open);
        minute = Long.MIN_VALUE;
        return firsts.isEmpty() && (next > marked || runs.size() > 1);
    }

    /** What to write. */
    byte[] write() {
        long from = firsts.values().stream().mapToLong(Long::longValue).min().orElse(at);
        long needed = Math.min(from, at);
        if (!runs.isEmpty()) {
            settle(runs.getLast().file);
            Run last = runs.getLast();
            runs.removeIf(run -> run.end() <= needed && run != last);
        }
        stored.values().removeIf(number -> number <= needed);
        marked = next;
        return JsonMapper.shared()
                .writeValueAsBytes(
                        new Written(next, needed, new TreeMap<>(files), List.copyOf(runs), new TreeMap<>(stored)));
    }
}
