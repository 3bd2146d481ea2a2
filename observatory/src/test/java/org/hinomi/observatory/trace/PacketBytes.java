package org.hinomi.observatory.trace;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import org.hinomi.kernel.address.IpAddress;

/** Packets written by hand, layer by layer; apart from the program's own generator, to check it too. */
public final class PacketBytes {
    private static final String MACS = "02000000000102000000000a";
    private static final int V4_HEADER = 20;

    private PacketBytes() {}

    /** Joins byte arrays and hexadecimal text. */
    public static byte[] join(Object... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Object part : parts) {
            bytes.writeBytes(
                    part instanceof byte[] array
                            ? array
                            : HexFormat.of().parseHex(part.toString().replace(" ", "")));
        }
        return bytes.toByteArray();
    }

    /** An Ethernet frame of IPv4 or IPv6, by the packet's first nibble. */
    public static byte[] ethernet(byte[] packet) {
        return tagged("", packet);
    }

    /** An Ethernet frame with tags before the IP packet's type. */
    public static byte[] tagged(String tags, byte[] packet) {
        return join(MACS, tags, packet[0] >>> 4 == 4 ? "0800" : "86dd", packet);
    }

    /** An Ethernet frame of something else. */
    public static byte[] frame(String typeAndRest) {
        return join(MACS, typeAndRest);
    }

    /** An IPv4 packet with a right checksum; {@code field} is the fragment word. */
    public static byte[] v4(String source, String target, int protocol, int ttl, int id, int field, byte[] payload) {
        String head = "4500%04x%04x%04x%02x%02x".formatted(V4_HEADER + payload.length, id, field, ttl, protocol);
        String addresses = "%08x%08x".formatted(address(source), address(target));
        byte[] header = join(head, "0000", addresses);
        int sum = 0;
        for (int at = 0; at < V4_HEADER; at += 2) {
            sum += (header[at] & 0xff) << 8 | header[at + 1] & 0xff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        sum = (sum & 0xffff) + (sum >>> 16);
        return join(head, "%04x".formatted(~sum & 0xffff), addresses, payload);
    }

    /** The 32 bits of an IPv4 address. */
    public static int address(String text) {
        return IpAddress.parse(text).orElseThrow().v4();
    }

    /** An IPv6 packet. */
    public static byte[] v6(String source, String target, int next, byte[] payload) {
        IpAddress from = IpAddress.parse(source).orElseThrow();
        IpAddress to = IpAddress.parse(target).orElseThrow();
        return join(
                "60000000%04x%02x40".formatted(payload.length, next),
                "%016x%016x%016x%016x".formatted(from.hi(), from.lo(), to.hi(), to.lo()),
                payload);
    }

    /** A TCP header with options in hexadecimal, a multiple of four bytes. */
    public static byte[] tcp(int source, int target, long seq, int flags, int window, String options) {
        byte[] more = join(options);
        return join(
                "%04x%04x%08x00000000".formatted(source, target, seq & 0xffff_ffffL),
                "%02x%02x%04x00000000".formatted(5 + more.length / 4 << 4, flags, window),
                more);
    }

    /** A UDP datagram. */
    public static byte[] udp(int source, int target, String payload) {
        byte[] data = join(payload);
        return join("%04x%04x%04x0000".formatted(source, target, 8 + data.length), data);
    }

    /** An ICMP or ICMPv6 message of 8 bytes. */
    public static byte[] icmp(int type, int code) {
        return join("%02x%02x000000000000".formatted(type, code));
    }
}
