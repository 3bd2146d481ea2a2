package org.hinomi.observatory.store.segment;

/** Follows the segments of a log, and may ask that they stay until it has read them. */
public interface SegmentWatcher {
    /** A segment is on disk. Called by the thread that wrote it; does not wait. */
    void written(SegmentName name);

    /** Everything of a sensor was removed. */
    void dropped(String sensor);

    /**
     * Whether segments of an hour are still to be read.
     *
     * @param hour start of the hour, seconds since 1970-01-01 UTC
     */
    boolean needs(String sensor, long hour);
}
