package org.hinomi.wire.batch;

import java.util.Locale;

/** Why a batch is refused. */
public enum Refusal {
    /** Its form is of a newer release than its reader's. */
    NEWER_VERSION(409, "Newer batch version"),
    /** Its bytes are not a batch, or not the whole of one. */
    DAMAGED(422, "Damaged batch"),
    /** It holds more than a batch may. */
    TOO_LARGE(413, "Too large"),
    /** It is of another sensor. */
    WRONG_SENSOR(422, "Wrong sensor"),
    /** It tells of minutes that are still to come. */
    FUTURE(422, "Time in the future"),
    /** Its numbers can't be true, or don't agree. */
    OUT_OF_BOUNDS(422, "Out of bounds"),
    /** It tells of addresses that are not the sensor's dark ones. */
    OUTSIDE(422, "Outside the darknet");

    /** The status of HTTP that says so. */
    public final int status;
    /** A short name for people. */
    public final String title;

    Refusal(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** Its name in metrics and tables. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
