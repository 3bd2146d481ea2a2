package org.hinomi.kernel.device;

import java.util.Locale;

/** What headers of SYN packets tell of the system that made them. */
public enum HeaderField {
    /** The TTL or hop limit that it starts with: the smallest of 32, 64, 128 and 255 that is not below the one seen. */
    INITIAL_TTL,
    /** The TCP window. */
    WINDOW,
    /** Bytes of TCP options. */
    OPTIONS,
    /** Bytes of the IP packet. */
    LENGTH;

    private static final int[] INITIAL = {32, 64, 128, 255};

    /** Lower case, as in rules and JSON. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a system probably started with when a packet came with this TTL. */
    public static int initialTtl(int ttl) {
        for (int initial : INITIAL) {
            if (ttl <= initial) {
                return initial;
            }
        }
        return INITIAL[INITIAL.length - 1];
    }
}
