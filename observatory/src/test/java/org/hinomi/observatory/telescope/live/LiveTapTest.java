package org.hinomi.observatory.telescope.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import org.hinomi.kernel.address.IpAddress;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.PacketClass;
import org.hinomi.kernel.packet.PacketHeader;
import org.hinomi.kernel.packet.TcpFlags;
import org.junit.jupiter.api.Test;

class LiveTapTest {
    private static final long DAY = 86_400_000_000_000L;

    private final LiveTap tap = new LiveTap((protocol, port) -> port == 23);

    private void syn(long nanos, int source, int port) {
        PacketHeader header = new PacketHeader();
        header.protocol = IpProtocol.TCP;
        header.tcpFlags = TcpFlags.SYN;
        header.srcLo = IpAddress.V4_PREFIX | source;
        header.dstPort = port;
        tap.seen(nanos, header, 0, MemorySegment.NULL, 0, 0, 0);
    }

    @Test
    void fewPacketsAreAllDrawn() {
        for (int i = 0; i < 10; i++) {
            syn(i, i, 23);
        }
        LiveTap.Drawn drawn = tap.drain();
        assertThat(drawn.seen()).isEqualTo(10);
        assertThat(drawn.packets())
                .extracting(LivePacket::nanos)
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(tap.drain().packets()).isEmpty();
    }

    @Test
    void aFloodIsSampledFairly() {
        int[] drawnFromHalf = new int[2];
        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < 10_000; i++) {
                syn(i, i, 23);
            }
            LiveTap.Drawn drawn = tap.drain();
            assertThat(drawn.seen()).isEqualTo(10_000);
            assertThat(drawn.packets()).hasSize(LiveTap.SAMPLE);
            drawn.packets().forEach(p -> drawnFromHalf[p.nanos() < 5000 ? 0 : 1]++);
        }
        assertThat(drawnFromHalf[0]).isBetween(1200, 1800);
    }

    @Test
    void countsBeginAnewWithTheEventTimeDay() {
        syn(1, 1, 23);
        syn(2, 2, 80);
        syn(DAY + 1, 3, 80);
        LiveTap.Counts counts = tap.counts();
        assertThat(counts.total()).isEqualTo(3);
        assertThat(counts.classes()[PacketClass.TCP_SYN.ordinal()]).isEqualTo(1);
        assertThat(counts.synOrUdp()).isEqualTo(1);
        assertThat(counts.toIotPorts()).isZero();
        assertThat(counts.lastNanos()).isEqualTo(DAY + 1);
    }

    @Test
    void theShareOfIotPortsIsCounted() {
        syn(1, 1, 23);
        syn(2, 2, 80);
        assertThat(tap.counts().toIotPorts()).isEqualTo(1);
        assertThat(tap.counts().synOrUdp()).isEqualTo(2);
    }
}
