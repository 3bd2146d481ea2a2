package org.hinomi.observatory.store.flowfile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.hinomi.kernel.flow.FlowRow;
import org.hinomi.wire.flowfile.Damage;

/**
 * What stands before the segments of a file, little-endian: magic {@code HNMFLOW1} (8), bytes of the text (4), CRC-32C
 * of the text (4), and the text, UTF-8, a line for the sensor and one for each packet rule, in order of their lanes.
 *
 * @param sensor name of the sensor that saw the packets, or an empty text
 */
record SegmentPreamble(String sensor, List<String> rules) {
    static final int HEADER = 16;

    private static final long MAGIC = 0x31_57_4f_4c_46_4d_4e_48L;
    private static final long MAGIC_WITHOUT_VERSION = MAGIC & ~(0xffL << 56);
    private static final int MOST_TEXT = 1 << 14;
    private static final String LINES = "\n";

    SegmentPreamble {
        rules = List.copyOf(rules);
    }

    ByteBuffer bytes() {
        List<String> lines = new ArrayList<>(rules);
        lines.addFirst(sensor.replace(LINES, " "));
        byte[] text = String.join(LINES, lines).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(HEADER + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(MAGIC)
                .putInt(text.length)
                .putInt(checksum(text))
                .put(text)
                .flip();
    }

    /** Bytes of the text behind a header. */
    static int length(ByteBuffer header) throws Damage {
        ByteBuffer in = header.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < HEADER) {
            throw new Damage("it is cut in its first bytes");
        }
        long magic = in.getLong();
        if (magic != MAGIC && (magic & ~(0xffL << 56)) == MAGIC_WITHOUT_VERSION) {
            throw new Damage("it is of a newer format; take the newer release, which reads it");
        }
        int length = in.getInt();
        if (magic != MAGIC || length < 0 || length > MOST_TEXT) {
            throw new Damage("its first bytes are not those of a file of flow tuples");
        }
        return length;
    }

    static SegmentPreamble of(ByteBuffer header, byte[] text) throws Damage {
        if (header.slice().order(ByteOrder.LITTLE_ENDIAN).getInt(HEADER - Integer.BYTES) != checksum(text)) {
            throw new Damage("the checksum of its first bytes is wrong");
        }
        List<String> lines = List.of(new String(text, StandardCharsets.UTF_8).split(LINES, -1));
        if (lines.size() > 1 + FlowRow.MOST_RULES) {
            throw new Damage("it names " + (lines.size() - 1) + " packet rules");
        }
        return new SegmentPreamble(lines.getFirst(), lines.subList(1, lines.size()));
    }

    private static int checksum(byte[] text) {
        CRC32C sum = new CRC32C();
        sum.update(text);
        return (int) sum.getValue();
    }
}
