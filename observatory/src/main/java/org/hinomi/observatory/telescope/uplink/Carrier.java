package org.hinomi.observatory.telescope.uplink;

/** Brings batches to where they are stored. Used by one thread. */
public interface Carrier extends AutoCloseable {
    /** Sends a batch, and tells what came of it. */
    Answer send(byte[] batch);

    /** How many parts a batch may have at most. */
    int mostParts();

    /** Where it brings them, for people. */
    String target();

    @Override
    void close();
}
