package org.hinomi.kernel.flow;

import java.util.SplittableRandom;

/**
 * A number that is another in each process, mixed into where hash tables put what the network sends: whoever chooses
 * addresses and ports can't choose them so that all of them meet in one place. It decides about places only, never
 * about order or figures.
 */
public final class HashSeed {
    /** The number. */
    public static final long VALUE = new SplittableRandom().nextLong();

    private HashSeed() {}
}
