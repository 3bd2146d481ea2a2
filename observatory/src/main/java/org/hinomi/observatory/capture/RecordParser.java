package org.hinomi.observatory.capture;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.hinomi.kernel.packet.FrameSink;

/** Reads the records of one capture format out of a window of its bytes. Total: damage is reported, never thrown. */
interface RecordParser {
    /** The largest record or block read, in bytes; a larger one is damage. */
    int LARGEST_RECORD = 16 << 20;

    /**
     * Gives each whole record between two offsets to a sink.
     *
     * @return the offset of the first byte not used: of a record that is not whole, or of {@link #damage()}
     */
    long parse(MemorySegment window, long from, long to, FrameSink sink);

    /** Packets given to the sink so far. */
    long packets();

    /** What is wrong with the record where parsing stopped for good; empty while there is nothing wrong. */
    Optional<String> damage();

    /** Records that were longer than the snap length their file announces; they are read all the same. */
    long longerThanSnap();
}
