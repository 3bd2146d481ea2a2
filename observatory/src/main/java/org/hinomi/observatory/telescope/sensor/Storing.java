package org.hinomi.observatory.telescope.sensor;

import java.util.HashSet;
import java.util.Set;

/** Keeps interrupts from threads while they store: an interrupt would close the file that is being written. */
final class Storing {
    private final Set<Thread> storing = new HashSet<>();
    private final Set<Thread> owed = new HashSet<>();

    /** Stores; an interrupt that was there or comes meanwhile is there again afterwards. */
    void unhindered(Runnable work) {
        Thread thread = Thread.currentThread();
        synchronized (this) {
            storing.add(thread);
            if (Thread.interrupted()) {
                owed.add(thread);
            }
        }
        try {
            work.run();
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
}
