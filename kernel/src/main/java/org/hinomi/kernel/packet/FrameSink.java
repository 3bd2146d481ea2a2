package org.hinomi.kernel.packet;

import java.lang.foreign.MemorySegment;

/** Takes captured frames, from a file or an interface. */
@FunctionalInterface
public interface FrameSink {
    /**
     * Takes a frame. Its bytes are valid only during the call.
     *
     * @param nanos capture time, nanoseconds since 1970-01-01 UTC
     * @param bytes holds the frame
     * @param offset where the frame starts
     * @param captured how many of its bytes are there
     * @param wire how long it was on the wire
     * @param linkType of the interface; see {@link LinkType}
     */
    void frame(long nanos, MemorySegment bytes, long offset, int captured, int wire, int linkType);
}
