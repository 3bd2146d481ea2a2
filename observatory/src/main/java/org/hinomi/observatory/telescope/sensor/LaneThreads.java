package org.hinomi.observatory.telescope.sensor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs all lanes of a source until they end: the first on the thread that calls, each other on one of its own. */
final class LaneThreads {
    private final PacketSource source;
    private final List<Lane> lanes;
    private final Storing storing;
    private final List<Thread> others = new ArrayList<>();
    private final Thread first = Thread.currentThread();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    LaneThreads(PacketSource source, List<Lane> lanes, String name, Storing storing) {
        this.source = source;
        this.lanes = lanes;
        this.storing = storing;
        for (int i = 1; i < lanes.size(); i++) {
            int lane = i;
            others.add(
                    Thread.ofPlatform().name("sensor " + name + " " + (i + 1)).unstarted(() -> run(lane)));
        }
    }

    private void run(int lane) {
        try {
            source.run(lane, lanes.get(lane).path(), lanes.get(lane)::quiet);
        } catch (RuntimeException e) {
            if (failure.compareAndSet(null, e) && lane != 0) {
                storing.interrupt(first);
            }
        }
    }

    /**
     * Runs them; when one fails all end.
     *
     * @throws RuntimeException what the first that failed threw
     */
    void run() {
        others.forEach(Thread::start);
        run(0);
        boolean interrupted = Thread.interrupted();
        others.forEach(storing::interrupt);
        for (Thread other : others) {
            while (other.isAlive()) {
                try {
                    other.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        RuntimeException thrown = failure.get();
        boolean stopped = interrupted && thrown == null;
        if (stopped) {
            first.interrupt();
        }
        if (thrown != null) {
            throw thrown;
        }
    }
}
