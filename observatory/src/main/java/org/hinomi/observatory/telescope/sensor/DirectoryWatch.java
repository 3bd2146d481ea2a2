package org.hinomi.observatory.telescope.sensor;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.hinomi.observatory.store.DataDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until something may have changed in a directory: until the system tells of it, or half a second, because it
 * tells nothing of network file systems and only of so many directories.
 */
final class DirectoryWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatch.class);
    private static final long LONGEST_MILLIS = 500;

    /** So that a program which writes all the time does not keep this one looking all the time. */
    private static final long SHORTEST_MILLIS = 50;

    private final Optional<WatchService> service;

    private DirectoryWatch(Optional<WatchService> service) {
        this.service = service;
    }

    static DirectoryWatch of(Path directory) {
        try {
            WatchService service = directory.getFileSystem().newWatchService();
            try {
                directory.register(service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
                return new DirectoryWatch(Optional.of(service));
            } catch (IOException e) {
                service.close();
                throw e;
            }
        } catch (IOException e) {
            LOG.info("{} is looked into twice a second, without being told: {}", directory, DataDirectory.reason(e));
            return new DirectoryWatch(Optional.empty());
        }
    }

    void await() {
        try {
            if (service.isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(LONGEST_MILLIS);
                return;
            }
            TimeUnit.MILLISECONDS.sleep(SHORTEST_MILLIS);
            WatchKey key = service.get().poll(LONGEST_MILLIS, TimeUnit.MILLISECONDS);
            if (key != null) {
                key.pollEvents();
                key.reset();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        if (service.isPresent()) {
            service.get().close();
        }
    }
}
