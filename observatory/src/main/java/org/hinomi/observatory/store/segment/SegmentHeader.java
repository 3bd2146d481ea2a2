package org.hinomi.observatory.store.segment;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The first 32 bytes of a segment, little-endian: magic {@code HNMSEG2\n} (8), minute (8), rows (4), flags (4: bit 0
 * saturated), bytes of the body (4), CRC-32C of the header so far and of the body (4).
 *
 * @param version of the body: 1 has records one after the other, 2 byte planes
 * @param minute start of the minute, seconds since 1970-01-01 UTC
 * @param saturated whether the minute's table was full
 */
record SegmentHeader(int version, long minute, int rows, boolean saturated) {
    static final int BYTES = 32;
    static final int VERSION = 2;

    private static final int LENGTH_AT = 24;
    private static final long MAGIC = 0x0a_00_47_45_53_4d_4e_48L;
    private static final int VERSION_SHIFT = 48;
    private static final long VERSION_BITS = 0xffL << VERSION_SHIFT;

    /** A complete segment of some tuples. */
    static ByteBuffer seal(long minute, int rows, boolean saturated, byte[] body, int length) {
        ByteBuffer segment = ByteBuffer.allocate(BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
        segment.putLong(MAGIC | (long) ('0' + VERSION) << VERSION_SHIFT)
                .putLong(minute)
                .putInt(rows)
                .putInt(saturated ? 1 : 0)
                .putInt(length);
        segment.position(BYTES).put(body, 0, length);
        return segment.putInt(BYTES - 4, checksum(segment.array(), segment.capacity()))
                .flip();
    }

    /** How long the segment is that some bytes begin with; 0 when they are no header. */
    static long length(ByteBuffer start) {
        ByteBuffer header = start.slice().order(ByteOrder.LITTLE_ENDIAN);
        boolean segment = header.remaining() >= BYTES && (header.getLong(0) & ~VERSION_BITS) == MAGIC;
        return segment ? BYTES + Integer.toUnsignedLong(header.getInt(LENGTH_AT)) : 0;
    }

    /** Reads the header of a complete segment, and checks all of it. */
    static SegmentHeader check(byte[] segment) throws DamagedSegment {
        if (segment.length < BYTES) {
            throw new DamagedSegment("it is cut after " + segment.length + " bytes");
        }
        ByteBuffer head = ByteBuffer.wrap(segment).order(ByteOrder.LITTLE_ENDIAN);
        int version = version(head.getLong());
        SegmentHeader header = new SegmentHeader(version, head.getLong(), head.getInt(), (head.getInt() & 1) != 0);
        if (header.rows < 0 || header.rows > SegmentBuilder.MOST_ROWS || head.getInt() != segment.length - BYTES) {
            throw new DamagedSegment("its length is not the one in its header");
        }
        if (head.getInt() != checksum(segment, segment.length)) {
            throw new DamagedSegment("its checksum is wrong");
        }
        return header;
    }

    private static int version(long magic) throws DamagedSegment {
        int version = (int) (magic >>> VERSION_SHIFT & 0xff) - '0';
        if ((magic & ~VERSION_BITS) != MAGIC || version < 1) {
            throw new DamagedSegment("it does not begin like a segment");
        }
        if (version > VERSION) {
            throw new DamagedSegment("it is of a newer format; start the newer release, which reads it");
        }
        return version;
    }

    private static int checksum(byte[] segment, int length) {
        CRC32C sum = new CRC32C();
        sum.update(segment, 0, BYTES - 4);
        sum.update(segment, BYTES, length - BYTES);
        return (int) sum.getValue();
    }
}
