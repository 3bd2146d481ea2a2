package org.hinomi.observatory.capture.ring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** Waits for packets of several rings. Used by one thread. */
public final class RingPoll implements AutoCloseable {
    private static final int DESCRIPTOR = 8;
    private static final int ASKED = 4;
    private static final int TOLD = 6;
    private static final short POLLIN = 1;

    private final Arena arena = Arena.ofConfined();
    private final Linux linux = new Linux(arena);
    private final MemorySegment descriptors;

    /**
     * A wait.
     *
     * @param most for how many rings at most
     */
    public RingPoll(int most) {
        descriptors = arena.allocate((long) DESCRIPTOR * Math.max(1, most), 4);
    }

    /**
     * Waits until the kernel hands over a block of one of some rings or something is wrong with one.
     *
     * @param millis how long at most
     */
    public void await(List<PacketRing> rings, int millis) {
        for (int i = 0; i < rings.size(); i++) {
            long at = (long) i * DESCRIPTOR;
            descriptors.set(JAVA_INT, at, rings.get(i).socket());
            descriptors.set(JAVA_SHORT, at + ASKED, POLLIN);
            descriptors.set(JAVA_SHORT, at + TOLD, (short) 0);
        }
        int ready = linux.poll(descriptors, rings.size(), millis);
        if (ready < 0 && linux.errno() != Linux.EINTR) {
            throw new RingException("packets can't be waited for: " + Linux.text(linux.errno()));
        }
    }

    /** Whether the last wait told that something is wrong with a ring. */
    public boolean failed(int ring) {
        return (descriptors.get(JAVA_SHORT, (long) ring * DESCRIPTOR + TOLD) & ~POLLIN) != 0;
    }

    @Override
    public void close() {
        arena.close();
    }
}
