package org.hinomi.observatory.store.results;

import java.util.Locale;

/** Why a row of results is left out. */
public enum RowRefusal {
    /** A value is missing or too long. */
    MISSING("a value is missing or too long"),
    /** A text is not of the form that its column has. */
    TEXT("a text has not the form that its column asks for"),
    /** A number can't be true. */
    NUMBER("a number is negative or too large"),
    /** A time can't be true. */
    TIME("a time is in the future, or not of a minute or hour"),
    /** It has more or fewer classes or kinds than this release knows. */
    CLASSES("it counts other classes or kinds than this release knows; bring job and tower to one release"),
    /** Its sketch can't be read. */
    SKETCH("a sketch of addresses is damaged"),
    /** It is of a detector that this release does not know, or has values that the detector does not declare. */
    DETECTOR("its detector, or a value in it, is not known to this release; bring job and tower to one release"),
    /** It is of a sensor that this tower has itself. */
    OWN_SENSOR(
            "it is of a sensor that this tower observes itself, and would count twice; give one of them another name"),
    /** It is of a sensor whose name a recording or the demo has. */
    TAKEN_NAME("a recording or the demo of this tower has the sensor's name; give one of them another name"),
    /** There are too many sensors. */
    TOO_MANY_SENSORS("it would be one sensor more than a tower takes from a cluster");

    private final String sentence;

    RowRefusal(String sentence) {
        this.sentence = sentence;
    }

    /** As metrics and JSON spell it. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Why, as a part of a sentence. */
    public String sentence() {
        return sentence;
    }
}
