package org.hinomi.observatory.store.segment;

import java.nio.ByteBuffer;
import org.hinomi.kernel.flow.FlowRow;

/** A flow tuple in a record of fixed length, little-endian: every field that a {@link FlowRow} can hold. */
final class RowRecord {
    private static final int MOST_MATCHES = FlowRow.MOST_RULES * 2;

    /** Bytes of a record. */
    static final int BYTES = 72 + MOST_MATCHES;

    private RowRecord() {}

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

    /** Fills all of a row but its time from the record at a place. */
    static void read(ByteBuffer in, int at, FlowRow row) {
        in.position(at);
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
}
