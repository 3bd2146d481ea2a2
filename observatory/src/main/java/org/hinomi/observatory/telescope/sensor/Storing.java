package org.hinomi.observatory.telescope.sensor;

import java.util.HashSet;
import java.util.Set;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowSink;
import org.hinomi.observatory.telescope.MinuteRelay;
import org.jspecify.annotations.Nullable;

/**
 * Hands the closed minutes of all lanes to the sink that makes them safe, one at a time. A lane that can be held back
 * does it itself; it is kept from interrupts meanwhile, since one would close the file that is being written. The
 * minutes of other lanes are stored on a thread of their own, so that a slow disk holds up no packet.
 */
final class Storing implements AutoCloseable {
    private final FlowSink sink;
    private final @Nullable MinuteRelay relay;
    private final Object one = new Object();
    private final Set<Thread> storing = new HashSet<>();
    private final Set<Thread> owed = new HashSet<>();

    /**
     * Ready to store.
     *
     * @param sensor name of the sensor
     * @param waits whether its lanes can be held back without losing packets
     */
    Storing(String sensor, boolean waits, FlowSink sink) {
        this.sink = sink;
        this.relay = waits ? null : new MinuteRelay("minutes of " + sensor, sink);
    }

    /** Takes the minutes of a lane. */
    FlowSink lane() {
        return relay != null ? relay : this::unhindered;
    }

    /** Stores; an interrupt that was there or comes meanwhile is there again afterwards. */
    private void unhindered(FlowBatch batch) {
        Thread thread = Thread.currentThread();
        synchronized (this) {
            storing.add(thread);
            if (Thread.interrupted()) {
                owed.add(thread);
            }
        }
        try {
            synchronized (one) {
                sink.minute(batch);
            }
        } finally {
            synchronized (this) {
                storing.remove(thread);
                if (owed.remove(thread)) {
                    thread.interrupt();
                }
            }
        }
    }

    /** Interrupts a thread, now or when it has stored. */
    synchronized void interrupt(Thread thread) {
        if (storing.contains(thread)) {
            owed.add(thread);
        } else {
            thread.interrupt();
        }
    }

    /** Returns when all minutes that lanes closed are safe; throws what went wrong with one. */
    void drain() {
        if (relay != null) {
            relay.drain();
        }
    }

    /** The earliest closed minute that is not safe yet, seconds since 1970-01-01 UTC; the most there is if none. */
    long earliest() {
        return relay == null ? Long.MAX_VALUE : relay.earliest();
    }

    @Override
    public void close() {
        if (relay != null) {
            relay.close();
        }
    }
}
