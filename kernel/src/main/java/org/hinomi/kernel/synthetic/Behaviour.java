package org.hinomi.kernel.synthetic;

/** How the sources of a family make packets. */
interface Behaviour {
    /** Writes a packet into a frame, all but {@link Frame#finish()}; the answer says what it is. */
    Mark write(Frame frame, Sender sender, SplitMix random);

    /** The destination ports of a source. */
    @FunctionalInterface
    interface Ports {
        /** The ports by the source's traits; none stands for all. */
        int[] of(long traits);
    }
}
