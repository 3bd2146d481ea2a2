package org.hinomi.observatory.store.segment;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.hinomi.kernel.flow.FlowBatch;
import org.hinomi.kernel.flow.FlowRow;

/**
 * A segment's bytes: a header of 32 bytes, then fixed records of flow tuples, zstd-compressed. Little-endian.
 *
 * <p>Header: magic {@code HNMSEG1\n} (8), minute (8), rows (4), flags (4: bit 0 saturated), compressed bytes (4),
 * CRC-32C of header so far and of the compressed bytes (4).
 */
final class SegmentCodec {
    static final int HEADER = 32;
    static final int MOST_ROWS = 1 << 22;

    private static final long MAGIC = 0x0a_31_47_45_53_4d_4e_48L;
    private static final long MAGIC_VERSION = 0xffL << 48;
    private static final int MOST_MATCHES = FlowRow.MOST_RULES * 2;
    static final int RECORD = 72 + MOST_MATCHES;
    private static final int LEVEL = 1;

    private SegmentCodec() {}

    /** Why a segment can't be read. */
    static final class Damaged extends Exception {
        private static final long serialVersionUID = 1L;

        Damaged(String why) {
            super(why);
        }
    }

    /**
     * What the header says.
     *
     * @param minute start of the minute, seconds since 1970-01-01 UTC
     * @param saturated whether the minute's table was full
     */
    record Header(long minute, int rows, boolean saturated) {}

    static ByteBuffer encode(FlowBatch batch, FlowRow row, int from, int rows) {
        ByteBuffer records = buffer(rows * RECORD);
        for (int i = 0; i < rows; i++) {
            batch.read(from + i, row);
            write(records, row);
        }
        return finish(new Header(batch.time(), rows, batch.saturated()), records.array());
    }

    /** Completes a segment from exactly its records. */
    static ByteBuffer finish(Header header, byte[] records) {
        byte[] compressed = Zstd.compress(records, LEVEL);
        ByteBuffer segment = buffer(HEADER + compressed.length);
        segment.putLong(MAGIC).putLong(header.minute).putInt(header.rows);
        segment.putInt(header.saturated ? 1 : 0).putInt(compressed.length);
        segment.putInt(checksum(segment.array(), compressed));
        return segment.put(compressed).flip();
    }

    static void write(ByteBuffer out, FlowRow row) {
        out.putLong(row.srcHi).putLong(row.srcLo).putLong(row.dstHi).putLong(row.dstLo);
        out.putLong(row.packetCnt).putInt((int) row.firstSeq).putInt(row.ipLen);
        out.putShort((short) row.srcPort).putShort((short) row.dstPort);
        out.putShort((short) row.tcpSynWinLen).putShort((short) row.firstIpId);
        out.put((byte) row.protocol)
                .put((byte) row.ttl)
                .put((byte) row.tcpFlags)
                .put((byte) row.tcpSynLen);
        int known = (row.firstSeq >= 0 ? 1 : 0) | (row.firstIpId >= 0 ? 2 : 0);
        int flags = known | (row.laterFragment ? 4 : 0) | (row.oddFragmentField ? 8 : 0);
        out.putInt(row.matchedRules)
                .put((byte) flags)
                .put((byte) 0)
                .putShort((short) 0)
                .putInt(0);
        for (int lane = 0; lane < FlowRow.MOST_RULES; lane++) {
            out.putShort((short) row.matches(lane));
        }
    }

    static Header header(byte[] file) throws Damaged {
        if (file.length < HEADER) {
            throw new Damaged("it is cut after " + file.length + " bytes");
        }
        ByteBuffer head = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long magic = head.getLong();
        if (magic != MAGIC) {
            boolean newer = (magic & ~MAGIC_VERSION) == (MAGIC & ~MAGIC_VERSION);
            throw new Damaged(
                    newer
                            ? "it is of a newer format; start the newer release, which reads it"
                            : "it does not begin like a segment");
        }
        Header header = new Header(head.getLong(), head.getInt(), (head.getInt() & 1) != 0);
        int length = head.getInt();
        if (header.rows < 0 || header.rows > MOST_ROWS || length != file.length - HEADER) {
            throw new Damaged("its length is not the one in its header");
        }
        byte[] compressed = java.util.Arrays.copyOfRange(file, HEADER, file.length);
        if (head.getInt() != checksum(file, compressed)) {
            throw new Damaged("its checksum is wrong");
        }
        return header;
    }

    static ByteBuffer records(byte[] file, Header header) throws Damaged {
        byte[] records = new byte[header.rows * RECORD];
        try {
            long length = Zstd.decompressByteArray(records, 0, records.length, file, HEADER, file.length - HEADER);
            if (length != records.length) {
                throw new Damaged("it holds " + length + " bytes of records, not " + records.length);
            }
        } catch (ZstdException e) {
            throw new Damaged("its records can't be decompressed");
        }
        return ByteBuffer.wrap(records).order(ByteOrder.LITTLE_ENDIAN);
    }

    static void read(ByteBuffer in, int index, FlowRow row) {
        in.position(index * RECORD);
        row.srcHi = in.getLong();
        row.srcLo = in.getLong();
        row.dstHi = in.getLong();
        row.dstLo = in.getLong();
        row.packetCnt = in.getLong();
        long seq = Integer.toUnsignedLong(in.getInt());
        row.ipLen = in.getInt();
        row.srcPort = in.getShort() & 0xffff;
        row.dstPort = in.getShort() & 0xffff;
        row.tcpSynWinLen = in.getShort() & 0xffff;
        int ipId = in.getShort() & 0xffff;
        row.protocol = in.get() & 0xff;
        row.ttl = in.get() & 0xff;
        row.tcpFlags = in.get() & 0xff;
        row.tcpSynLen = in.get() & 0xff;
        int matched = in.getInt();
        int flags = in.get();
        row.firstSeq = (flags & 1) != 0 ? seq : -1;
        row.firstIpId = (flags & 2) != 0 ? ipId : -1;
        row.laterFragment = (flags & 4) != 0;
        row.oddFragmentField = (flags & 8) != 0;
        in.position(in.position() + 7);
        row.matchedRules = 0;
        for (int lane = 0; lane < FlowRow.MOST_RULES; lane++) {
            int count = in.getShort() & 0xffff;
            if ((matched >>> lane & 1) != 0) {
                row.match(lane, count);
            }
        }
    }

    static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int checksum(byte[] header, byte[] compressed) {
        CRC32C sum = new CRC32C();
        sum.update(header, 0, HEADER - 4);
        sum.update(compressed);
        return (int) sum.getValue();
    }
}
