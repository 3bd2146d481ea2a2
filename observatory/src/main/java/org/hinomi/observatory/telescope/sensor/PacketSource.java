package org.hinomi.observatory.telescope.sensor;

import java.util.Optional;
import java.util.function.LongConsumer;
import org.hinomi.kernel.packet.FrameSink;

/** Where a sensor's packets come from. */
public interface PacketSource extends AutoCloseable {
    /** How long a source that fails again and again is left alone at most, unless it says otherwise, milliseconds. */
    long LONGEST_PAUSE = 60_000;

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

    /** On how many threads it gives packets; packets of a flow tuple come on one of them. */
    default int lanes() {
        return 1;
    }

    /**
     * Gives the packets of one of its threads, as {@link #run(FrameSink, LongConsumer)} does.
     *
     * @param lane 0 to {@link #lanes()} - 1
     */
    default void run(int lane, FrameSink sink, LongConsumer quiet) {
        run(sink, quiet);
    }

    /** Lets go of what {@link #open} took and {@link #run} never used. */
    @Override
    void close();

    /** Packets that were lost before they could be looked at. */
    long dropped();

    /** Whether it can be held back without losing packets. */
    boolean waits();

    /** What it tells of itself. */
    default SourceFigures figures() {
        return new SourceFigures(dropped(), 0, 0, Optional.empty(), Optional.empty());
    }

    /** A number that changes whenever it begins to watch more or less than before, as when an interface goes down. */
    default int watch() {
        return 0;
    }

    /** How long to wait at most before it is tried again after it failed, milliseconds. */
    default long longestPause() {
        return LONGEST_PAUSE;
    }

    /** What of it does not work while the rest does, as a sentence. */
    default Optional<String> trouble() {
        return Optional.empty();
    }
}
