package org.hinomi.observatory.web.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HubTest {
    private static final Duration SOON = Duration.ofMillis(1);

    private final Hub hub = new Hub(2, 3);

    private static String text(List<byte[]> frames) {
        StringBuilder text = new StringBuilder();
        frames.forEach(frame -> text.append(new String(frame, StandardCharsets.UTF_8)));
        return text.toString();
    }

    private static String event(int number) {
        return "event: n\ndata: " + number + "\n\n";
    }

    @Test
    void aSlowReaderLosesTheOldestAndIsToldHowMany() throws InterruptedException {
        Reader slow = hub.join().orElseThrow();
        Reader fast = hub.join().orElseThrow();
        StringBuilder got = new StringBuilder();
        for (int i = 1; i <= 5; i++) {
            hub.publish("n", i);
            got.append(text(fast.next(SOON).orElseThrow()));
        }
        assertThat(got).hasToString(event(1) + event(2) + event(3) + event(4) + event(5));
        assertThat(text(slow.next(SOON).orElseThrow()))
                .isEqualTo("event: lost\ndata: {\"events\":2}\n\n" + event(3) + event(4) + event(5));
        assertThat(slow.next(SOON).orElseThrow()).isEmpty();
        assertThat(hub.lost()).isEqualTo(2);
    }

    @Test
    void theGreetingComesFirstAndAnewForEveryReader() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        hub.greet(() -> List.of(new Event("hello", Map.of("n", asked.incrementAndGet()))));
        Reader first = hub.join().orElseThrow();
        hub.publish("later", 1);
        assertThat(text(first.next(SOON).orElseThrow()))
                .isEqualTo("event: hello\ndata: {\"n\":1}\n\nevent: later\ndata: 1\n\n");
        assertThat(text(hub.join().orElseThrow().next(SOON).orElseThrow())).contains("{\"n\":2}");
    }

    @Test
    void placesAreBoundedAndFreedByLeaving() throws InterruptedException {
        Reader first = hub.join().orElseThrow();
        assertThat(hub.join()).isPresent();
        assertThat(hub.join()).isEmpty();
        assertThat(hub.readers()).isEqualTo(2);
        first.close();
        first.close();
        assertThat(hub.readers()).isEqualTo(1);
        assertThat(first.next(SOON)).isEmpty();
        assertThat(hub.join()).isPresent();
    }

    @Test
    void aGreetingThatFailsFreesThePlace() {
        hub.greet(() -> {
            throw new IllegalStateException("no counters");
        });
        assertThatThrownBy(hub::join).isInstanceOf(IllegalStateException.class);
        assertThat(hub.readers()).isZero();
    }

    @Test
    void textWithLineBreaksStaysInOneDataLine() throws InterruptedException {
        Reader reader = hub.join().orElseThrow();
        hub.publish("notice", Map.of("text", "a\n\nevent: x\r\u2028"));
        assertThat(text(reader.next(SOON).orElseThrow()))
                .isEqualTo("event: notice\ndata: {\"text\":\"a\\n\\nevent: x\\r\u2028\"}\n\n");
    }
}
