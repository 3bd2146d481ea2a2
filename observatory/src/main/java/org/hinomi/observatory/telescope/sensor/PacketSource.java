package org.hinomi.observatory.telescope.sensor;

import java.util.function.LongConsumer;
import org.hinomi.kernel.packet.FrameSink;

/** Where a sensor's packets come from. */
public interface PacketSource {
    /**
     * Gives packets until there are no more or the thread is interrupted.
     *
     * @param quiet is told event time, in nanoseconds since 1970-01-01 UTC, when no packet came for a while
     * @throws SourceException when it can't go on
     */
    void run(FrameSink sink, LongConsumer quiet);

    /** Packets that were lost before they could be looked at. */
    long dropped();

    /** Whether it can be held back without losing packets. */
    boolean waits();
}
