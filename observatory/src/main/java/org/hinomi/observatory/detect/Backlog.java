package org.hinomi.observatory.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.hinomi.kernel.detect.KeyedEngine;
import org.hinomi.observatory.store.segment.SegmentName;
import org.jspecify.annotations.Nullable;

/** Which stored segments are still to be read, stream by stream, and up to when each was. Names only: files are read later. */
final class Backlog {
    private final Map<String, TreeMap<Long, List<SegmentName>>> waiting = new TreeMap<>();
    private final Map<String, Long> newest = new HashMap<>();
    private final Map<String, Long> done = new TreeMap<>();
    private final List<String> dropped = new ArrayList<>();
    private Map<String, Long> safe = new TreeMap<>();
    private long late;
    private boolean closed;

    /** What is to be done next: a minute of a stream with its segments. */
    record Minute(String stream, long time, List<SegmentName> segments) {}

    /** Goes on where a snapshot stood. */
    synchronized void resume(Map<String, Long> from) {
        done.putAll(from);
        safe = new TreeMap<>(from);
    }

    synchronized void add(SegmentName name) {
        if (name.minute() < done.getOrDefault(name.sensor(), Long.MIN_VALUE)) {
            late++;
            return;
        }
        List<SegmentName> parts = waiting.computeIfAbsent(name.sensor(), s -> new TreeMap<>())
                .computeIfAbsent(name.minute(), m -> new ArrayList<>());
        if (!parts.contains(name)) {
            parts.add(name);
        }
        newest.merge(name.sensor(), name.minute(), Math::max);
        notifyAll();
    }

    synchronized void drop(String stream) {
        waiting.remove(stream);
        newest.remove(stream);
        done.remove(stream);
        safe.remove(stream);
        dropped.add(stream);
        notifyAll();
    }

    /** The streams dropped since it was last asked. */
    synchronized List<String> dropped() {
        List<String> streams = List.copyOf(dropped);
        dropped.clear();
        return streams;
    }

    /** Takes the next complete minute: one that the allowed lateness is over for, or any of a stream that is over. */
    synchronized @Nullable Minute next(Predicate<String> over) {
        for (Map.Entry<String, TreeMap<Long, List<SegmentName>>> stream : waiting.entrySet()) {
            if (stream.getValue().isEmpty()) {
                continue;
            }
            String name = stream.getKey();
            long time = stream.getValue().firstKey();
            if (time < KeyedEngine.watermark(newest.getOrDefault(name, time)) || over.test(name)) {
                List<SegmentName> segments = stream.getValue().pollFirstEntry().getValue();
                done.put(name, time + 60);
                return new Minute(name, time, segments);
            }
        }
        return null;
    }

    /** Notes that a stream is over and all of it was read; false when that was known, or some is left. */
    synchronized boolean finish(String stream) {
        TreeMap<Long, List<SegmentName>> left = waiting.get(stream);
        boolean finished = done.containsKey(stream) && (left == null || left.isEmpty());
        return finished && !Long.valueOf(KeyedEngine.END).equals(done.put(stream, KeyedEngine.END));
    }

    /** Waits for something to do, unless it is closed. */
    synchronized void await(long millis) throws InterruptedException {
        if (!closed) {
            wait(millis);
        }
    }

    /** Ends the waiting, now and later. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Up to when each stream was taken. */
    synchronized Map<String, Long> done() {
        return new TreeMap<>(done);
    }

    /** Notes that a snapshot is on disk: what it covers need not be read again. */
    synchronized void safe(Map<String, Long> covered) {
        covered.forEach((stream, time) -> {
            if (done.containsKey(stream)) {
                safe.put(stream, time);
            }
        });
    }

    /** Whether a time of a stream may have to be read yet. */
    synchronized boolean needs(String stream, long end) {
        boolean any = waiting.containsKey(stream) || done.containsKey(stream);
        return any && safe.getOrDefault(stream, Long.MIN_VALUE) < end;
    }

    /** Segments that came after their minute had been read. */
    synchronized long late() {
        return late;
    }

    /** Minutes that wait. */
    synchronized long size() {
        return waiting.values().stream().mapToLong(TreeMap::size).sum();
    }
}
