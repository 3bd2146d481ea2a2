package org.hinomi.kernel.flow;

/**
 * The flow tuples of a closed minute, or of a part of it: a minute is given in several parts when its table was full
 * or when packets of it came after it had closed; packet counts of the parts add up. Valid only while the
 * {@link FlowSink} that got it runs.
 */
public interface FlowBatch {
    /** Start of the minute, seconds since 1970-01-01 UTC. */
    long time();

    /** Whether the minute's table was full, so that this is only a part of it. */
    boolean saturated();

    /** How many tuples. */
    int size();

    /** Fills a row with the tuple of an index, 0 to size-1; the tuples of a source are in order of their first packet. */
    void read(int index, FlowRow row);

    /** How many of the first tuples are IPv4 and can be had as {@link TupleWords}. */
    default int packed() {
        return 0;
    }

    /** Gives the packed tuples, in order of their index. */
    default void packed(PackedSink sink) {}

    /** Forgets the tuples, so that the memory can be used again: for a sink that kept the batch, on any thread. */
    default void clear() {}
}
