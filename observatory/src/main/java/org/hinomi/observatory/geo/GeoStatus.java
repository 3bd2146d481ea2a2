package org.hinomi.observatory.geo;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What geolocation data there is.
 *
 * @param detail one sentence for a person: the sources, or why there is none and what to do
 * @param date when the database of places was built; null without one
 */
public record GeoStatus(
        State state, String detail, @Nullable LocalDate date) {
    /** How much is known. */
    public enum State {
        /** Country, city, coordinates and autonomous system. */
        FULL,
        /** Country and a point in it, and autonomous system if that could be fetched. */
        COUNTRY,
        /** Autonomous system. */
        NETWORK,
        /** Nothing. */
        NONE
    }
}
