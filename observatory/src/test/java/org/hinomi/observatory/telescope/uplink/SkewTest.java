package org.hinomi.observatory.telescope.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SkewTest {
    @Test
    void aClockThatIsAheadIsToldApartFromASlowLine() {
        Skew skew = new Skew();
        assertThat(skew.ahead()).isEmpty();
        // Our clock is 5000 ahead; each way takes 300, the answer 40.
        for (long at = 0; at < 5; at++) {
            skew.add(5000 + at, 300 + at, 340 + at, 5640 + at);
        }
        assertThat(skew.ahead()).hasValue(5000L);
        assertThat(skew.roundTrip()).hasValue(600L);
    }

    @Test
    void oneSlowAnswerChangesNothing() {
        Skew skew = new Skew();
        for (int i = 0; i < 5; i++) {
            skew.add(0, 10, 10, 20);
        }
        skew.add(0, 10, 10, 90_000_000);
        assertThat(skew.ahead()).hasValue(0L);
        assertThat(skew.roundTrip()).hasValue(20L);
    }
}
