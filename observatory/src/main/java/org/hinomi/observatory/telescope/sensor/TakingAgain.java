package org.hinomi.observatory.telescope.sensor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.observatory.capture.FollowedCapture;
import org.hinomi.observatory.telescope.sensor.Place.Run;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads again what was taken and is in no stored minute, because the program was killed before the minute closed. */
final class TakingAgain {
    private static final Logger LOG = LoggerFactory.getLogger(TakingAgain.class);

    private static final int MOST_LOOKS = 20;
    private static final long BETWEEN_LOOKS_MILLIS = 500;

    private final Place place;
    private final Shelf shelf;

    TakingAgain(Place place, Shelf shelf) {
        this.place = place;
        this.shelf = shelf;
    }

    void run(FrameSink sink) {
        if (place.again().isEmpty()) {
            return;
        }
        Map<String, Path> paths = paths();
        for (Run run : place.again()) {
            Path path = paths.get(run.file());
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            try {
                if (path != null) {
                    run(run, path, sink);
                }
            } catch (IOException e) {
                LOG.debug("{} can't be read again", path, e);
            }
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            if (place.at() < run.end()) {
                LOG.error(
                        "{} packets of {} were in no stored minute when the program ended, and the file is gone",
                        run.end() - place.at(),
                        run.file());
                place.pass(run.end());
            }
        }
    }

    /** Where the files are; one that is being compressed is waited for. */
    private Map<String, Path> paths() {
        Map<String, Path> paths = new HashMap<>();
        try {
            for (int looks = 0; looks < MOST_LOOKS; looks++) {
                shelf.look().forEach(capture -> paths.put(capture.id(), capture.path()));
                if (place.again().stream().allMatch(run -> paths.containsKey(run.file()))) {
                    break;
                }
                TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return paths;
    }

    private void run(Run run, Path path, FrameSink sink) throws IOException {
        long[] skip = {run.first() + place.at() - run.start()};
        try (FollowedCapture capture = FollowedCapture.open(path)) {
            boolean more = true;
            while (more && place.at() < run.end() && !Thread.currentThread().isInterrupted()) {
                more = capture.read((nanos, bytes, offset, captured, wire, linkType) -> {
                    if (skip[0]-- > 0 || place.at() >= run.end()) {
                        return;
                    }
                    if (place.isStored(nanos)) {
                        place.passed();
                    } else {
                        sink.frame(nanos, bytes, offset, captured, wire, linkType);
                        place.gave(nanos);
                    }
                });
            }
        }
    }
}
