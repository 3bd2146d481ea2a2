package org.hinomi.kernel.flow;

/** Takes the flow tuples of closed minutes: a roll-up, a file, a segment. */
@FunctionalInterface
public interface FlowSink {
    /** Takes a minute, or a part of it. The batch must not be kept. */
    void minute(FlowBatch batch);
}
