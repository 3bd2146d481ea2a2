package org.hinomi.kernel.packet;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Packets written by hand, for tests. */
final class Bytes {
    /** 198.51.100.7 to 198.18.0.9: 20 bytes of IPv4, then TCP 40000 to 23, SYN, with an MSS of 1460. */
    static final byte[] SYN_V4 = of(
            "45 00 00 2c 12 34 00 00 40 06 00 00 c6 33 64 07 c6 12 00 09",
            "9c 40 00 17 00 00 00 2a 00 00 00 00 60 02 04 00 00 00 00 00",
            "02 04 05 b4");

    /** UDP 5353 to 53, 8 bytes of header and 4 of data. */
    static final byte[] UDP_V4 =
            of("45 00 00 20 00 01 00 00 ff 11 00 00 c6 33 64 07 c6 12 00 09", "14 e9 00 35 00 0c 00 00", "01 02 03 04");

    /** An echo request. */
    static final byte[] ICMP_V4 =
            of("45 00 00 1c 00 01 00 00 40 01 00 00 c6 33 64 07 c6 12 00 09", "08 00 f7 ff 00 00 00 00");

    private Bytes() {}

    static byte[] of(Object... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Object part : parts) {
            bytes.writeBytes(
                    part instanceof byte[] array
                            ? array
                            : HexFormat.of().parseHex(part.toString().replace(" ", "")));
        }
        return bytes.toByteArray();
    }

    /** An IPv6 packet from 2001:db8::1 to 2001:db8::2. */
    static byte[] v6(int next, Object... payload) {
        byte[] behind = of(payload);
        String head = "60000000%04x%02x40".formatted(behind.length, next);
        return of(head, "20010db8000000000000000000000001", "20010db8000000000000000000000002", behind);
    }

    /** The TCP header and options of {@link #SYN_V4}. */
    static byte[] tcp() {
        return java.util.Arrays.copyOfRange(SYN_V4, 20, 44);
    }

    /** Decodes bytes that end exactly where their array ends, so that reading beyond fails. */
    static @Nullable SkipReason decode(byte[] bytes, int linkType, PacketHeader header) {
        return PacketDecoder.decode(MemorySegment.ofArray(bytes), 0, bytes.length, linkType, header);
    }
}
