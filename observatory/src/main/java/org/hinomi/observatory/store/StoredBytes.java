package org.hinomi.observatory.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How much room each part of a data directory takes. Looked at anew twice a minute at most: there are many files. */
public final class StoredBytes {
    private static final long KEPT_NANOS = 30_000_000_000L;

    private final Path data;
    private @Nullable Parts parts;
    private long lookedAt;

    /** The room that a data directory takes. */
    public StoredBytes(Path data) {
        this.data = data;
    }

    /**
     * Bytes of each part.
     *
     * @param archive flow tuples of closed hours
     * @param segments the newest minutes
     * @param queryDatabase what the pages ask, made again when it is lost
     * @param control accounts, ledger and packet samples
     * @param geolocation the table of places and networks
     */
    public record Parts(long archive, long segments, long queryDatabase, long control, long geolocation) {
        /** All of them. */
        public long total() {
            return archive + segments + queryDatabase + control + geolocation;
        }
    }

    /** The parts as they are, or were half a minute ago. */
    public synchronized Parts parts() {
        Parts known = parts;
        long now = System.nanoTime();
        if (known == null || now - lookedAt > KEPT_NANOS) {
            known = new Parts(
                    tree("archive"), tree("segments"), files("warehouse.duckdb"), files("control.sqlite"), tree("geo"));
            parts = known;
            lookedAt = now;
        }
        return known;
    }

    private long tree(String folder) {
        try (Stream<Path> files = Files.walk(data.resolve(folder))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (NoSuchFileException none) {
            return 0;
        } catch (IOException | UncheckedIOException moved) {
            // A file went while it was looked at: the next look counts it where it is then.
            Parts before = parts;
            return before == null ? 0 : folder.equals("archive") ? before.archive : before.segments;
        }
    }

    /** A database and the logs beside it. */
    private long files(String name) {
        return List.of("", ".wal", "-wal", "-shm", ".damaged").stream()
                .mapToLong(suffix -> data.resolve(name + suffix).toFile().length())
                .sum();
    }
}
