package org.hinomi.observatory.telescope.uplink;

/** What came of sending something. */
public sealed interface Answer {
    /**
     * It is safe where it was sent to.
     *
     * @param received when it came there, microseconds since 1970-01-01 UTC by the clock there; 0 when not told
     * @param answered when the answer was sent there
     */
    record Taken(long received, long answered) implements Answer {}

    /**
     * It will never be taken.
     *
     * @param why a sentence
     */
    record Refused(String why) implements Answer {}

    /**
     * It can't be taken now.
     *
     * @param why a sentence
     * @param hopeless whether a person must change something before it can
     */
    record Later(String why, boolean hopeless) implements Answer {}
}
