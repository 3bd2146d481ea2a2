package org.hinomi.observatory.capture;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** What the first bytes of a file say it is; names of files are not believed. */
enum Magic {
    GZIP,
    ZSTANDARD,
    AVRO,
    OTHER;

    private static final ValueLayout.OfInt BIG_ENDIAN = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    static Magic of(MemorySegment start) {
        if (start.byteSize() < 4) {
            return OTHER;
        }
        int word = start.get(BIG_ENDIAN, 0);
        if (word >>> 16 == 0x1f8b) {
            return GZIP;
        }
        return switch (word) {
            case 0x28b52ffd -> ZSTANDARD;
            case 0x4f626a01 -> AVRO;
            default -> OTHER;
        };
    }
}
