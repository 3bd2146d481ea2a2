package org.hinomi.observatory.cli.config;

import java.util.List;
import org.hinomi.kernel.address.Prefix;

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
         * A network interface.
         *
         * @param promiscuous whether to take frames that are not addressed to the interface
         */
        record Interface(String name, boolean promiscuous) implements Source {}

        /**
         * Capture files, one after the other: a recording.
         *
         * @param files names as for {@code analyze}
         * @param speed event time against wall time; infinite for as fast as can be
         */
        record Files(List<String> files, double speed) implements Source {}
    }
}
