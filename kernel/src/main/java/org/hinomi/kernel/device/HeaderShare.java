package org.hinomi.kernel.device;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hinomi.kernel.flow.FlowRow;

/**
 * The headers of SYN packets that a source's own system made: how many packets had each combination of initial TTL,
 * window, bytes of options and length. Six combinations are kept, the first that came; the others are only counted, so
 * that a source of many systems shows none of them clearly.
 */
public final class HeaderShare {
    /** Bytes of memory, about. */
    public static final int BYTES = 160;

    private static final int MOST = 6;
    private static final int TCP_HEADER = 20;

    private final long[] shapes = new long[MOST];
    private final long[] packets = new long[MOST];
    private int size;
    private long total;

    /**
     * Takes a tuple of SYN packets.
     *
     * @param handmade lanes of rules whose packets a tool made by hand, one bit each; such packets are left out
     */
    public void add(FlowRow row, int handmade) {
        if ((row.matchedRules & handmade) != 0 || row.tcpSynLen < TCP_HEADER) {
            return;
        }
        long shape = (long) HeaderField.initialTtl(row.ttl) << 40
                | (long) (row.tcpSynWinLen & 0xffff) << 24
                | (long) (row.tcpSynLen - TCP_HEADER & 0xff) << 16
                | row.ipLen & 0xffff;
        total += row.packetCnt;
        for (int i = 0; i < size; i++) {
            if (shapes[i] == shape) {
                packets[i] += row.packetCnt;
                return;
            }
        }
        if (size < MOST) {
            shapes[size] = shape;
            packets[size++] = row.packetCnt;
        }
    }

    private static int value(HeaderField field, long shape) {
        return switch (field) {
            case INITIAL_TTL -> (int) (shape >>> 40);
            case WINDOW -> (int) (shape >>> 24) & 0xffff;
            case OPTIONS -> (int) (shape >>> 16) & 0xff;
            case LENGTH -> (int) shape & 0xffff;
        };
    }

    /** What the headers show, field by field. */
    public List<Evidence> evidence() {
        List<Evidence> evidence = new ArrayList<>();
        for (HeaderField field : HeaderField.values()) {
            Map<Integer, Long> counts = new TreeMap<>();
            for (int i = 0; i < size; i++) {
                counts.merge(value(field, shapes[i]), packets[i], Long::sum);
            }
            counts.forEach((value, count) -> evidence.add(new Evidence.Header(field, value, count, total)));
        }
        return evidence;
    }

    /** Writes it; see {@link #read}. */
    public void write(DataOutput out) throws IOException {
        out.writeLong(total);
        out.writeByte(size);
        for (int i = 0; i < size; i++) {
            out.writeLong(shapes[i]);
            out.writeLong(packets[i]);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException when the bytes are no such thing
     */
    public static HeaderShare read(DataInput in) throws IOException {
        HeaderShare share = new HeaderShare();
        share.total = in.readLong();
        share.size = in.readUnsignedByte();
        if (share.size > MOST) {
            throw new IOException("a source has " + share.size + " header shapes");
        }
        for (int i = 0; i < share.size; i++) {
            share.shapes[i] = in.readLong();
            share.packets[i] = in.readLong();
        }
        return share;
    }
}
