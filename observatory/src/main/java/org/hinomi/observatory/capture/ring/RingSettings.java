package org.hinomi.observatory.capture.ring;

/**
 * How an interface is captured from.
 *
 * @param name the interface
 * @param promiscuous whether to take frames that are not addressed to it
 * @param filter whether the kernel is to leave packets to other than the dark addresses out
 * @param hardwareTime whether to ask the network card for the time of each packet
 * @param cores how many rings share the packets, 1 to {@link #MOST_CORES}
 * @param blockBytes size of a block, a power of two from {@link #LEAST_BLOCK} to {@link #MOST_BLOCK}
 * @param blocks blocks of each ring, at least 2; a ring takes that many times the block's size of memory
 */
public record RingSettings(
        String name, boolean promiscuous, boolean filter, boolean hardwareTime, int cores, int blockBytes, int blocks) {
    /** The most rings of an interface. */
    public static final int MOST_CORES = 64;

    /** The smallest block: the largest frame with its header must fit. */
    public static final int LEAST_BLOCK = 1 << 16;

    /** The largest block. */
    public static final int MOST_BLOCK = 1 << 22;

    /** The largest ring, bytes. */
    public static final long MOST_RING = 1L << 32;

    /** Size of a block unless said otherwise: many small ones bridge a longer stall of the reader when little comes. */
    public static final int BLOCK = 1 << 17;

    /** Size of a ring unless said otherwise, bytes. */
    public static final int RING = 1 << 26;

    /** Checks the bounds. */
    public RingSettings {
        if (cores < 1 || cores > MOST_CORES) {
            throw new IllegalArgumentException("cores must be 1 to " + MOST_CORES + ", not " + cores);
        }
        if (blockBytes < LEAST_BLOCK || blockBytes > MOST_BLOCK || Integer.bitCount(blockBytes) != 1) {
            throw new IllegalArgumentException(
                    "a block must be 64, 128, 256, 512, 1024, 2048 or 4096 KiB, not " + blockBytes / 1024.0);
        }
        if (blocks < 2 || (long) blocks * blockBytes > MOST_RING) {
            throw new IllegalArgumentException("a ring must hold at least 2 blocks and at most 4096 MiB, not " + blocks
                    + " blocks of " + blockBytes / 1024 + " KiB");
        }
    }

    /** An interface with a filter and rings of the usual size. */
    public static RingSettings of(String name, boolean promiscuous, int cores) {
        return new RingSettings(name, promiscuous, true, false, cores, BLOCK, RING / BLOCK);
    }

    /** Bytes of one ring. */
    public long ringBytes() {
        return (long) blockBytes * blocks;
    }
}
