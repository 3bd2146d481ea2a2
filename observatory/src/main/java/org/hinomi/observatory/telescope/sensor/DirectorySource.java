package org.hinomi.observatory.telescope.sensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowMinutes;
import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.observatory.store.DataDirectory;
import org.hinomi.observatory.telescope.sensor.Place.TakenFile;
import org.hinomi.observatory.telescope.sensor.Shelf.Capture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the captures that another program writes into a directory, live: in the order of their first packets, the
 * newest while it grows. Where it is belongs to what is stored, see {@link Place}.
 */
public final class DirectorySource implements PacketSource {
    private static final Logger LOG = LoggerFactory.getLogger(DirectorySource.class);
    private static final long SECOND = 1_000_000_000L;
    private static final long LONGEST_PAUSE_MILLIS = 5000;
    private static final long BETWEEN_MARKS = 60 * SECOND;
    private static final int OPEN_MINUTES = FlowMinutes.LATENESS_SECONDS / 60;

    private final Path directory;
    private final Removal removal;
    private final InstantSource clock;
    private final Shelf shelf;
    private Place place = Place.read(Optional.empty());
    private Consumer<byte[]> mark = written -> {};
    private long markedNanos;
    private volatile Map<String, Long> figures = Map.of();
    private volatile long damaged;

    /**
     * A source that is not open yet.
     *
     * @param remove whether to remove files once all of them is stored
     * @param moveTo where to move them then
     */
    public DirectorySource(Path directory, boolean remove, Optional<Path> moveTo, InstantSource clock) {
        this.directory = directory;
        this.removal = new Removal(remove, moveTo);
        this.clock = clock;
        this.shelf = new Shelf(directory, clock);
    }

    /**
     * Goes on where an earlier process was.
     *
     * @param written what {@link #behind} told last; empty to begin
     * @param mark stores what this source wants to know again when there is no minute to store it with
     */
    public void resume(Optional<byte[]> written, Consumer<byte[]> mark) {
        this.place = Place.read(written);
        this.mark = mark;
    }

    /** What is to be stored together with a minute. */
    public byte[] behind(FlowBatch batch) {
        return place.behind(batch);
    }

    @Override
    public void open() {
        if (!Files.isDirectory(directory)) {
            throw new SourceException(
                    directory + (Files.exists(directory) ? " is not a directory" : " does not exist"));
        }
        if (!Files.isReadable(directory)) {
            throw new SourceException(directory + " can't be read: no permission");
        }
        removal.check();
    }

    @Override
    public void run(FrameSink sink, LongConsumer quiet) {
        try (OpenCaptures open = new OpenCaptures();
                DirectoryWatch watch = DirectoryWatch.of(directory)) {
            new TakingAgain(place, shelf).run(sink);
            while (!Thread.currentThread().isInterrupted()) {
                List<Capture> there = shelf.look();
                open.finish(there, place, sink);
                List<Capture> waiting = there.stream().filter(this::isWaiting).toList();
                note(there.size(), waiting.size());
                if (waiting.isEmpty()) {
                    rest(there, quiet);
                    watch.await();
                } else {
                    take(open, waiting.getFirst(), sink);
                }
            }
        } catch (IOException e) {
            if (!Thread.currentThread().isInterrupted()) {
                throw new SourceException(directory + " can't be read: " + DataDirectory.reason(e), e);
            }
        }
    }

    private boolean isWaiting(Capture capture) {
        TakenFile taken = place.file(capture.id());
        return taken == null || (capture.compressed() ? !taken.whole() : capture.bytes() > taken.bytes());
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void take(OpenCaptures open, Capture capture, FrameSink sink) {
        place.begin(capture.id());
        Optional<String> trouble = open.read(capture, place, sink);
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        place.left(capture.id(), capture.bytes(), capture.compressed());
        if (trouble.isPresent()) {
            damaged++;
            LOG.warn("{}: {}; what is after it is left out", capture.path(), trouble.get());
        }
    }

    /** All there is was taken: notes which files are over, lets minutes close and tidies. */
    private void rest(List<Capture> there, LongConsumer quiet) {
        for (Capture older : there.subList(0, Math.max(0, there.size() - 1))) {
            place.over(older.id());
        }
        long now = now();
        place.keep(there.stream().map(Capture::id).collect(Collectors.toSet()), now);
        quiet.accept(now);
        if (place.quiet(now, OPEN_MINUTES) && now - markedNanos > BETWEEN_MARKS) {
            markedNanos = now;
            mark.accept(place.write());
        }
        Set<String> gone = removal.tidy(there, place);
        figures = with(figures, "removed", figures.getOrDefault("removed", 0L) + gone.size());
    }

    private void note(int there, int waiting) {
        Map<String, Long> counted = new TreeMap<>(shelf.refused());
        counted.put("taken", (long) there - waiting);
        counted.put("waiting", (long) waiting);
        counted.put("removed", figures.getOrDefault("removed", 0L));
        figures = Map.copyOf(counted);
    }

    private static Map<String, Long> with(Map<String, Long> map, String key, long value) {
        Map<String, Long> changed = new TreeMap<>(map);
        changed.put(key, value);
        return Map.copyOf(changed);
    }

    private long now() {
        Instant now = clock.instant();
        return now.getEpochSecond() * SECOND + now.getNano();
    }

    @Override
    public void close() {}

    @Override
    public long dropped() {
        return 0;
    }

    @Override
    public boolean waits() {
        return true;
    }

    @Override
    public long longestPause() {
        return LONGEST_PAUSE_MILLIS;
    }

    @Override
    public SourceFigures figures() {
        return new SourceFigures(0, 0, damaged, Optional.empty(), Optional.of(figures));
    }
}
