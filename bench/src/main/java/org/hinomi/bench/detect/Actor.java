package org.hinomi.bench.detect;

/** Somebody who sends packets to the dark space. */
interface Actor {
    /** Not to be called again. */
    long NEVER = Long.MAX_VALUE;

    /**
     * Sends what belongs to a minute.
     *
     * @param minute its start, seconds since 1970-01-01 UTC
     * @return start of the minute in which it has something to send again; {@link #NEVER} when it is over
     */
    long act(long minute, Air air);
}
