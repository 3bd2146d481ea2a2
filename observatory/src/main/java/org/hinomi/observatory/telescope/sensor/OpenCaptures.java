package org.hinomi.observatory.telescope.sensor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hinomi.kernel.packet.FrameSink;
import org.hinomi.observatory.capture.FollowedCapture;
import org.hinomi.observatory.store.DataDirectory;
import org.hinomi.observatory.telescope.sensor.Place.TakenFile;
import org.hinomi.observatory.telescope.sensor.Shelf.Capture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Files that were read to their end and may grow, kept open so that they need not be read from the beginning. */
final class OpenCaptures implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenCaptures.class);
    private static final int MOST = 8;

    private final Map<String, FollowedCapture> open = new LinkedHashMap<>();

    /**
     * Gives what a file has more than was taken; tells what is wrong with it, if anything.
     *
     * <p>The file is the one that the place was told to begin.
     */
    Optional<String> read(Capture capture, Place place, FrameSink sink) {
        FollowedCapture from = open.remove(capture.id());
        try {
            if (from == null || !from.path().equals(capture.path())) {
                close(from);
                from = FollowedCapture.open(capture.path());
                skip(from, place.file(capture.id()), place, sink);
            }
            readOn(from, place, sink);
            Optional<String> damage = from.damage();
            if (from.compressed() || damage.isPresent()) {
                from.close();
            } else {
                keep(capture.id(), from);
            }
            return damage;
        } catch (IOException e) {
            close(from);
            return Optional.of(DataDirectory.reason(e));
        }
    }

    /** Passes over what was taken; packets of the same piece that were not are given. */
    private static void skip(FollowedCapture from, @Nullable TakenFile taken, Place place, FrameSink sink)
            throws IOException {
        long[] left = {taken == null ? 0 : taken.packets()};
        boolean more = true;
        while (more && left[0] > 0) {
            more = from.read((nanos, bytes, offset, captured, wire, linkType) -> {
                if (left[0]-- <= 0) {
                    sink.frame(nanos, bytes, offset, captured, wire, linkType);
                    place.gave(nanos);
                }
            });
        }
    }

    private static void readOn(FollowedCapture from, Place place, FrameSink sink) throws IOException {
        boolean more = true;
        while (more && !Thread.currentThread().isInterrupted()) {
            more = from.read((nanos, bytes, offset, captured, wire, linkType) -> {
                sink.frame(nanos, bytes, offset, captured, wire, linkType);
                place.gave(nanos);
            });
        }
    }

    private void keep(String id, FollowedCapture capture) {
        open.put(id, capture);
        if (open.size() > MOST) {
            close(open.remove(open.keySet().iterator().next()));
        }
    }

    /** Takes the last of files that were renamed, compressed or removed since they were read. */
    void finish(List<Capture> there, Place place, FrameSink sink) {
        Set<String> plain = there.stream()
                .filter(capture -> !capture.compressed())
                .map(Capture::id)
                .collect(Collectors.toSet());
        for (String id : new ArrayList<>(open.keySet())) {
            FollowedCapture from = plain.contains(id) ? null : open.remove(id);
            // One that was written anew under its name has other bytes where it was read to.
            if (from != null && from.replaced()) {
                place.begin(id);
                try {
                    readOn(from, place, sink);
                    place.left(id, 0, !from.waits());
                } catch (IOException e) {
                    place.left(id, 0, false);
                }
            }
            close(from);
        }
    }

    private static void close(@Nullable FollowedCapture capture) {
        if (capture != null) {
            try {
                capture.close();
            } catch (IOException e) {
                LOG.debug("{} did not close", capture.path(), e);
            }
        }
    }

    @Override
    public void close() {
        open.values().forEach(OpenCaptures::close);
        open.clear();
    }
}
