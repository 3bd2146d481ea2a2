package org.hinomi.observatory.telescope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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
        try (MinuteRelay relay = new MinuteRelay("minutes", batch -> {
            times.add(batch.time());
            sizes.add((long) batch.size());
        })) {
            packets(new FlowMinutes(1000, relay), 5000);
            relay.drain();
        }

        assertThat(times).hasSize(500).isSorted().doesNotHaveDuplicates();
        assertThat(sizes).containsOnly(10L);
    }

    @Test
    void anInterruptOfTheReaderLosesNoMinuteAndIsThereAfterwards() {
        List<Long> times = Collections.synchronizedList(new ArrayList<>());
        try (MinuteRelay relay = new MinuteRelay("minutes", batch -> {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            times.add(batch.time());
        })) {
            Thread.currentThread().interrupt();
            packets(new FlowMinutes(1000, relay), 500);
            relay.drain();
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(times).hasSize(50);
    }

    @Test
    void itTellsTheEarliestMinuteThatIsNotThroughYet() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        try (MinuteRelay relay = new MinuteRelay("minutes", batch -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        })) {
            assertThat(relay.earliest()).isEqualTo(Long.MAX_VALUE);
            Thread reader = Thread.startVirtualThread(() -> packets(new FlowMinutes(1000, relay), 50));
            while (relay.earliest() == Long.MAX_VALUE) {
                Thread.onSpinWait();
            }
            assertThat(relay.earliest()).isZero();
            go.countDown();
            reader.join();
            relay.drain();
            assertThat(relay.earliest()).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void afterAMinuteThatCouldNotBeTakenItGoesOn() {
        List<Long> times = Collections.synchronizedList(new ArrayList<>());
        try (MinuteRelay relay = new MinuteRelay("minutes", batch -> {
            if (batch.time() == 60) {
                throw new StoreException("no room for minute 60");
            }
            times.add(batch.time());
        })) {
            FlowMinutes minutes = new FlowMinutes(1000, relay);
            assertThatThrownBy(() -> {
                        packets(minutes, 30);
                        relay.drain();
                    })
                    .hasMessage("no room for minute 60");
            minutes.close();
            relay.drain();
        }
        assertThat(times).contains(0L).doesNotContain(60L);
    }

    @Test
    void whatGoesWrongWithAMinuteReachesTheReader() {
        try (MinuteRelay relay = new MinuteRelay("minutes", batch -> {
            throw new StoreException("no room for minute " + batch.time());
        })) {
            assertThatThrownBy(() -> {
                        packets(new FlowMinutes(1000, relay), 5000);
                        relay.drain();
                    })
                    .isInstanceOf(StoreException.class)
                    .hasMessage("no room for minute 0");
        }
    }
}
