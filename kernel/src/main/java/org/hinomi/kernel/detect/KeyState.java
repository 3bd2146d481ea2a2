package org.hinomi.kernel.detect;

import java.io.DataOutput;
import java.io.IOException;

/** What a detector keeps of one key. Bounded by its detector whatever the traffic. */
public interface KeyState {
    /** Whether there is nothing to keep: the key is forgotten. */
    boolean isEmpty();

    /** Bytes of memory it takes, about. */
    long bytes();

    /** Writes it, so that {@link Detector#read} makes it again. The same state writes the same bytes. */
    void write(DataOutput out) throws IOException;
}
