package org.hinomi.observatory.web.stream;

import java.util.List;
import java.util.function.Supplier;

/** Gives live events to many readers. */
public final class Hub {
    public Hub(int mostReaders, int queueLength) {}

    public void publish(String event, Object data) {}

    public void greet(Supplier<List<Event>> greeting) {}

    public int readers() {
        return 0;
    }

    public long lost() {
        return 0;
    }
}
