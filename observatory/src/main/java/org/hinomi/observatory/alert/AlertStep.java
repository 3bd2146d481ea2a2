package org.hinomi.observatory.alert;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hinomi.kernel.alert.AlertRules;
import org.hinomi.observatory.store.StoreException;
import org.hinomi.observatory.store.control.EpochMicros;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes alerts from detections while the program runs, on a thread of its own. Where it stands is kept together with
 * what it made, so that it may be killed at any moment.
 */
public final class AlertStep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlertStep.class);
    private static final long IDLE_MILLIS = 1000;
    private static final long PAUSE_MILLIS = 5000;

    private final AlertStore store;
    private final AlertRules rules;
    private final InstantSource clock;
    private final Consumer<List<String>> changed;
    private final Thread thread = Thread.ofPlatform().name("alerts").daemon().unstarted(this::work);
    private volatile boolean closing;
    private volatile String trouble = "";

    /**
     * A step that stands still.
     *
     * @param changed is told the ids of alerts that are new or changed, once they are stored
     */
    public AlertStep(AlertStore store, AlertRules rules, InstantSource clock, Consumer<List<String>> changed) {
        this.store = store;
        this.rules = rules;
        this.clock = clock;
        this.changed = changed;
    }

    /** Begins to work. */
    public void start() {
        thread.start();
    }

    private void work() {
        while (!closing) {
            try {
                boolean more = once();
                trouble = "";
                if (!more) {
                    pause(IDLE_MILLIS);
                }
            } catch (StoreException e) {
                if (trouble.isEmpty()) {
                    LOG.error("{}", e.getMessage());
                }
                trouble = String.valueOf(e.getMessage());
                pause(PAUSE_MILLIS);
            }
        }
    }

    /** Deals with all detections there are now. */
    public void catchUp() {
        boolean more = true;
        while (more) {
            more = once();
        }
    }

    /** Deals with the next detections; whether there may be more. */
    boolean once() {
        AlertStore.Step step = store.step(rules, EpochMicros.of(clock.instant()));
        if (!step.alerts().isEmpty()) {
            changed.accept(step.alerts());
        }
        return step.more();
    }

    private synchronized void pause(long millis) {
        try {
            if (!closing) {
                wait(millis);
            }
        } catch (InterruptedException e) {
            closing = true;
            Thread.currentThread().interrupt();
        }
    }

    /** What keeps it from making alerts now, as a sentence; empty when all is well. */
    public String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            if (thread.isAlive()) {
                thread.join(TimeUnit.SECONDS.toMillis(15));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
