package org.hinomi.kernel.packet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketClassTest {
    /** By letters, as people write flags: another way to the same answer. */
    private static PacketClass byLetters(String letters) {
        return switch (letters) {
            case "S" -> PacketClass.TCP_SYN;
            case "SA" -> PacketClass.TCP_SYN_ACK;
            case "A" -> PacketClass.TCP_ACK;
            default -> {
                if (letters.contains("R")) {
                    yield PacketClass.TCP_RESET;
                } else if (letters.contains("F")) {
                    yield PacketClass.TCP_FIN;
                } else if (letters.contains("P")) {
                    yield PacketClass.TCP_PUSH;
                }
                yield PacketClass.TCP_OTHER;
            }
        };
    }

    private static String letters(int flags) {
        String names = "FSRPAU";
        StringBuilder letters = new StringBuilder();
        for (int bit = 0; bit < names.length(); bit++) {
            if ((flags >>> bit & 1) != 0) {
                letters.append(names.charAt(bit));
            }
        }
        return letters.toString();
    }

    @Test
    void allCombinationsOfFlagsHaveTheClassTheirLettersSay() {
        Map<PacketClass, Integer> counts = new EnumMap<>(PacketClass.class);
        for (int flags = 0; flags < 64; flags++) {
            PacketClass expected = byLetters(letters(flags));
            assertThat(PacketClass.at(PacketClass.of(IpProtocol.TCP, flags, false)))
                    .as(letters(flags))
                    .isEqualTo(expected);
            counts.merge(expected, 1, Integer::sum);
        }

        assertThat(counts)
                .containsEntry(PacketClass.TCP_RESET, 32)
                .containsEntry(PacketClass.TCP_FIN, 16)
                .containsEntry(PacketClass.TCP_PUSH, 8)
                .containsEntry(PacketClass.TCP_OTHER, 5)
                .containsEntry(PacketClass.TCP_SYN, 1);
    }

    @Test
    void congestionBitsChangeNoClassAndNoKind() {
        for (int flags = 0; flags < 256; flags++) {
            assertThat(PacketClass.of(IpProtocol.TCP, flags, false))
                    .isEqualTo(PacketClass.of(IpProtocol.TCP, flags & 63, false));
            assertThat(Kind.of(IpProtocol.TCP, flags, 80, false))
                    .isEqualTo(Kind.of(IpProtocol.TCP, flags & 63, 80, false));
        }
    }

    @ParameterizedTest
    @CsvSource({"17, UDP", "1, ICMP", "58, ICMP", "47, OTHER", "0, OTHER", "255, OTHER"})
    void otherProtocolsHaveTheirOwnClass(int protocol, PacketClass expected) {
        assertThat(PacketClass.at(PacketClass.of(protocol, 0, false))).isEqualTo(expected);
        assertThat(PacketClass.at(PacketClass.of(protocol, 0, true))).isEqualTo(PacketClass.OTHER);
    }

    @Test
    void allCombinationsOfFlagsHaveAKind() {
        for (int flags = 0; flags < 64; flags++) {
            String letters = letters(flags);
            boolean answers = letters.contains("R") || letters.contains("S") && letters.contains("A");
            boolean asks = letters.equals("S") || letters.equals("F") || letters.isEmpty() || letters.equals("FPU");
            Kind expected = answers ? Kind.BACKSCATTER : asks ? Kind.SCAN : Kind.OTHER;

            assertThat(Kind.at(Kind.of(IpProtocol.TCP, flags, 53, false)))
                    .as(letters)
                    .isEqualTo(expected);
            assertThat(Kind.at(Kind.of(IpProtocol.TCP, flags, 53, true))).isEqualTo(Kind.OTHER);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "17, 53, BACKSCATTER",
        "17, 54, SCAN",
        "17, 0, SCAN",
        "1, 0, BACKSCATTER",
        "1, 3, BACKSCATTER",
        "1, 4, BACKSCATTER",
        "1, 5, BACKSCATTER",
        "1, 8, SCAN",
        "1, 9, OTHER",
        "1, 11, BACKSCATTER",
        "1, 12, BACKSCATTER",
        "1, 13, SCAN",
        "1, 14, BACKSCATTER",
        "1, 15, SCAN",
        "1, 16, BACKSCATTER",
        "1, 17, SCAN",
        "1, 18, BACKSCATTER",
        "1, 255, OTHER",
        "58, 1, BACKSCATTER",
        "58, 3, BACKSCATTER",
        "58, 128, SCAN",
        "58, 129, BACKSCATTER",
        "58, 135, OTHER",
        "58, 139, SCAN",
        "58, 140, BACKSCATTER",
        "47, 53, OTHER"
    })
    void datagramsAndControlMessagesHaveTheKindOfTheirPortOrType(int protocol, int portOrType, Kind expected) {
        assertThat(Kind.at(Kind.of(protocol, 0, portOrType, false))).isEqualTo(expected);
        assertThat(Kind.at(Kind.of(protocol, 0, portOrType, true))).isEqualTo(Kind.OTHER);
    }

    @Test
    void namesInJsonAreLowerCase() {
        assertThat(PacketClass.TCP_SYN_ACK.id()).isEqualTo("tcp_syn_ack");
        assertThat(Kind.BACKSCATTER.id()).isEqualTo("backscatter");
        assertThat(SkipReason.TRUNCATED_LINK.id()).isEqualTo("truncated_link");
        assertThat(PacketClass.count()).isEqualTo(10);
        assertThat(Kind.count()).isEqualTo(3);
    }
}
