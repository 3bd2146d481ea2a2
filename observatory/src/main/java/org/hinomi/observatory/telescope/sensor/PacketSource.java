package org.hinomi.observatory.telescope.sensor;

import java.util.function.LongConsumer;
import org.hinomi.kernel.packet.FrameSink;

/** Where a sensor's packets come from. */
public interface PacketSource extends AutoCloseable {
    /**
     * Makes sure that there is something to take packets from; what was open stays open.
     *
     * @throws SourceException when there is not
     */
    void open();

    /**
     * Gives packets until there are no more or the thread is interrupted.
     *
     * @param quiet is told event time, in nanoseconds since 1970-01-01 UTC, when no packet came for a while
     * @throws SourceException when it can't go on
     */
    void run(FrameSink sink, LongConsumer quiet);

    /** Lets go of what {@link #open} took and {@link #run} never used. */
    @Override
    void close();

    /** Packets that were lost before they could be looked at. */
    long dropped();

    /** Whether it can be held back without losing packets. */
    boolean waits();
}
