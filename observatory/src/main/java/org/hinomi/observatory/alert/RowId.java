package org.hinomi.observatory.alert;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Ids of rows that people make. */
public final class RowId {
    private static final int BYTES = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RowId() {}

    /** A new one. */
    public static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
