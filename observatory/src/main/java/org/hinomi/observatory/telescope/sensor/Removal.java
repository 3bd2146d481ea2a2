package org.hinomi.observatory.telescope.sensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hinomi.observatory.store.DataDirectory;
import org.hinomi.observatory.telescope.sensor.Place.TakenFile;
import org.hinomi.observatory.telescope.sensor.Shelf.Capture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes or moves files of a directory once all their packets are stored; by default it does neither. */
final class Removal {
    private static final Logger LOG = LoggerFactory.getLogger(Removal.class);

    private final boolean remove;
    private final Optional<Path> moveTo;
    private final Set<String> failed = new HashSet<>();

    Removal(boolean remove, Optional<Path> moveTo) {
        this.remove = remove;
        this.moveTo = moveTo;
    }

    /** Makes sure that files can be moved. */
    void check() {
        if (moveTo.isPresent() && !(Files.isDirectory(moveTo.get()) && Files.isWritable(moveTo.get()))) {
            throw new SourceException(moveTo.get() + " is no directory that files can be moved to");
        }
    }

    /** Removes or moves what is done with, never the newest file; returns the ids of what is gone. */
    Set<String> tidy(List<Capture> there, Place place) {
        Set<String> gone = new HashSet<>();
        if (remove || moveTo.isPresent()) {
            for (Capture capture : there.subList(0, Math.max(0, there.size() - 1))) {
                TakenFile taken = place.file(capture.id());
                if (taken != null && taken.whole() && !place.needs(capture.id()) && away(capture)) {
                    gone.add(capture.id());
                }
            }
        }
        return gone;
    }

    private boolean away(Capture capture) {
        try {
            if (moveTo.isPresent()) {
                Path target = moveTo.get().resolve(capture.path().getFileName());
                // A name that is used again must not replace what was moved before.
                if (Files.exists(target)) {
                    target = moveTo.get()
                            .resolve(capture.nanos() + "-" + capture.path().getFileName());
                }
                Files.move(capture.path(), target);
            } else {
                Files.delete(capture.path());
            }
            return true;
        } catch (IOException e) {
            if (failed.add(capture.id())) {
                LOG.warn("{} was taken, but can't be put away: {}", capture.path(), DataDirectory.reason(e));
            }
            return false;
        }
    }
}
