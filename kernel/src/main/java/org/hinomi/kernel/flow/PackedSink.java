package org.hinomi.kernel.flow;

/** Takes the packed tuples of a {@link FlowBatch}, a run of them at a time. */
@FunctionalInterface
public interface PackedSink {
    /**
     * Takes a run of tuples; all tuples of one source are in the same run, in order of their first packet.
     *
     * @param words {@link TupleWords#WORDS} words of each, from 0; to be read only, and only during the call
     * @param count how many tuples
     * @param first the index of the first in its batch
     */
    void tuples(long[] words, int count, int first);
}
