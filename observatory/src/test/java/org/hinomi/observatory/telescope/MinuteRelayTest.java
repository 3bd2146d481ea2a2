package org.hinomi.observatory.telescope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.hinomi.kernel.flow.FlowMinutes;
import org.hinomi.kernel.packet.IpProtocol;
import org.hinomi.kernel.packet.PacketHeader;
import org.hinomi.observatory.store.StoreException;
import org.junit.jupiter.api.Test;

class MinuteRelayTest {
    private static final long MINUTE = 60_000_000_000L;

    private static void packets(FlowMinutes minutes, int count) {
        PacketHeader header = new PacketHeader();
        header.protocol = IpProtocol.UDP;
        for (int i = 0; i < count; i++) {
            header.srcLo = 0xffff_0a00_0000L + i;
            minutes.add(i * MINUTE / 10, header, 0);
        }
        minutes.close();
    }

    @Test
    void allMinutesComeThroughInTheirOrder() {
        List<Long> sizes = Collections.synchronizedList(new ArrayList<>());
        List<Long> times = Collections.synchronizedList(new ArrayList<>());
        try (MinuteRelay relay = new MinuteRelay(batch -> {
            times.add(batch.time());
            sizes.add((long) batch.size());
        })) {
            packets(new FlowMinutes(1000, relay), 5000);
            relay.end();
        }

        assertThat(times).hasSize(500).isSorted().doesNotHaveDuplicates();
        assertThat(sizes).containsOnly(10L);
    }

    @Test
    void whatGoesWrongWithAMinuteReachesTheReader() {
        try (MinuteRelay relay = new MinuteRelay(batch -> {
            throw new StoreException("no room for minute " + batch.time());
        })) {
            assertThatThrownBy(() -> {
                        packets(new FlowMinutes(1000, relay), 5000);
                        relay.end();
                    })
                    .isInstanceOf(StoreException.class)
                    .hasMessage("no room for minute 0");
        }
    }
}
