package org.hinomi.observatory.cli.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hinomi.kernel.address.Prefix;
import org.hinomi.observatory.capture.ring.RingSettings;

/**
 * A sensor: where packets come from and which addresses are dark there.
 *
 * @param name unique, shown to everybody
 * @param place what to call where it is, or an empty text
 * @param latitude degrees, north positive
 * @param longitude degrees, east positive
 * @param darknet the dark addresses
 * @param source where its packets come from
 */
public record SensorSettings(
        String name, String place, double latitude, double longitude, List<Prefix> darknet, Source source) {

    /** Where packets come from. */
    public sealed interface Source {
        /**
         * Network interfaces.
         *
         * @param rings how each is captured from; at least one
         */
        record Interfaces(List<RingSettings> rings) implements Source {}

        /**
         * A directory that another program fills with captures, live.
         *
         * @param remove whether files are removed once all of them is stored
         * @param moveTo where they are moved then
         */
        record Directory(Path path, boolean remove, Optional<Path> moveTo) implements Source {}

        /**
         * A capture that another program writes into a pipe, live.
         *
         * @param name a named pipe, or {@code -} for the standard input
         */
        record Pipe(String name) implements Source {}

        /**
         * A sensor apart from the tower, which delivers by itself.
         *
         * @param certificateName the name in a client certificate that stands for it; its own name unless given
         */
        record Remote(Optional<String> certificateName) implements Source {}

        /** A sensor whose tuples a Flink cluster adds up. */
        record Cluster() implements Source {}

        /**
         * Capture files, one after the other: a recording.
         *
         * @param files names as for {@code analyze}
         * @param speed event time against wall time; infinite for as fast as can be
         */
        record Files(List<String> files, double speed) implements Source {}
    }
}
