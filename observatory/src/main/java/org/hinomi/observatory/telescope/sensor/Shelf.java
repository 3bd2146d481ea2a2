package org.hinomi.observatory.telescope.sensor;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32C;
import org.hinomi.observatory.capture.CaptureException;
import org.hinomi.observatory.capture.FollowedCapture;
import org.hinomi.observatory.store.DataDirectory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The captures of a directory, in the order of their first packets. What is no capture is counted, and told once. */
final class Shelf {
    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);
    private static final int MOST_FILES = 100_000;
    private static final Duration AT_REST = Duration.ofSeconds(2);
    private static final List<String> UNFINISHED = List.of(".part", ".tmp", ".filepart", "~");

    private final Path directory;
    private final InstantSource clock;
    private Map<Path, Seen> seen = new HashMap<>();

    Shelf(Path directory, InstantSource clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /**
     * A capture with at least one packet.
     *
     * @param id its first packet: the same when it is compressed or renamed later, another when its name is used again
     * @param nanos time of its first packet, nanoseconds since 1970-01-01 UTC
     */
    record Capture(Path path, String id, long nanos, long bytes, boolean compressed) {}

    /**
     * What was found out of a file.
     *
     * @param refused why it is no capture, or null
     */
    private record Seen(
            long bytes,
            long modified,
            @Nullable Object key,
            @Nullable Capture capture,
            @Nullable String refused) {}

    /** The captures there are, by first packet and name. */
    List<Capture> look() {
        Map<Path, Seen> now = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (now.size() < MOST_FILES && !unfinished(file.getFileName().toString())) {
                    see(file, now);
                }
            }
        } catch (IOException e) {
            throw new SourceException(directory + " can't be read: " + DataDirectory.reason(e), e);
        }
        seen = now;
        Map<String, Capture> captures = new HashMap<>();
        for (Seen file : now.values()) {
            if (file.capture != null) {
                captures.merge(file.capture.id, file.capture, Shelf::better);
            }
        }
        List<Capture> sorted = new ArrayList<>(captures.values());
        sorted.sort(Comparator.comparingLong(Capture::nanos)
                .thenComparing(capture -> capture.path.getFileName().toString()));
        return sorted;
    }

    /** Of two with the same first packet one is taken: the plain one, which is whole while the other is being made. */
    private static Capture better(Capture one, Capture other) {
        if (one.compressed != other.compressed) {
            return one.compressed ? other : one;
        }
        return one.bytes >= other.bytes ? one : other;
    }

    private record FirstPacket(long nanos, String id) {
        static FirstPacket of(long nanos, MemorySegment bytes) {
            CRC32C sum = new CRC32C();
            sum.update(bytes.asByteBuffer());
            return new FirstPacket(nanos, nanos + "-" + bytes.byteSize() + "-" + Long.toHexString(sum.getValue()));
        }
    }

    private static boolean unfinished(String name) {
        return name.startsWith(".") || UNFINISHED.stream().anyMatch(name::endsWith);
    }

    private void see(Path file, Map<Path, Seen> now) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                return;
            }
            Seen before = seen.get(file);
            long modified = attributes.lastModifiedTime().toMillis();
            boolean same = before != null
                    && before.bytes == attributes.size()
                    && before.modified == modified
                    && Objects.equals(before.key, attributes.fileKey());
            if (before != null && same && (before.capture != null || before.refused != null)) {
                now.put(file, before);
                return;
            }
            Seen fresh = new Seen(attributes.size(), modified, attributes.fileKey(), null, null);
            now.put(file, same || !atWork(file, modified) ? open(file, fresh) : fresh);
        } catch (IOException e) {
            LOG.debug("{} went away: {}", file, DataDirectory.reason(e));
        }
    }

    /** Whether a compressed file may still be written: it can only be read when it is whole. */
    private boolean atWork(Path file, long modified) throws IOException {
        return FollowedCapture.isCompressed(file) && clock.millis() - modified < AT_REST.toMillis();
    }

    private Seen open(Path file, Seen fresh) {
        AtomicReference<FirstPacket> first = new AtomicReference<>();
        try (FollowedCapture capture = FollowedCapture.open(file)) {
            boolean more = true;
            while (more && first.get() == null) {
                more = capture.read((nanos, bytes, offset, captured, wire, linkType) -> {
                    if (first.get() == null) {
                        first.set(FirstPacket.of(nanos, bytes.asSlice(offset, captured)));
                    }
                });
            }
            FirstPacket packet = first.get();
            if (packet == null) {
                return capture.damage()
                        .map(why -> refused(file, fresh, "damaged", why))
                        .orElse(fresh);
            }
            return new Seen(
                    fresh.bytes,
                    fresh.modified,
                    fresh.key,
                    new Capture(file, packet.id, packet.nanos, fresh.bytes, capture.compressed()),
                    null);
        } catch (CaptureException e) {
            return refused(file, fresh, "not_a_capture", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return refused(file, fresh, "unreadable", DataDirectory.reason(e));
        }
    }

    private Seen refused(Path file, Seen fresh, String reason, String why) {
        Seen before = seen.get(file);
        if (before == null || before.refused == null) {
            LOG.warn("{} is left out: {}", file, why);
        }
        return new Seen(fresh.bytes, fresh.modified, fresh.key, null, reason);
    }

    /** How many files there are of each reason to leave them out. */
    Map<String, Long> refused() {
        Map<String, Long> reasons = new TreeMap<>();
        for (Seen file : seen.values()) {
            if (file.refused != null) {
                reasons.merge(file.refused, 1L, Long::sum);
            }
        }
        return reasons;
    }
}
