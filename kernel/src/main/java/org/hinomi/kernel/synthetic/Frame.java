package org.hinomi.kernel.synthetic;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.packet.IpProtocol;

/**
 * One Ethernet frame with IPv4 or IPv6 inside, written again for each packet: addresses and header fields first, then
 * the transport header, then {@link #finish()}, which sets lengths and checksums (RFC 791, 768, 792, 4443, 9293) and
 * pads to the 60 bytes that a network card delivers.
 */
final class Frame {
    /** The longest frame. */
    static final int LONGEST = 1600;

    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final int LINK = 14;
    private static final int SHORTEST = 60;
    private static final int V4_HEADER = 20;
    private static final int V6_HEADER = 40;

    private final MemorySegment bytes = Arena.ofAuto().allocate(LONGEST, 8);
    private int transport;
    private int end;
    private int protocol;
    private boolean ipv6;

    Frame() {
        bytes.set(INT, 0, 0x0200_5e10);
        bytes.set(SHORT, 4, (short) 0x0001);
        bytes.set(INT, 6, 0x0200_5e10);
        bytes.set(SHORT, 10, (short) 0x0002);
    }

    /** The bytes of the frame, from offset 0. */
    MemorySegment bytes() {
        return bytes;
    }

    /** Begins an IPv4 packet. */
    void ipv4(int source, int destination, int protocolNumber, int ttl, int id, int fragmentField) {
        ipv6 = false;
        protocol = protocolNumber;
        bytes.set(SHORT, LINK - 2, (short) 0x0800);
        bytes.set(LONG, LINK, 0x4500_0000_0000_0000L | (long) id << 16 | fragmentField);
        bytes.set(INT, LINK + 8, ttl << 24 | protocolNumber << 16);
        bytes.set(INT, LINK + 12, source);
        bytes.set(INT, LINK + 16, destination);
        transport = LINK + V4_HEADER;
        end = transport;
    }

    /** Begins an IPv6 packet. */
    void ipv6(IpAddress source, long destinationHi, long destinationLo, int protocolNumber, int hops, int flow) {
        ipv6 = true;
        protocol = protocolNumber;
        bytes.set(SHORT, LINK - 2, (short) 0x86dd);
        bytes.set(INT, LINK, 0x6000_0000 | flow & 0xf_ffff);
        bytes.set(INT, LINK + 4, protocolNumber << 8 | hops);
        bytes.set(LONG, LINK + 8, source.hi());
        bytes.set(LONG, LINK + 16, source.lo());
        bytes.set(LONG, LINK + 24, destinationHi);
        bytes.set(LONG, LINK + 32, destinationLo);
        transport = LINK + V6_HEADER;
        end = transport;
    }

    /** Adds a TCP header without options; options follow by {@link #word}. */
    void tcp(int sourcePort, int destinationPort, int seq, int ack, int flags, int window, int optionWords) {
        bytes.set(INT, end, sourcePort << 16 | destinationPort);
        bytes.set(INT, end + 4, seq);
        bytes.set(INT, end + 8, ack);
        bytes.set(INT, end + 12, 5 + optionWords << 28 | flags << 16 | window);
        bytes.set(INT, end + 16, 0);
        end += 20;
    }

    /** Adds a UDP header. */
    void udp(int sourcePort, int destinationPort) {
        bytes.set(INT, end, sourcePort << 16 | destinationPort);
        bytes.set(INT, end + 4, 0);
        end += 8;
    }

    /** Adds an ICMP or ICMPv6 header. */
    void icmp(int type, int code, int rest) {
        bytes.set(INT, end, type << 24 | code << 16);
        bytes.set(INT, end + 4, rest);
        end += 8;
    }

    /** Adds four bytes. */
    void word(int word) {
        bytes.set(INT, end, word);
        end += 4;
    }

    /** Adds bytes. */
    void payload(byte[] payload) {
        MemorySegment.copy(payload, 0, bytes, BYTE, end, payload.length);
        end += payload.length;
    }

    /** Adds random bytes, a multiple of eight. */
    void noise(int length, SplitMix random) {
        for (int i = 0; i < length; i += 8) {
            bytes.set(LONG, end + i, random.next());
        }
        end += length;
    }

    /** Sets lengths and checksums; the answer is the length of the frame. */
    int finish() {
        int length = end - transport;
        if (ipv6) {
            bytes.set(SHORT, LINK + 4, (short) length);
        } else {
            bytes.set(SHORT, LINK + 2, (short) (length + V4_HEADER));
            bytes.set(SHORT, LINK + 10, (short) ~fold(sum(LINK, LINK + V4_HEADER)));
        }
        boolean laterFragment = !ipv6 && (bytes.get(SHORT, LINK + 6) & 0x1fff) != 0;
        if (!laterFragment) {
            transportChecksum(length);
        }
        for (int at = end; at < SHORTEST; at++) {
            bytes.set(BYTE, at, (byte) 0);
        }
        return Math.max(end, SHORTEST);
    }

    private void transportChecksum(int length) {
        switch (protocol) {
            case IpProtocol.TCP -> checksum(16, pseudoHeader(length));
            case IpProtocol.UDP -> {
                bytes.set(SHORT, transport + 4, (short) length);
                checksum(6, pseudoHeader(length));
                if (bytes.get(SHORT, transport + 6) == 0) {
                    bytes.set(SHORT, transport + 6, (short) -1);
                }
            }
            case IpProtocol.ICMP -> checksum(2, 0);
            case IpProtocol.ICMPV6 -> checksum(2, pseudoHeader(length));
            default -> {}
        }
    }

    private void checksum(int place, long start) {
        bytes.set(SHORT, transport + place, (short) ~fold(start + sum(transport, end)));
    }

    private long pseudoHeader(int length) {
        int addresses = ipv6 ? LINK + 8 : LINK + 12;
        return sum(addresses, transport) + length + protocol;
    }

    /** The sum of the 32-bit words of a range; bytes behind its end count as 0. */
    private long sum(int from, int to) {
        long sum = 0;
        int at = from;
        for (; at + 4 <= to; at += 4) {
            sum += bytes.get(INT, at) & 0xffff_ffffL;
        }
        for (int shift = 24; at < to; at++, shift -= 8) {
            sum += (bytes.get(BYTE, at) & 0xffL) << shift;
        }
        return sum;
    }

    /** The one's complement sum of 16 bits of a sum of 32-bit words (RFC 1071). */
    private static int fold(long sum) {
        long folded = (sum & 0xffff_ffffL) + (sum >>> 32);
        folded = (folded & 0xffff) + (folded >>> 16);
        folded = (folded & 0xffff) + (folded >>> 16);
        return (int) ((folded & 0xffff) + (folded >>> 16));
    }
}
