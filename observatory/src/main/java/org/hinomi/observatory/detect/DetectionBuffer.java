package org.hinomi.observatory.detect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hinomi.kernel.detect.Detection;

/**
 * Detections on their way to the database: many in one transaction, only the newest revision of each. A partition that
 * finds it full empties it itself, and so waits for the disk.
 */
final class DetectionBuffer {
    private static final int MOST = 2000;

    private final Consumer<List<Detection>> sink;
    private final Object writing = new Object();
    private Map<String, Detection> waiting = new LinkedHashMap<>();

    DetectionBuffer(Consumer<List<Detection>> sink) {
        this.sink = sink;
    }

    void add(Detection detection) {
        int size;
        synchronized (this) {
            waiting.merge(detection.id(), detection, (a, b) -> b.revision() >= a.revision() ? b : a);
            size = waiting.size();
        }
        if (size >= MOST) {
            flush();
        }
    }

    /** Writes all there are, and returns when they are on disk. One writes at a time, in order. */
    void flush() {
        synchronized (writing) {
            List<Detection> batch;
            synchronized (this) {
                batch = new ArrayList<>(waiting.values());
                waiting = new LinkedHashMap<>();
            }
            if (!batch.isEmpty()) {
                sink.accept(batch);
            }
        }
    }
}
