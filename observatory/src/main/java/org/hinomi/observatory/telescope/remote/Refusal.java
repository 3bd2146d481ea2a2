package org.hinomi.observatory.telescope.remote;

import java.util.Locale;

/** Why a batch is refused. */
enum Refusal {
    /** Its form is of a newer release than this tower's. */
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

    final int status;
    final String title;

    Refusal(int status, String title) {
        this.status = status;
        this.title = title;
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
