package org.hinomi.kernel.flow;

import org.jspecify.annotations.Nullable;

/** Takes the flow tuples of closed minutes: a roll-up, a file, a segment. */
@FunctionalInterface
public interface FlowSink {
    /** Takes a minute, or a part of it. The batch must not be kept, unless {@link #keeps} says so. */
    void minute(FlowBatch batch);

    /** Whether it still reads a batch after {@link #minute} returned; then it gives each back by {@link #spare}. */
    default boolean keeps() {
        return false;
    }

    /** A batch that it kept and is done with, cleared; null when there is none now. */
    default @Nullable FlowBatch spare() {
        return null;
    }
}
