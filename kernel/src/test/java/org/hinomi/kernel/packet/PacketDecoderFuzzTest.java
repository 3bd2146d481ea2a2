package org.hinomi.kernel.packet;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.MemorySegment;

/** Any bytes are decoded or refused; {@code JAZZER_FUZZ=1} looks for bytes that are not, else known ones are tried. */
class PacketDecoderFuzzTest {
    private static final int[] LINK_TYPES = {0, 1, 12, 14, 101, 108, 113, 228, 229, 276, 127};

    private final PacketHeader header = new PacketHeader();

    @FuzzTest
    void anyBytesAreDecodedOrRefused(byte[] bytes) {
        for (int linkType : LINK_TYPES) {
            SkipReason reason = PacketDecoder.decode(MemorySegment.ofArray(bytes), 0, bytes.length, linkType, header);
            if (reason == null) {
                assertThat(header.protocol).isBetween(0, 255);
                assertThat(header.srcPort | header.dstPort | header.window | header.ipId)
                        .isBetween(0, 65_535);
                assertThat(header.ipOffset).isBetween(0, bytes.length);
                assertThat(header.mss).isBetween(PacketHeader.NO_MSS, 65_535);
                PacketClass.at(PacketClass.of(header.protocol, header.tcpFlags, header.laterFragment));
                Kind.at(Kind.of(header.protocol, header.tcpFlags, header.srcPort, header.laterFragment));
            }
        }
    }
}
