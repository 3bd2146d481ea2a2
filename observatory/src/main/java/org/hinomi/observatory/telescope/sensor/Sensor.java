package org.hinomi.observatory.telescope.sensor;

import java.util.Locale;
import org.hinomi.kernel.address.PrefixSet;

/**
 * A place where dark addresses are watched.
 *
 * @param name unique
 * @param place what to call where it is, or an empty text
 * @param latitude degrees, north positive
 * @param longitude degrees, east positive
 * @param origin what its packets are
 * @param darknet its dark addresses; empty when all packets are kept
 */
public record Sensor(String name, String place, double latitude, double longitude, Origin origin, PrefixSet darknet) {

    /** What the packets of a sensor are. */
    public enum Origin {
        /** Captured now. */
        LIVE,
        /** Captured some time before. */
        RECORDING,
        /** Made up. */
        DEMO;

        /** As JSON and the database spell it. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
