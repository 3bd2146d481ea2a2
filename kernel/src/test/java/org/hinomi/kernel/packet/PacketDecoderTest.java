package org.hinomi.kernel.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hinomi.kernel.packet.Bytes.ICMP_V4;
import static org.hinomi.kernel.packet.Bytes.SYN_V4;
import static org.hinomi.kernel.packet.Bytes.UDP_V4;
import static org.hinomi.kernel.packet.Bytes.decode;
import static org.hinomi.kernel.packet.Bytes.of;
import static org.hinomi.kernel.packet.Bytes.tcp;
import static org.hinomi.kernel.packet.Bytes.v6;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hinomi.kernel.Seeds;
import org.hinomi.kernel.address.AddressText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PacketDecoderTest {
    private static final String MACS = "020000000001 020000000002";
    private static final List<Integer> LINK_TYPES = List.of(0, 1, 12, 14, 101, 108, 113, 228, 229, 276);

    private final PacketHeader header = new PacketHeader();

    /** Ways to carry the IPv4 SYN: name, link type, what is before it. */
    static Stream<Arguments> carriers() {
        return Stream.of(
                arguments("ethernet", 1, MACS + "0800"),
                arguments("vlan", 1, MACS + "8100 0005 0800"),
                arguments("qinq", 1, MACS + "88a8 0005 8100 0006 0800"),
                arguments("old qinq", 1, MACS + "9100 0005 9100 0006 0800"),
                arguments("mpls", 1, MACS + "8847 00010040 00011140"),
                arguments("pppoe", 1, MACS + "8864 1100 0001 0030 0021"),
                arguments("snap", 1, MACS + "0034 aaaa03 000000 0800"),
                arguments("vlan with snap", 1, MACS + "8100 0005 0034 aaaa03 000000 0800"),
                arguments("raw", 101, ""),
                arguments("raw of BSD", 12, ""),
                arguments("raw of OpenBSD", 14, ""),
                arguments("ipv4", 228, ""),
                arguments("null, little-endian", 0, "02000000"),
                arguments("null, big-endian", 0, "00000002"),
                arguments("loop", 108, "00000002"),
                arguments("cooked", 113, "0000 0001 0006 020000000001 0000 0800"),
                arguments("cooked 2", 276, "0800 0000 00000002 0001 00 06 020000000001 0000"),
                arguments("cooked 2 with vlan", 276, "8100 0000 00000002 0001 00 06 020000000001 0000 0005 0800"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("carriers")
    void aSynIsFoundBehindEveryLinkHeader(String name, int linkType, String before) {
        byte[] frame = of(before.replace(" ", ""), SYN_V4);

        assertThat(decode(frame, linkType, header)).isNull();
        assertThat(header.ipOffset).isEqualTo(frame.length - SYN_V4.length);
        assertThat(header.ipv6).isFalse();
        assertThat(AddressText.format(header.srcHi, header.srcLo)).isEqualTo("198.51.100.7");
        assertThat(AddressText.format(header.dstHi, header.dstLo)).isEqualTo("198.18.0.9");
        assertThat(List.of(header.protocol, header.ttl, header.ipId, header.ipLength))
                .containsExactly(6, 64, 0x1234, 44);
        assertThat(List.of(header.srcPort, header.dstPort, header.tcpFlags, header.window, header.tcpHeaderLength))
                .containsExactly(40_000, 23, TcpFlags.SYN, 1024, 24);
        assertThat(header.seq).isEqualTo(42);
        assertThat(header.mss).isEqualTo(1460);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("carriers")
    void everyShorterCutIsRefusedWithAReasonOfItsLayer(String name, int linkType, String before) {
        byte[] frame = of(before.replace(" ", ""), SYN_V4);
        int ip = frame.length - SYN_V4.length;
        for (int length = 0; length < frame.length; length++) {
            SkipReason reason = decode(Arrays.copyOf(frame, length), linkType, header);
            if (length < ip) {
                assertThat(reason)
                        .as("%d bytes", length)
                        .isIn(SkipReason.TRUNCATED_LINK, SkipReason.NOT_IP, SkipReason.TRUNCATED_IP);
            } else if (length < ip + 20) {
                assertThat(reason).as("%d bytes", length).isIn(SkipReason.TRUNCATED_IP, SkipReason.TRUNCATED_LINK);
            } else if (length < ip + 40) {
                assertThat(reason).as("%d bytes", length).isEqualTo(SkipReason.TRUNCATED_TRANSPORT);
            } else {
                assertThat(reason)
                        .as("%d bytes: the options may be cut", length)
                        .isNull();
                assertThat(header.mss).isEqualTo(PacketHeader.NO_MSS);
            }
        }
    }

    @Test
    void nothingBeforeOrBehindTheGivenRangeIsRead() {
        byte[] frame = of(MACS + "0800", SYN_V4);
        for (int length = 0; length <= frame.length; length++) {
            byte[] surrounded = of("ff".repeat(7), Arrays.copyOf(frame, length), "ff".repeat(9));
            PacketHeader other = new PacketHeader();
            SkipReason alone = decode(Arrays.copyOf(frame, length), 1, header);
            SkipReason within = PacketDecoder.decode(MemorySegment.ofArray(surrounded), 7, length, 1, other);
            assertThat(within).isEqualTo(alone);
            if (alone == null) {
                assertThat(other.mss).isEqualTo(header.mss);
                assertThat(other.seq).isEqualTo(header.seq);
            }
        }
    }

    @Test
    void datagramsAndControlMessagesFillPortsOrTypeAndCode() {
        assertThat(decode(UDP_V4, 101, header)).isNull();
        assertThat(List.of(header.srcPort, header.dstPort, header.tcpHeaderLength))
                .containsExactly(5353, 53, 0);
        assertThat(decode(ICMP_V4, 101, header)).isNull();
        assertThat(List.of(header.srcPort, header.dstPort, header.protocol)).containsExactly(8, 0, 1);
        for (int length = 20; length < UDP_V4.length; length++) {
            assertThat(decode(Arrays.copyOf(UDP_V4, length), 101, header))
                    .isEqualTo(length < 28 ? SkipReason.TRUNCATED_TRANSPORT : null);
        }
        for (int length = 20; length < ICMP_V4.length; length++) {
            assertThat(decode(Arrays.copyOf(ICMP_V4, length), 101, header))
                    .isEqualTo(length < 24 ? SkipReason.TRUNCATED_TRANSPORT : null);
        }
    }

    @Test
    void aLaterFragmentHasNoPortsWhateverItsBytes() {
        byte[] fragment = UDP_V4.clone();
        fragment[7] = 1;
        assertThat(decode(fragment, 101, header)).isNull();
        assertThat(header.laterFragment).isTrue();
        assertThat(header.oddFragmentField).isTrue();
        assertThat(header.srcPort).isZero();

        byte[] first = UDP_V4.clone();
        first[6] = 0x20;
        assertThat(decode(first, 101, header)).isNull();
        assertThat(header.laterFragment).isFalse();
        assertThat(header.oddFragmentField).isFalse();
        assertThat(header.dstPort).isEqualTo(53);

        byte[] reserved = UDP_V4.clone();
        reserved[6] = (byte) 0x80;
        assertThat(decode(reserved, 101, header)).isNull();
        assertThat(header.laterFragment).isFalse();
        assertThat(header.oddFragmentField).isTrue();
    }

    @Test
    void lengthsThatCannotBeAreRefused() {
        byte[] shortHeader = SYN_V4.clone();
        shortHeader[0] = 0x44;
        assertThat(decode(shortHeader, 101, header)).isEqualTo(SkipReason.BAD_IP_LENGTH);
        byte[] shortTotal = SYN_V4.clone();
        shortTotal[3] = 19;
        assertThat(decode(shortTotal, 101, header)).isEqualTo(SkipReason.BAD_IP_LENGTH);
        byte[] shortTcp = SYN_V4.clone();
        shortTcp[32] = 0x40;
        assertThat(decode(shortTcp, 101, header)).isEqualTo(SkipReason.BAD_TCP_LENGTH);
        byte[] cutByTotal = SYN_V4.clone();
        cutByTotal[3] = 39;
        assertThat(decode(cutByTotal, 101, header)).isEqualTo(SkipReason.TRUNCATED_TRANSPORT);
    }

    @Test
    void aTotalLengthOfZeroMeansTheCapturedLength() {
        byte[] offloaded = SYN_V4.clone();
        offloaded[3] = 0;
        assertThat(decode(offloaded, 101, header)).isNull();
        assertThat(header.ipLength).isEqualTo(44);
    }

    @Test
    void optionsOfTheIpHeaderMoveTheTransportHeader() {
        byte[] withOptions = of("46 00 00 30", Arrays.copyOfRange(SYN_V4, 4, 20), "94040000", tcp());
        assertThat(decode(withOptions, 101, header)).isNull();
        assertThat(header.dstPort).isEqualTo(23);
        assertThat(decode(Arrays.copyOf(withOptions, 22), 101, header)).isEqualTo(SkipReason.TRUNCATED_IP);
    }

    static Stream<Arguments> optionsWithMss() {
        return Stream.of(
                arguments("020405b4", 1460),
                arguments("01010101 020405b4", 1460),
                arguments("080a0000000000000000 020405b4 0000", 1460),
                arguments("00000000 020405b4", -1),
                arguments("0203 05b4", -1),
                arguments("0800 0000 020405b4", -1),
                arguments("0801 0000 020405b4", -1),
                arguments("08ff 0000 020405b4", -1),
                arguments("01010204", -1));
    }

    @ParameterizedTest
    @MethodSource("optionsWithMss")
    void theMssIsFoundAmongTheOptionsOrNotAtAll(String options, int mss) {
        byte[] bytes = of(options.replace(" ", ""));
        byte[] head = Arrays.copyOf(SYN_V4, 40);
        head[3] = (byte) (40 + bytes.length);
        head[32] = (byte) (5 + bytes.length / 4 << 4);

        assertThat(decode(of(head, bytes), 101, header)).isNull();
        assertThat(header.mss).isEqualTo(mss);
    }

    static Stream<Arguments> chainsOfExtensions() {
        return Stream.of(
                arguments("none", 6, ""),
                arguments("hop by hop", 0, "06 00 010400000000"),
                arguments("long hop by hop", 0, "06 01 010c000000000000000000000000"),
                arguments("hop by hop, routing, destination", 0, "2b000104000000003c000000000000000600010400000000"),
                arguments("first fragment", 44, "06 00 0001 00000001"),
                arguments("authentication", 51, "06 04 0000 0000000100000002 000000000000000000000000"),
                arguments("mobility, HIP, shim6", 135, "8b00000000000000 8c00000000000000 0600000000000000"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("chainsOfExtensions")
    void tcpIsFoundBehindIpv6Extensions(String name, int first, String extensions) {
        byte[] packet = v6(first, extensions.replace(" ", ""), tcp());

        assertThat(decode(packet, 101, header)).isNull();
        assertThat(header.ipv6).isTrue();
        assertThat(List.of(header.protocol, header.dstPort, header.ttl, header.ipLength))
                .containsExactly(6, 23, 64, packet.length);
        assertThat(AddressText.format(header.srcHi, header.srcLo)).isEqualTo("2001:db8::1");
        for (int length = 0; length < packet.length - 4; length++) {
            assertThat(decode(Arrays.copyOf(packet, length), 229, header))
                    .as("%d bytes", length)
                    .isIn(SkipReason.TRUNCATED_IP, SkipReason.TRUNCATED_TRANSPORT);
        }
    }

    @Test
    void aLaterIpv6FragmentHasNoPorts() {
        assertThat(decode(v6(44, "1100 0009 00000001 00350035 00100000"), 229, header))
                .isNull();
        assertThat(header.laterFragment).isTrue();
        assertThat(header.protocol).isEqualTo(17);
        assertThat(header.dstPort).isZero();
    }

    @Test
    void endlessHeadersAreGivenUp() {
        assertThat(decode(v6(0, "0000000000000000".repeat(300)), 229, header))
                .isEqualTo(SkipReason.TOO_MANY_EXTENSIONS);
        assertThat(decode(of(MACS, "81000001".repeat(40), "0800", SYN_V4), 1, header))
                .isEqualTo(SkipReason.TOO_MANY_TAGS);
        assertThat(decode(of(MACS + "8847", "00010040".repeat(40), SYN_V4), 1, header))
                .isEqualTo(SkipReason.TOO_MANY_TAGS);
    }

    @Test
    void whatIsNotIpSaysSo() {
        assertThat(decode(of(MACS + "0806", "00".repeat(28)), 1, header)).isEqualTo(SkipReason.NOT_IP);
        assertThat(decode(of(MACS + "0026 424203", "00".repeat(40)), 1, header)).isEqualTo(SkipReason.NOT_IP);
        assertThat(decode(of(MACS + "0026 aaaa03 00000c 2000", "00".repeat(40)), 1, header))
                .isEqualTo(SkipReason.NOT_IP);
        assertThat(decode(of(MACS + "8864 1100 0001 0030 c021", "00".repeat(20)), 1, header))
                .isEqualTo(SkipReason.NOT_IP);
        assertThat(decode(of("07000000", SYN_V4), 0, header)).isEqualTo(SkipReason.NOT_IP);
        assertThat(decode(of(MACS + "0800", v6(6, tcp())), 1, header)).isEqualTo(SkipReason.BAD_IP_VERSION);
        assertThat(decode(of("70", "00".repeat(40)), 101, header)).isEqualTo(SkipReason.BAD_IP_VERSION);
        assertThat(decode(SYN_V4, 127, header)).isEqualTo(SkipReason.UNKNOWN_LINK_TYPE);
    }

    @Test
    void loopbackFamiliesOfEverySystemAreIpv6() {
        for (int family : List.of(10, 24, 28, 30)) {
            assertThat(decode(of("%08x".formatted(family), v6(6, tcp())), 108, header))
                    .isNull();
            assertThat(decode(of("%08x".formatted(Integer.reverseBytes(family)), v6(6, tcp())), 0, header))
                    .isNull();
        }
    }

    @Test
    void anyBytesGiveAHeaderOrAReason() {
        List<byte[]> sound = List.of(
                SYN_V4,
                UDP_V4,
                ICMP_V4,
                v6(6, tcp()),
                v6(0, "2b000104000000003c000000000000000600010400000000", tcp()),
                of(MACS + "8100 0005 0800", SYN_V4),
                of(MACS + "86dd", v6(44, "0600000100000001", tcp())));
        Seeds.check(20_000, random -> {
            byte[] bytes = sound.get(random.nextInt(sound.size())).clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            int length = random.nextInt(bytes.length + 1);
            for (int linkType : LINK_TYPES) {
                SkipReason reason = decode(Arrays.copyOf(bytes, length), linkType, header);
                if (reason == null) {
                    assertThat(header.protocol).isBetween(0, 255);
                    assertThat(header.srcPort | header.dstPort).isBetween(0, 65_535);
                    assertThat(header.ipOffset).isBetween(0, length);
                }
                assertThat(Objects.requireNonNullElse(reason, SkipReason.NOT_IP))
                        .isNotIn(SkipReason.OUTSIDE, SkipReason.BAD_RECORD);
            }
        });
    }
}
